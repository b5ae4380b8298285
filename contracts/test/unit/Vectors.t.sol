// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../../src/interfaces/IAudits.sol";
import {Transcript} from "../../src/libraries/Transcript.sol";
import {ProofDoor} from "../ProofDoor.sol";
import {Test} from "../Test.sol";

/// @title VectorsTest
/// @notice The ledger against the numbers of the reference in packages/proof. Trees: ../tree/Proof.tree.
contract VectorsTest is Test {
    /// @dev One challenge of the vectors, with its answer.
    struct Case {
        string at;
        uint256 n;
        uint256 rounds;
        uint256 slots;
        bytes32[] states;
        bytes32[] roots;
        bytes32 transcript;
    }

    ProofDoor private door = new ProofDoor();
    string private json;

    function test_read_WhenTheVectorsOfTheReferenceAreRead() public {
        json = vm.readFile("../packages/proof/vectors/proof.json");
        for (uint256 i = 0; i < 3; ++i) {
            Case memory one = readCase(string.concat(".challenges[", vm.toString(i), "]"));
            vm.assertEq(one.states.length, one.slots * one.rounds, "rounds");
            checkChain(one);
            checkPaths(one);
            checkPicks(one);
            for (uint256 k = 0; k < 3; ++k) {
                checkOpening(one, string.concat(one.at, ".openings[", vm.toString(k), "]"));
            }
        }
    }

    function test_read_WhenTheForgedTranscriptOfTheReferenceIsRead() public {
        json = vm.readFile("../packages/proof/vectors/proof.json");
        IAudits.Round memory round = IAudits.Round({
            slot: uint8(number(".forged", ".round.slot")),
            round: uint16(number(".forged", ".round.round")),
            state: vm.parseJsonBytes32(json, ".forged.round.state"),
            root: vm.parseJsonBytes32(json, ".forged.round.root")
        });
        bytes32 transcript = vm.parseJsonBytes32(json, ".forged.transcript");
        bytes32[] memory roundPath = vm.parseJsonBytes32Array(json, ".forged.roundPath");
        vm.assertTrue(door.isRound(transcript, round, 3, 3, roundPath), "round");
        bytes memory leaf = vm.parseJsonBytes(json, ".forged.leaf");
        vm.assertTrue(
            door.isLeaf(round.root, 63, 5, 64, leaf, vm.parseJsonBytes32Array(json, ".forged.leafPath")), "leaf"
        );
        vm.assertEq(door.read(leaf, 63, 5, 64), uint256(door.entry(round.state, 63, 5, 64)) + 1, "off by one");
        vm.assertEq(door.read(leaf, 63, 4, 64), door.entry(round.state, 63, 4, 64), "its neighbour is right");
    }

    function checkChain(Case memory one) private view {
        bytes32 seed = vm.parseJsonBytes32(json, string.concat(one.at, ".seed"));
        uint256 chainId = number(one.at, ".chainId");
        uint256 machineId = number(one.at, ".machineId");
        uint256 auditId = number(one.at, ".auditId");
        for (uint256 i = 0; i < one.states.length; ++i) {
            bytes32 expected = i % one.rounds == 0
                ? Transcript.startState(seed, chainId, machineId, uint8(i / one.rounds), auditId)
                : Transcript.nextState(one.states[i - 1], one.roots[i - 1]);
            vm.assertEq(one.states[i], expected, "state");
        }
    }

    function checkPaths(Case memory one) private view {
        for (uint256 i = 0; i < one.states.length; ++i) {
            bytes32[] memory path =
                vm.parseJsonBytes32Array(json, string.concat(one.at, ".roundPaths[", vm.toString(i), "]"));
            IAudits.Round memory round = roundOf(one, i / one.rounds, i % one.rounds);
            vm.assertTrue(door.isRound(one.transcript, round, one.slots, one.rounds, path), "round");
        }
    }

    function checkPicks(Case memory one) private view {
        bytes32 pickSeed = vm.parseJsonBytes32(json, ".pickSeed");
        string[] memory picks = vm.parseJsonStringArray(json, string.concat(one.at, ".picks"));
        vm.assertEq(picks.length, 64 * one.slots, "picks");
        for (uint256 i = 0; i < picks.length; ++i) {
            (uint16 round, uint32 row, uint32 column) =
                door.pick(pickSeed, i % 64, uint8(i / 64), uint16(one.rounds), one.n);
            string memory place = string.concat(vm.toString(round), " ", vm.toString(row), " ", vm.toString(column));
            vm.assertEq(string.concat(vm.toString(i / 64), " ", place), picks[i], "pick");
        }
    }

    function checkOpening(Case memory one, string memory at) private view {
        IAudits.Round memory round = roundOf(one, number(at, ".slot"), number(at, ".round"));
        (uint256 row, uint256 column, uint256 entry) = (number(at, ".row"), number(at, ".column"), number(at, ".entry"));
        bytes memory leaf = vm.parseJsonBytes(json, string.concat(at, ".leaf"));
        bytes32[] memory path = vm.parseJsonBytes32Array(json, string.concat(at, ".leafPath"));
        vm.assertTrue(door.isLeaf(round.root, row, column, one.n, leaf, path), "leaf");
        vm.assertEq(door.read(leaf, row, column, one.n), entry, "entry as committed");
        vm.assertEq(door.entry(round.state, row, column, one.n), entry, "entry made again");
    }

    function readCase(string memory at) private view returns (Case memory one) {
        one.at = at;
        one.n = number(at, ".n");
        one.rounds = number(at, ".rounds");
        one.slots = number(at, ".slots");
        one.states = vm.parseJsonBytes32Array(json, string.concat(at, ".states"));
        one.roots = vm.parseJsonBytes32Array(json, string.concat(at, ".roots"));
        one.transcript = vm.parseJsonBytes32(json, string.concat(at, ".transcript"));
    }

    function roundOf(Case memory one, uint256 slot, uint256 round) private pure returns (IAudits.Round memory) {
        uint256 i = slot * one.rounds + round;
        return IAudits.Round({slot: uint8(slot), round: uint16(round), state: one.states[i], root: one.roots[i]});
    }

    function number(string memory at, string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(at, key));
    }
}
