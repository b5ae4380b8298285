// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title PlainProof
/// @notice The proof of docs/proof.md as plainly as it can be written, to hold the libraries to.
abstract contract PlainProof {
    function plainRow(bytes32 state, uint8 side, uint256 row, uint256 n)
        internal
        pure
        returns (uint8[] memory entries)
    {
        entries = new uint8[](n);
        bytes32 hash;
        for (uint256 k = 0; k < n; ++k) {
            if (k % 32 == 0) hash = keccak256(abi.encodePacked(state, side, uint32(row), uint32(k / 32)));
            entries[k] = uint8(hash[k % 32]) & 0x7f;
        }
    }

    function plainEntry(bytes32 state, uint256 row, uint256 column, uint256 n) internal pure returns (uint256 sum) {
        uint8[] memory a = plainRow(state, 0, row, n);
        uint8[] memory b = plainRow(state, 1, column, n);
        for (uint256 k = 0; k < n; ++k) {
            sum += uint256(a[k]) * b[k];
        }
    }

    /// @dev The leaves of a product, 256 entries each.
    function plainLeaves(bytes32 state, uint256 n) internal pure returns (bytes[] memory leaves) {
        leaves = new bytes[]((n * n) / 256);
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = new bytes(1024);
            for (uint256 at = 0; at < 256; ++at) {
                uint256 value = plainEntry(state, (i * 256 + at) / n, (i * 256 + at) % n, n);
                for (uint256 b = 0; b < 4; ++b) {
                    leaves[i][at * 4 + b] = bytes1(uint8(value >> (24 - 8 * b)));
                }
            }
        }
    }

    function hashLeaf(bytes memory leaf) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"00", leaf));
    }

    function hashLeaves(bytes[] memory leaves) internal pure returns (bytes32[] memory hashes) {
        hashes = new bytes32[](leaves.length);
        for (uint256 i = 0; i < leaves.length; ++i) {
            hashes[i] = hashLeaf(leaves[i]);
        }
    }

    /// @dev The root over `level`, and the path from `index`.
    function plainPath(bytes32[] memory level, uint256 index)
        internal
        pure
        returns (bytes32 root, bytes32[] memory path)
    {
        while (level.length > 1) {
            if (index ^ 1 < level.length) path = append(path, level[index ^ 1]);
            bytes32[] memory next = new bytes32[]((level.length + 1) / 2);
            for (uint256 i = 0; i < next.length; ++i) {
                bool isPair = 2 * i + 1 < level.length;
                next[i] = isPair ? keccak256(bytes.concat(hex"01", level[2 * i], level[2 * i + 1])) : level[2 * i];
            }
            (level, index) = (next, index / 2);
        }
        root = level[0];
    }

    function append(bytes32[] memory path, bytes32 node) internal pure returns (bytes32[] memory longer) {
        longer = new bytes32[](path.length + 1);
        for (uint256 i = 0; i < path.length; ++i) {
            longer[i] = path[i];
        }
        longer[path.length] = node;
    }

    function shorten(bytes32[] memory path) internal pure returns (bytes32[] memory shorter) {
        shorter = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < shorter.length; ++i) {
            shorter[i] = path[i];
        }
    }
}
