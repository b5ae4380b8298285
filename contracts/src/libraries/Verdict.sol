// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../interfaces/IMachines.sol";

/// @title Verdict
/// @notice A verifier's verdict on a machine, as the 32 bytes of a vote. From the left, big-endian: outcome (1 byte: 1 fails,
/// 2 passes), kind (1), compute band (2), memory band (2), slots (1), the bands of round trip, down, up, write and read (1
/// each), and 20 bytes of zero. A verdict that fails is zero after its first byte.
///
/// There is one way to write a verdict: bytes that `encode` would not have made are no verdict. A vote with room for more
/// would be a way to mark it, and to be paid for how one voted.
///
/// What was measured of network and disk decides nothing here. Who chooses a machine by it takes the median of the votes.
library Verdict {
    /// @param passes Whether the machine answered rightly and in time.
    /// @param class What was measured; at least one slot.
    /// @param rttBand How far the verifier was from the machine, in milliseconds; says how much to trust his clock.
    /// @param downBand Bytes a second that the machine sent to the verifier. Here and below 0 is not measured.
    /// @param upBand Bytes a second that it took from him.
    /// @param writeBand Bytes a second that it wrote to its disk and flushed.
    /// @param readBand Reads of 4 KiB a second, anywhere on its disk.
    struct Parts {
        bool passes;
        IMachines.Class class;
        uint8 rttBand;
        uint8 downBand;
        uint8 upBand;
        uint8 writeBand;
        uint8 readBand;
    }

    uint8 private constant FAILS = 1;
    uint8 private constant PASSES = 2;
    /// @dev 0 cpu, 1 gpu.
    uint8 private constant MAX_KIND = 1;

    /// @notice The vote that says this; of a machine that fails it says nothing else.
    function encode(Parts memory parts) internal pure returns (bytes32) {
        if (!parts.passes) return bytes32(bytes1(FAILS));
        IMachines.Class memory class = parts.class;
        return bytes32(
            bytes.concat(
                abi.encodePacked(PASSES, class.kind, class.computeBand, class.memoryBand, class.slots),
                abi.encodePacked(parts.rttBand, parts.downBand, parts.upBand, parts.writeBand, parts.readBand)
            )
        );
    }

    /// @notice What a vote says; not `valid` when it is no verdict.
    function decode(bytes32 vote) internal pure returns (bool valid, Parts memory parts) {
        parts.passes = uint8(vote[0]) == PASSES;
        parts.class = IMachines.Class({
            kind: uint8(vote[1]),
            computeBand: uint16(bytes2(vote << 16)),
            memoryBand: uint16(bytes2(vote << 32)),
            slots: uint8(vote[6])
        });
        (parts.rttBand, parts.downBand, parts.upBand) = (uint8(vote[7]), uint8(vote[8]), uint8(vote[9]));
        (parts.writeBand, parts.readBand) = (uint8(vote[10]), uint8(vote[11]));
        bool fits = !parts.passes || (parts.class.slots > 0 && parts.class.kind <= MAX_KIND);
        valid = fits && vote == encode(parts);
    }
}
