// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Week
/// @notice The hours of the week in which a machine may be leased, as a set of 168 bits; hour 0 is Monday 0:00 local time.
library Week {
    uint256 private constant HOURS = 168;
    /// @notice The first second of unix time was a Thursday: three days after a Monday.
    uint256 private constant FIRST_HOUR = 72;
    uint256 private constant ALL = (1 << HOURS) - 1;

    /// @notice The second at which the present run of open hours ends: `time` itself when it is closed, the end of time when
    /// every hour is open or none was named.
    /// @param utcOffset Local time ahead of UTC, in quarters of an hour.
    function openUntil(uint168 hoursOpen, int8 utcOffset, uint256 time) internal pure returns (uint256) {
        if (hoursOpen == 0 || hoursOpen == ALL) return type(uint40).max;
        uint256 local = uint256(int256(time) + int256(utcOffset) * 15 minutes);
        uint256 hour = (local / 1 hours + FIRST_HOUR) % HOURS;
        // From the present hour on, around the end of the week.
        uint256 ahead = ((uint256(hoursOpen) >> hour) | (uint256(hoursOpen) << (HOURS - hour))) & ALL;
        if (ahead & 1 == 0) return time;

        uint256 run = 1;
        while ((ahead >> run) & 1 == 1) {
            ++run;
        }
        return time - local % 1 hours + run * 1 hours;
    }
}
