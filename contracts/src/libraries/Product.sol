// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../Errors.sol";
import {Merkle} from "./Merkle.sol";

/// @title Product
/// @notice The product of one round: C[row][column] = Σ A[row][k] · B[column][k] over n entries of 7 bits, made from the
/// round's state; committed to as a Merkle tree of leaves of 256 big-endian uint32, row by row. See docs/proof.md.
library Product {
    /// @notice The smallest matrix whose product fills a leaf, so that all leaves are whole.
    uint256 internal constant MIN_SIZE = 16;
    /// @notice The largest power of two that an audit's 16 bits hold. Sums stay below 2³² by far: 2¹⁵ · 127² < 2²⁹.
    uint256 internal constant MAX_SIZE = 32_768;
    /// @notice 256 entries of four bytes.
    uint256 internal constant LEAF_BYTES = 1024;

    /// @notice Makes one entry of the product again: about 2 · n / 32 hashes.
    /// @dev Entry k of a row is the low 7 bits of byte k % 32 of keccak256(state ‖ side ‖ row ‖ k / 32), so one hash holds 32
    /// of them. Every fourth byte of a hash is masked into eight lanes of 32 bits. With the lanes of the other factor in
    /// reverse order, the product of the two words modulo 2²⁵⁶ has in its top lane the sum of the eight products, and
    /// nothing above it. No lane ever carries into the next: over all hashes its sum is at most n · 127² < 2³².
    function entry(bytes32 state, uint256 row, uint256 column, uint256 n) internal pure returns (uint32 value) {
        requireWithin(row, column, n);
        assembly ("memory-safe") {
            // The message is 41 bytes in scratch space. Its last 32 are written anew for each hash: 23 bytes of the state,
            // the side, the row and, as the lowest four bytes, the number of the block.
            mstore(0, state)
            let left := or(shl(72, state), shl(32, row))
            let toRight := sub(or(shl(64, 1), shl(32, column)), shl(32, row))
            let end := add(left, shr(5, add(n, 31)))
            // Where a row is half a hash, the second half of the hash does not count.
            let kept := not(shr(shl(3, n), not(0)))
            let sum := 0
            for {} lt(left, end) { left := add(left, 1) } {
                mstore(9, left)
                let a := and(keccak256(0, 41), kept)
                mstore(9, add(left, toRight))
                let b := keccak256(0, 41)
                // forgefmt: disable-start
                b := or(shl(128, b), shr(128, b))
                b := or(
                    shl(64, and(b, 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff)),
                    and(shr(64, b), 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff)
                )
                b := or(
                    shl(32, and(b, 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff)),
                    and(shr(32, b), 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff)
                )
                // forgefmt: disable-end
                let lanes := 0x0000007f0000007f0000007f0000007f0000007f0000007f0000007f0000007f
                sum := add(
                    add(mul(and(a, lanes), and(b, lanes)), mul(and(shr(8, a), lanes), and(shr(8, b), lanes))),
                    add(
                        mul(and(shr(16, a), lanes), and(shr(16, b), lanes)),
                        add(mul(and(shr(24, a), lanes), and(shr(24, b), lanes)), sum)
                    )
                )
            }
            value := shr(224, sum)
        }
    }

    /// @notice Whether `leaf` is the leaf that holds the entry in the product under `root`.
    function isIn(bytes32 root, uint256 row, uint256 column, uint256 n, bytes calldata leaf, bytes32[] calldata path)
        internal
        pure
        returns (bool)
    {
        requireWithin(row, column, n);
        _requireLeaf(leaf);
        return Merkle.isIn({
            root: root,
            index: (row * n + column) >> 8,
            leafCount: (n * n) >> 8,
            leaf: keccak256(abi.encodePacked(bytes1(0x00), leaf)),
            path: path
        });
    }

    /// @notice The entry, as `leaf` has it.
    function read(bytes calldata leaf, uint256 row, uint256 column, uint256 n) internal pure returns (uint32) {
        requireWithin(row, column, n);
        _requireLeaf(leaf);
        uint256 at = ((row * n + column) & 255) * 4;
        return uint32(bytes4(leaf[at:at + 4]));
    }

    /// @notice Refuses an n that no challenge has.
    function requireSize(uint256 n) internal pure {
        if (n < MIN_SIZE || n > MAX_SIZE || n & (n - 1) != 0) revert Errors.Proof_SizeNotAllowed(n);
    }

    /// @notice Refuses an entry that the product does not have.
    function requireWithin(uint256 row, uint256 column, uint256 n) internal pure {
        requireSize(n);
        if (row >= n || column >= n) revert Errors.Proof_EntryOutOfRange(row, column, n);
    }

    function _requireLeaf(bytes calldata leaf) private pure {
        if (leaf.length != LEAF_BYTES) revert Errors.Proof_LeafOfWrongLength(leaf.length, LEAF_BYTES);
    }
}
