// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Judgement
/// @notice What a member of a committee says of a fault, as the 32 bytes of a vote. From the left, big-endian: outcome (1 byte:
/// 1 innocent, 2 guilty), since when in unix seconds (5, zeros when innocent), and 26 bytes of zero.
///
/// There is one way to write a judgement: bytes that `encode` would not have made are none, and so leave no room for a mark.
library Judgement {
    uint8 private constant INNOCENT = 1;
    uint8 private constant GUILTY = 2;

    /// @notice The vote that says this.
    function encode(bool guilty, uint40 since) internal pure returns (bytes32) {
        return bytes32(abi.encodePacked(guilty ? GUILTY : INNOCENT, guilty ? since : 0));
    }

    /// @notice What a vote says; not `valid` when it is no judgement.
    function decode(bytes32 vote) internal pure returns (bool valid, bool guilty, uint40 since) {
        guilty = uint8(vote[0]) == GUILTY;
        since = uint40(bytes5(vote << 8));
        valid = vote == encode(guilty, since) && (!guilty || since != 0);
    }
}
