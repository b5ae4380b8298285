// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PlainProof} from "../PlainProof.sol";
import {ProofDoor} from "../ProofDoor.sol";
import {Test} from "../Test.sol";

/// @title ProofFuzz
/// @notice The libraries of the proof against a plain reference, for any state and place.
/// forge-config: default.fuzz.runs = 256
contract ProofFuzz is Test, PlainProof {
    ProofDoor private door = new ProofDoor();

    function testFuzz_entry_isThatOfThePlainProduct(bytes32 state, uint256 row, uint256 column, uint256 power)
        public
        view
    {
        uint256 n = 1 << bound(power, 4, 8);
        (row, column) = (bound(row, 0, n - 1), bound(column, 0, n - 1));
        vm.assertEq(door.entry(state, row, column, n), plainEntry(state, row, column, n), "entry");
    }

    function testFuzz_path_isOfItsLeafOnly(bytes32 secret, uint256 leafCount, uint256 index, uint256 other)
        public
        view
    {
        leafCount = bound(leafCount, 1, 70);
        (index, other) = (bound(index, 0, leafCount - 1), bound(other, 0, leafCount - 1));
        bytes32[] memory leaves = new bytes32[](leafCount);
        for (uint256 i = 0; i < leafCount; ++i) {
            leaves[i] = keccak256(abi.encode(secret, i));
        }
        (bytes32 root, bytes32[] memory path) = plainPath(leaves, index);
        vm.assertTrue(door.isNode(root, index, leafCount, leaves[index], path), "its leaf");
        if (other != index) vm.assertTrue(!door.isNode(root, index, leafCount, leaves[other], path), "another leaf");
        vm.assertTrue(!door.isNode(keccak256(abi.encode(root)), index, leafCount, leaves[index], path), "another root");
    }

    function testFuzz_path_withAnyChangeIsRefused(
        bytes32 secret,
        uint256 leafCount,
        uint256 index,
        uint256 at,
        bytes32 to
    ) public view {
        leafCount = bound(leafCount, 2, 70);
        index = bound(index, 0, leafCount - 1);
        bytes32[] memory leaves = new bytes32[](leafCount);
        for (uint256 i = 0; i < leafCount; ++i) {
            leaves[i] = keccak256(abi.encode(secret, i));
        }
        (bytes32 root, bytes32[] memory path) = plainPath(leaves, index);
        at = bound(at, 0, path.length - 1);
        vm.assume(path[at] != to);
        path[at] = to;
        vm.assertTrue(!door.isNode(root, index, leafCount, leaves[index], path), "changed path");
    }

    function testFuzz_read_isTheFourBytesOfTheEntry(bytes32 secret, uint256 row, uint256 column, uint256 power)
        public
        view
    {
        uint256 n = 1 << bound(power, 4, 15);
        (row, column) = (bound(row, 0, n - 1), bound(column, 0, n - 1));
        bytes memory leaf = new bytes(1024);
        uint256 value = uint32(uint256(secret));
        uint256 at = 4 * ((row * n + column) % 256);
        for (uint256 b = 0; b < 4; ++b) {
            leaf[at + b] = bytes1(uint8(value >> (24 - 8 * b)));
        }
        vm.assertEq(door.read(leaf, row, column, n), value, "read");
    }
}
