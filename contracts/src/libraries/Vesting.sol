// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Vesting
/// @notice Many small amounts that each vest over DURATION, in a few words of storage. Time is cut into periods; what is
/// credited in a period vests evenly from that period's end on. So a token unit never vests sooner than evenly over DURATION
/// from its credit, and it is through at most one PERIOD later; how often anybody looks changes neither.
library Vesting {
    using SafeCast for uint256;

    /// @param unvested What is still to vest.
    /// @param vesting What the credits that vest now were worth: DURATION takes this much.
    /// @param releasedAt Unix seconds up to which what vested has been released.
    /// @param credited What was credited in a period, less what was taken of it since.
    struct Tranches {
        uint96 unvested;
        uint96 vesting;
        uint40 releasedAt;
        mapping(uint256 period => uint256) credited;
    }

    /// @dev Half a month: the coarser, the fewer words; the finer, the closer to a line.
    uint256 internal constant PERIOD = 15 days;
    uint256 internal constant PERIODS = 10;
    /// @dev 150 days: long enough that fraud comes to light before its reward is out of reach.
    uint256 internal constant DURATION = PERIOD * PERIODS;

    /// @notice Lets go of what has vested since the last time.
    function release(Tranches storage tranches) internal returns (uint256 released) {
        uint256 vesting;
        (released, vesting) = releasable(tranches);
        tranches.unvested -= uint96(released);
        tranches.vesting = uint96(vesting);
        tranches.releasedAt = uint40(block.timestamp);
    }

    /// @notice What `release` would let go, and what vests from now on.
    function releasable(Tranches storage tranches) internal view returns (uint256 released, uint256 vesting) {
        uint256 unvested = tranches.unvested;
        uint256 from = tranches.releasedAt;
        if (unvested == 0) return (0, 0);
        if (block.timestamp >= from + DURATION + PERIOD) return (unvested, 0);

        vesting = tranches.vesting;
        while (from < block.timestamp) {
            uint256 period = from / PERIOD + 1;
            uint256 to = period * PERIOD < block.timestamp ? period * PERIOD : block.timestamp;
            released += vesting * (to - from) / DURATION;
            from = to;
            if (to != period * PERIOD) break;
            vesting += tranches.credited[period - 1];
            vesting -= tranches.credited[period - 1 - PERIODS];
        }
        // What rounding held back comes with the last.
        bool isThrough = vesting == 0 && tranches.credited[block.timestamp / PERIOD] == 0;
        if (isThrough || released > unvested) released = unvested;
    }

    /// @notice Adds what is credited now. Call `release` first.
    function add(Tranches storage tranches, uint256 amount) internal {
        tranches.unvested += amount.toUint96();
        tranches.credited[block.timestamp / PERIOD] += amount;
    }

    /// @notice Takes up to `amount` of what has not vested, from all credits alike. Call `release` first.
    function take(Tranches storage tranches, uint256 amount) internal returns (uint256 taken) {
        uint256 unvested = tranches.unvested;
        taken = amount < unvested ? amount : unvested;
        if (taken == 0) return 0;
        uint256 period = block.timestamp / PERIOD;
        uint256 vesting;
        for (uint256 i = 0; i <= PERIODS; ++i) {
            uint256 credited = tranches.credited[period - i];
            if (credited == 0) continue;
            credited = credited * (unvested - taken) / unvested;
            tranches.credited[period - i] = credited;
            if (i != 0) vesting += credited;
        }
        tranches.unvested = uint96(unvested - taken);
        tranches.vesting = uint96(vesting);
    }
}
