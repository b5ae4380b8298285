// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../../src/interfaces/IAudits.sol";
import {PlainProof} from "../PlainProof.sol";
import {ProofDoor} from "../ProofDoor.sol";
import {Test} from "../Test.sol";

/// @title ProofGas
/// @notice Gas of one whole proof of a wrong entry as a transaction, base cost and calldata included, without what the
/// slashing costs. `forge test` writes the figures to snapshots/.
/// forge-config: default.isolate = true
contract ProofGas is Test, PlainProof {
    ProofDoor private door = new ProofDoor();

    function test_gas_proof() public {
        prove(4096, "4096");
        prove(8192, "8192");
        prove(16_384, "16384");
        prove(32_768, "32768");
    }

    /// @dev Any leaf and any siblings make a tree: the root is what they lead to. The audit has 8 slots of 160 rounds, and
    /// 1280 = 5 · 256 leaves: positions in the first four fifths have eleven siblings, one for each level.
    function prove(uint256 n, string memory name) private {
        IAudits.Round memory round = IAudits.Round({slot: 5, round: 77, state: keccak256(bytes(name)), root: 0});
        (uint32 row, uint32 column) = (uint32(n - 3), uint32(n / 2 + 7));
        bytes memory leaf = anyLeaf();
        bytes32[] memory leafPath = anyPath(depthOf(n));
        round.root = follow(hashLeaf(leaf), (uint256(row) * n + column) / 256, leafPath);
        bytes32 transcript = follow(door.leafHash(round), 5 * 160 + 77, anyPath(11));
        // Only a plain call counts as a transaction of its own.
        (, bytes memory wrong) = address(door)
            .call(abi.encodeCall(door.isWrong, (transcript, n, round, anyPath(11), row, column, leaf, leafPath)));
        vm.snapshotGasLastCall("proof", string.concat("wrongEntry.", name));
        vm.assertTrue(abi.decode(wrong, (bool)), "wrong");
    }

    function depthOf(uint256 n) private pure returns (uint256 depth) {
        for (uint256 leaves = (n * n) / 256; leaves > 1; leaves /= 2) {
            ++depth;
        }
    }

    function anyLeaf() private pure returns (bytes memory leaf) {
        for (uint256 i = 0; i < 32; ++i) {
            leaf = bytes.concat(leaf, keccak256(abi.encode("leaf", i)));
        }
    }

    function anyPath(uint256 length) private pure returns (bytes32[] memory path) {
        path = new bytes32[](length);
        for (uint256 i = 0; i < length; ++i) {
            path[i] = keccak256(abi.encode("sibling", i));
        }
    }

    function follow(bytes32 node, uint256 index, bytes32[] memory path) private pure returns (bytes32) {
        for (uint256 i = 0; i < path.length; ++i) {
            node = index & 1 == 0
                ? keccak256(bytes.concat(hex"01", node, path[i]))
                : keccak256(bytes.concat(hex"01", path[i], node));
            index /= 2;
        }
        return node;
    }
}
