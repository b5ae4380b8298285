// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../src/interfaces/IAudits.sol";
import {Merkle} from "../src/libraries/Merkle.sol";
import {Picks} from "../src/libraries/Picks.sol";
import {Product} from "../src/libraries/Product.sol";
import {Transcript} from "../src/libraries/Transcript.sol";

/// @title ProofDoor
/// @notice Opens the libraries of the proof to tests, which can give calldata and see reverts only from outside.
contract ProofDoor {
    function entry(bytes32 state, uint256 row, uint256 column, uint256 n) external pure returns (uint32) {
        return Product.entry(state, row, column, n);
    }

    function isLeaf(bytes32 root, uint256 row, uint256 column, uint256 n, bytes calldata leaf, bytes32[] calldata path)
        external
        pure
        returns (bool)
    {
        return Product.isIn(root, row, column, n, leaf, path);
    }

    function read(bytes calldata leaf, uint256 row, uint256 column, uint256 n) external pure returns (uint32) {
        return Product.read(leaf, row, column, n);
    }

    function isNode(bytes32 root, uint256 index, uint256 leafCount, bytes32 leaf, bytes32[] calldata path)
        external
        pure
        returns (bool)
    {
        return Merkle.isIn(root, index, leafCount, leaf, path);
    }

    function isRound(
        bytes32 transcript,
        IAudits.Round calldata round,
        uint256 slots,
        uint256 rounds,
        bytes32[] calldata path
    ) external pure returns (bool) {
        return Transcript.isIn(transcript, round, slots, rounds, path);
    }

    function leafHash(IAudits.Round calldata round) external pure returns (bytes32) {
        return Transcript.leafHash(round);
    }

    function pick(bytes32 seed, uint256 k, uint8 slot, uint16 rounds, uint256 n)
        external
        pure
        returns (uint16, uint32, uint32)
    {
        return Picks.pick(seed, k, slot, rounds, n);
    }

    /// @dev All that a proof of a wrong entry has to check; true when the entry is wrong. n is the product's size, and the
    /// transcript has eight slots of 160 rounds.
    function isWrong(
        bytes32 transcript,
        uint256 n,
        IAudits.Round calldata round,
        bytes32[] calldata roundPath,
        uint32 row,
        uint32 column,
        bytes calldata leaf,
        bytes32[] calldata leafPath
    ) external pure returns (bool) {
        if (!Transcript.isIn(transcript, round, 8, 160, roundPath)) return false;
        return isWrongIn(n, round, row, column, leaf, leafPath);
    }

    /// @dev Apart, because the stack has no room for both halves.
    function isWrongIn(
        uint256 n,
        IAudits.Round calldata round,
        uint256 row,
        uint256 column,
        bytes calldata leaf,
        bytes32[] calldata leafPath
    ) private pure returns (bool) {
        if (!Product.isIn(round.root, row, column, n, leaf, leafPath)) return false;
        return Product.read(leaf, row, column, n) != Product.entry(round.state, row, column, n);
    }
}
