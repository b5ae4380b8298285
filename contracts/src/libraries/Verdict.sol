// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../interfaces/IMachines.sol";

/// @title Verdict
/// @notice A verifier's verdict on a machine, as the 32 bytes of a vote. From the left, big-endian: outcome (1 byte: 1 fails,
/// 2 passes), kind (1), compute band (2), memory band (2), slots (1), round trip band (1), and 24 bytes of zero.
///
/// There is one way to write a verdict: bytes that `encode` would not have made are no verdict. A vote with room for more
/// would be a way to mark it, and to be paid for how one voted.
library Verdict {
    /// @param passes Whether the machine answered rightly and in time.
    /// @param class What was measured; zeros when it fails, at least one slot when it passes.
    /// @param rttBand How far the verifier was from the machine; says how much to trust his clock.
    struct Parts {
        bool passes;
        IMachines.Class class;
        uint8 rttBand;
    }

    uint8 private constant FAILS = 1;
    uint8 private constant PASSES = 2;
    /// @dev 0 cpu, 1 gpu.
    uint8 private constant MAX_KIND = 1;

    /// @notice The vote that says this.
    function encode(Parts memory parts) internal pure returns (bytes32) {
        IMachines.Class memory class = parts.class;
        return bytes32(
            abi.encodePacked(
                parts.passes ? PASSES : FAILS,
                class.kind,
                class.computeBand,
                class.memoryBand,
                class.slots,
                parts.rttBand
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
        parts.rttBand = uint8(vote[7]);
        IMachines.Class memory class = parts.class;
        bool fits = parts.passes
            ? class.slots > 0 && class.kind <= MAX_KIND
            : class.kind == 0 && class.computeBand == 0 && class.memoryBand == 0 && class.slots == 0;
        valid = fits && vote == encode(parts);
    }
}
