// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../Errors.sol";

/// @title Merkle
/// @notice Paths in the trees of docs/proof.md. Leaves are hashed behind a 0 byte and pairs behind a 1 byte, so that no
/// inner node passes for a leaf. The last node of a level of odd length rises unchanged, so each position has one depth.
library Merkle {
    /// @notice Whether the leaf with hash `leaf` is at `index` of the tree of `leafCount` leaves under `root`.
    /// @param path The siblings, from the leaf upwards; exactly as many as that position has.
    function isIn(bytes32 root, uint256 index, uint256 leafCount, bytes32 leaf, bytes32[] calldata path)
        internal
        pure
        returns (bool)
    {
        uint256 depth = depthOf(index, leafCount);
        if (path.length != depth) revert Errors.Proof_PathOfWrongLength(path.length, depth);
        bytes32 node = leaf;
        uint256 used = 0;
        for (uint256 last = leafCount - 1; last != 0; last >>= 1) {
            if (_hasSibling(index, last)) {
                bytes32 sibling = path[used++];
                node = index & 1 == 0 ? pair(node, sibling) : pair(sibling, node);
            }
            index >>= 1;
        }
        return node == root;
    }

    /// @notice How many siblings lead from position `index` of `leafCount` leaves to the root.
    function depthOf(uint256 index, uint256 leafCount) internal pure returns (uint256 depth) {
        if (index >= leafCount) revert Errors.Proof_IndexOutOfRange(index, leafCount);
        for (uint256 last = leafCount - 1; last != 0; last >>= 1) {
            if (_hasSibling(index, last)) ++depth;
            index >>= 1;
        }
    }

    /// @notice keccak256(0x01 ‖ left ‖ right).
    function pair(bytes32 left, bytes32 right) internal pure returns (bytes32 node) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore8(at, 1)
            mstore(add(at, 1), left)
            mstore(add(at, 33), right)
            node := keccak256(at, 65)
        }
    }

    /// @dev All but the last node of a level that has an even index.
    function _hasSibling(uint256 index, uint256 last) private pure returns (bool) {
        return index != last || index & 1 == 1;
    }
}
