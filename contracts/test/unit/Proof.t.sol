// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {Transcript} from "../../src/libraries/Transcript.sol";
import {PlainProof} from "../PlainProof.sol";
import {ProofDoor} from "../ProofDoor.sol";
import {Test} from "../Test.sol";

/// @title ProofTest
/// @notice Trees: ../tree/Proof.tree. The product here is 32 × 32: four leaves of eight rows each.
contract ProofTest is Test, PlainProof {
    bytes32 private constant STATE = keccak256("state");
    uint256 private constant N = 32;

    ProofDoor private door;
    bytes[] private leaves;
    bytes32 private root;

    function setUp() public {
        door = new ProofDoor();
        leaves = plainLeaves(STATE, N);
        (root,) = plainPath(hashLeaves(leaves), 0);
    }

    function test_entry_RevertWhen_NIsNotAllowed() public {
        uint24[6] memory sizes = [0, 1, 8, 48, 65_535, 65_536];
        for (uint256 i = 0; i < sizes.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Errors.Proof_SizeNotAllowed.selector, sizes[i]));
            door.entry(STATE, 0, 0, sizes[i]);
        }
    }

    function test_entry_RevertWhen_TheRowIsNotInTheProduct() public {
        door.entry(STATE, N - 1, 0, N);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_EntryOutOfRange.selector, N, 0, N));
        door.entry(STATE, N, 0, N);
    }

    function test_entry_RevertWhen_TheColumnIsNotInTheProduct() public {
        door.entry(STATE, 0, N - 1, N);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_EntryOutOfRange.selector, 0, N, N));
        door.entry(STATE, 0, N, N);
    }

    function test_entry_WhenARowIsHalfAHash() public view {
        for (uint256 i = 0; i < 16; ++i) {
            vm.assertEq(door.entry(STATE, i, 15 - i, 16), plainEntry(STATE, i, 15 - i, 16), "entry");
        }
        vm.assertTrue(door.entry(STATE, 3, 4, 16) != door.entry(STATE, 3, 4, 32), "half of it");
    }

    function test_entry_WhenAllIsWithin() public view {
        vm.assertEq(door.entry(STATE, 31, 30, 32), plainEntry(STATE, 31, 30, 32), "n = 32");
        vm.assertEq(door.entry(STATE, 30, 31, 32), plainEntry(STATE, 30, 31, 32), "the other way round");
        vm.assertEq(door.entry(STATE, 8191, 300, 8192), plainEntry(STATE, 8191, 300, 8192), "n = 8192");
        vm.assertEq(door.entry(STATE, 32_767, 0, 32_768), plainEntry(STATE, 32_767, 0, 32_768), "n = 32768");
    }

    function test_read_RevertWhen_TheLeafHasAnotherLength() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_LeafOfWrongLength.selector, 1023, 1024));
        door.read(new bytes(1023), 0, 0, N);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_LeafOfWrongLength.selector, 1025, 1024));
        door.read(new bytes(1025), 0, 0, N);
    }

    function test_read_RevertWhen_TheEntryIsNotInTheProduct() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_EntryOutOfRange.selector, 0, N, N));
        door.read(leaves[0], 0, N, N);
    }

    function test_read_WhenTheLeafIsWhole() public view {
        vm.assertEq(door.read(leaves[0], 0, 0, N), plainEntry(STATE, 0, 0, N), "first of a leaf");
        vm.assertEq(door.read(leaves[1], 15, 31, N), plainEntry(STATE, 15, 31, N), "last of a leaf");
        vm.assertEq(door.read(leaves[3], 29, 7, N), plainEntry(STATE, 29, 7, N), "within");
    }

    function test_isIn_RevertWhen_TheProductLeafHasAnotherLength() public {
        bytes memory longer = bytes.concat(leaves[0], hex"00");
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_LeafOfWrongLength.selector, 1025, 1024));
        door.isLeaf(root, 0, 0, N, longer, pathOf(0));
    }

    function test_isIn_RevertWhen_TheProductPathHasAnotherLength() public {
        bytes32[] memory path = pathOf(0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 1, 2));
        door.isLeaf(root, 0, 0, N, leaves[0], shorten(path));
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 3, 2));
        door.isLeaf(root, 0, 0, N, leaves[0], append(path, 0));
    }

    function test_isIn_RevertWhen_TheEntryIsBeyondTheProduct() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_EntryOutOfRange.selector, N, 0, N));
        door.isLeaf(root, N, 0, N, leaves[0], pathOf(0));
    }

    function test_isIn_WhenOneByteOfTheLeafIsAnother() public view {
        bytes memory leaf = leaves[2];
        bytes32[] memory path = pathOf(2);
        for (uint256 at = 0; at < 1024; at += 93) {
            leaf[at] ^= 0x01;
            vm.assertTrue(!door.isLeaf(root, 16, 0, N, leaf, path), "changed");
            leaf[at] ^= 0x01;
        }
        vm.assertTrue(door.isLeaf(root, 16, 0, N, leaf, path), "as it was");
    }

    function test_isIn_WhenTheLeafIsThatOfANeighbour() public view {
        vm.assertTrue(!door.isLeaf(root, 8, 0, N, leaves[0], pathOf(0)), "its leaf and path");
        vm.assertTrue(!door.isLeaf(root, 8, 0, N, leaves[0], pathOf(1)), "its leaf");
        vm.assertTrue(!door.isLeaf(root, 8, 0, N, leaves[1], pathOf(0)), "its path");
    }

    function test_isIn_WhenTheLeafIsThere() public view {
        vm.assertTrue(door.isLeaf(root, 7, 31, N, leaves[0], pathOf(0)), "leaf 0");
        vm.assertTrue(door.isLeaf(root, 8, 0, N, leaves[1], pathOf(1)), "leaf 1");
        vm.assertTrue(door.isLeaf(root, 31, 31, N, leaves[3], pathOf(3)), "leaf 3");
    }

    function test_isIn_RevertWhen_TheIndexIsNotInTheTree() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_IndexOutOfRange.selector, 5, 5));
        door.isNode(0, 5, 5, 0, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_IndexOutOfRange.selector, 0, 0));
        door.isNode(0, 0, 0, 0, new bytes32[](0));
    }

    function test_isIn_RevertWhen_ThePathIsTooShort() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 2, 3));
        door.isNode(0, 3, 5, 0, new bytes32[](2));
    }

    function test_isIn_RevertWhen_ThePathIsTooLong() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 2, 1));
        door.isNode(0, 4, 5, 0, new bytes32[](2));
    }

    function test_isIn_WhenTheLastNodeRisesAlone() public view {
        bytes32[] memory level = fiveLeaves();
        (bytes32 top, bytes32[] memory path) = plainPath(level, 4);
        vm.assertEq(path.length, 1, "siblings");
        vm.assertTrue(door.isNode(top, 4, 5, level[4], path), "the fifth of five");
        (, path) = plainPath(level, 2);
        vm.assertTrue(door.isNode(top, 2, 5, level[2], path), "the third of five");
    }

    function test_isIn_WhenAnInnerNodeIsGivenAsALeaf() public view {
        bytes32[] memory level = fiveLeaves();
        (bytes32 top, bytes32[] memory path) = plainPath(level, 0);
        bytes32 inner = keccak256(bytes.concat(hex"01", level[0], level[1]));
        bytes32[] memory upper = new bytes32[](2);
        (upper[0], upper[1]) = (path[1], path[2]);
        vm.assertTrue(door.isNode(top, 0, 3, inner, upper), "in a tree of three it would be");
        vm.assertTrue(!door.isNode(top, 0, 5, inner, append(upper, 0)), "in a tree of five it is not");
    }

    function test_isIn_WhenTheTreeIsOneLeaf() public view {
        vm.assertTrue(door.isNode(STATE, 0, 1, STATE, new bytes32[](0)), "itself");
        vm.assertTrue(!door.isNode(STATE, 0, 1, root, new bytes32[](0)), "another");
    }

    function test_isIn_RevertWhen_TheSlotIsNotInTheAudit() public {
        IAudits.Round memory round = aRound(2, 0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_RoundOutOfRange.selector, 2, 0, 2, 3));
        door.isRound(0, round, 2, 3, new bytes32[](0));
    }

    function test_isIn_RevertWhen_TheRoundIsNotInTheAudit() public {
        IAudits.Round memory round = aRound(0, 3);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_RoundOutOfRange.selector, 0, 3, 2, 3));
        door.isRound(0, round, 2, 3, new bytes32[](0));
    }

    function test_isIn_WhenTheRoundIsThere() public view {
        for (uint8 slot = 0; slot < 3; ++slot) {
            for (uint16 number = 0; number < 3; ++number) {
                (bytes32 transcript, bytes32[] memory path) = plainPath(nineRounds(), slot * 3 + number);
                vm.assertTrue(door.isRound(transcript, aRound(slot, number), 3, 3, path), "round");
            }
        }
    }

    function test_isIn_WhenAnyPartOfTheRoundIsAnother() public view {
        (bytes32 transcript, bytes32[] memory path) = plainPath(nineRounds(), 4);
        IAudits.Round memory round = aRound(1, 1);
        vm.assertTrue(door.isRound(transcript, round, 3, 3, path), "as it is");
        round.state = keccak256("another");
        vm.assertTrue(!door.isRound(transcript, round, 3, 3, path), "state");
        round = aRound(1, 1);
        round.root = keccak256("another");
        vm.assertTrue(!door.isRound(transcript, round, 3, 3, path), "root");
        round = aRound(1, 1);
        round.round = 0;
        vm.assertTrue(!door.isRound(transcript, round, 3, 3, path), "number");
        round = aRound(1, 1);
        round.slot = 0;
        vm.assertTrue(!door.isRound(transcript, round, 3, 3, path), "slot");
    }

    function test_startState_WhenAnyPartOfItIsAnother() public pure {
        bytes32 state = Transcript.startState(STATE, 1, 2, 3, 4);
        vm.assertEq(state, keccak256(abi.encodePacked(STATE, uint256(1), uint256(2), uint8(3), uint256(4))), "bytes");
        vm.assertTrue(state != Transcript.startState(keccak256("another"), 1, 2, 3, 4), "seed");
        vm.assertTrue(state != Transcript.startState(STATE, 9, 2, 3, 4), "chain");
        vm.assertTrue(state != Transcript.startState(STATE, 1, 9, 3, 4), "machine");
        vm.assertTrue(state != Transcript.startState(STATE, 1, 2, 9, 4), "slot");
        vm.assertTrue(state != Transcript.startState(STATE, 1, 2, 3, 9), "audit");
    }

    function test_pick_RevertWhen_ThePickIsBeyondThoseOfASlot() public {
        door.pick(STATE, 63, 0, 3, N);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PickOutOfRange.selector, 64, 64));
        door.pick(STATE, 64, 0, 3, N);
    }

    function test_pick_RevertWhen_NOfThePickIsNotAllowed() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_SizeNotAllowed.selector, 31));
        door.pick(STATE, 0, 0, 3, 31);
    }

    function test_pick_WhenItIsAmongThem() public view {
        uint256 seen = 0;
        for (uint256 k = 0; k < 64; ++k) {
            (uint16 round, uint32 row, uint32 column) = door.pick(STATE, k, 0, 3, N);
            vm.assertTrue(round < 3 && row < N && column < N, "within");
            bytes32 hash = keccak256(abi.encodePacked(STATE, uint16(k), uint8(0)));
            vm.assertEq(round, uint256(uint64(bytes8(hash))) % 3, "round");
            vm.assertEq(row, uint256(uint8(hash[11])) % N, "row");
            vm.assertEq(column, uint256(uint8(hash[15])) % N, "column");
            seen |= 1 << column;
        }
        vm.assertTrue(seen >> 16 != 0 && seen & 0xffff != 0, "spread");
        (, uint32 a, uint32 b) = door.pick(STATE, 0, 0, 3, 32_768);
        (, uint32 c, uint32 d) = door.pick(STATE, 0, 1, 3, 32_768);
        vm.assertTrue(a != c && b != d, "slots have their own");
    }

    function pathOf(uint256 index) private view returns (bytes32[] memory path) {
        (, path) = plainPath(hashLeaves(leaves), index);
    }

    function fiveLeaves() private pure returns (bytes32[] memory level) {
        level = new bytes32[](5);
        for (uint256 i = 0; i < 5; ++i) {
            level[i] = keccak256(abi.encode(i));
        }
    }

    function aRound(uint8 slot, uint16 number) private pure returns (IAudits.Round memory round) {
        round.slot = slot;
        round.round = number;
        round.state = keccak256(abi.encode("state", slot, number));
        round.root = keccak256(abi.encode("root", slot, number));
    }

    /// @dev The leaves of a transcript of three slots with three rounds each.
    function nineRounds() private view returns (bytes32[] memory level) {
        level = new bytes32[](9);
        for (uint256 i = 0; i < 9; ++i) {
            level[i] = door.leafHash(aRound(uint8(i / 3), uint16(i % 3)));
        }
    }
}
