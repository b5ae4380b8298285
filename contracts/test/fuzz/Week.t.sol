// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Week} from "../../src/libraries/Week.sol";
import {Test} from "../Test.sol";

/// @title WeekFuzz
/// @notice The end of a run of open hours against a walk from hour to hour on a calendar.
contract WeekFuzz is Test {
    /// @dev Monday, 1 January 2024, 0:00 UTC.
    uint256 private constant A_MONDAY = 1_704_067_200;

    function testFuzz_openUntil_isWhereAWalkStops(uint168 hoursOpen, int8 utcOffset, uint32 ahead) public pure {
        checkWalk(hoursOpen, utcOffset, ahead);
    }

    /// @dev Few hours closed, so that runs are long and go around the end of the week.
    function testFuzz_openUntil_ofLongRunsIsWhereAWalkStops(
        uint168 one,
        uint168 two,
        uint168 three,
        int8 utcOffset,
        uint32 ahead
    ) public pure {
        checkWalk(one | two | three, utcOffset, ahead);
    }

    /// @dev One hour of all is closed, or one of all open.
    function testFuzz_openUntil_ofOneHourIsWhereAWalkStops(uint8 hour, bool open, int8 utcOffset, uint32 ahead)
        public
        pure
    {
        uint168 only = uint168(1) << uint8(bound(hour, 0, 167));
        checkWalk(open ? only : ~only, utcOffset, ahead);
    }

    /// @dev The first and the last second of an hour.
    function testFuzz_openUntil_atTheEdgesOfAnHourIsWhereAWalkStops(uint168 hoursOpen, uint8 hour, uint8 week)
        public
        pure
    {
        uint256 edge = uint256(week) * 7 days + uint256(hour) * 1 hours;
        checkWalk(hoursOpen, 0, edge);
        checkWalk(hoursOpen, 0, edge + 1 hours - 1);
    }

    function testFuzz_openUntil_isForEverWhenAllHoursAreOpen(int8 utcOffset, uint40 time_) public pure {
        time_ = uint40(bound(time_, 1 days, type(uint40).max));
        vm.assertEq(Week.openUntil(0, utcOffset, time_), type(uint40).max, "none named");
        vm.assertEq(Week.openUntil(type(uint168).max, utcOffset, time_), type(uint40).max, "all named");
    }

    function checkWalk(uint168 hoursOpen, int8 utcOffset, uint256 ahead) private pure {
        if (hoursOpen == 0 || hoursOpen == type(uint168).max) return;
        utcOffset = int8(int256(bound(uint256(int256(utcOffset) + 128), 80, 184)) - 128);
        uint256 now_ = A_MONDAY + 1 days + ahead % 400_000_000;
        vm.assertEq(Week.openUntil(hoursOpen, utcOffset, now_), walk(hoursOpen, utcOffset, now_), "open until");
    }

    function walk(uint168 hoursOpen, int8 utcOffset, uint256 now_) private pure returns (uint256) {
        // Seconds since that Monday, by the clock on the wall.
        int256 wall = int256(now_ - A_MONDAY) + int256(utcOffset) * 900;
        uint256 passed = uint256(wall);
        uint256 end = passed;
        while ((hoursOpen >> uint8((end / 3600) % 168)) & 1 == 1) {
            end = (end / 3600 + 1) * 3600;
        }
        return now_ + (end - passed);
    }
}
