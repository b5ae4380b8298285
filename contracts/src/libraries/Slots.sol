// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Slots
/// @notice Sets of slots, and until when each slot of a machine is held. A hold runs out by itself: a lease that is over
/// blocks nobody, though nobody has settled it yet.
library Slots {
    /// @param until Unix seconds; slot i is free from `until[i]` on. 32 bits each, so that eight slots, the GPUs of the usual
    /// machine, share one word of storage; good until the year 2106.
    struct Holds {
        uint32[64] until;
    }

    /// @notice How many slots are in `set`.
    function size(uint64 set) internal pure returns (uint256 number) {
        for (; set != 0; set &= set - 1) {
            ++number;
        }
    }

    /// @notice Whether `set` has a slot and none beyond the first `slots`.
    function isWithin(uint64 set, uint256 slots) internal pure returns (bool) {
        return set != 0 && uint256(set) >> slots == 0;
    }

    /// @notice Moves the hold on each slot of `set` to `until`.
    function hold(Holds storage holds, uint64 set, uint256 until) internal {
        uint32 until32 = SafeCast.toUint32(until);
        for (uint256 i = 0; set >> i != 0; ++i) {
            if ((set >> i) & 1 == 1) holds.until[i] = until32;
        }
    }

    /// @notice Moves those holds of `set` that run until `from` to `to`: a slot that is another's by now keeps its hold.
    function move(Holds storage holds, uint64 set, uint256 from, uint256 to) internal {
        for (uint256 i = 0; set >> i != 0; ++i) {
            if ((set >> i) & 1 == 1 && holds.until[i] == from) holds.until[i] = uint32(to);
        }
    }

    /// @notice The slots of `set` that are held now.
    function busy(Holds storage holds, uint64 set) internal view returns (uint64 held) {
        for (uint256 i = 0; set >> i != 0; ++i) {
            if ((set >> i) & 1 == 1 && block.timestamp < holds.until[i]) held |= uint64(1 << i);
        }
    }

    /// @notice The last second at which any slot is held.
    function last(Holds storage holds) internal view returns (uint256 until) {
        for (uint256 i = 0; i < 64; ++i) {
            if (holds.until[i] > until) until = holds.until[i];
        }
    }
}
