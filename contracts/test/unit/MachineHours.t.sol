// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title MachineHoursTest
/// @notice When a machine may be leased, of test/tree/Machines.tree, leaf by leaf: hours of the week and maintenance. Tests
/// begin on a Friday at 8:00 UTC, hour 104 of the week.
contract MachineHoursTest is Core {
    uint168 private constant NOW = 104;

    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_terms_WhenNoHoursAreNamed() public view {
        vm.assertEq(machines.terms(machineId, false, 0).openUntil, type(uint40).max, "open until");
    }

    function test_terms_WhenTheHourIsOpen() public {
        setHours(uint168(7) << NOW, 0);
        assertOpenFor(3 hours);
        skip(3 hours - 1);
        assertOpenFor(1);
        skip(1);
        assertOpenFor(0);
    }

    function test_terms_WhenTheHourIsClosed() public {
        setHours(uint168(6) << NOW, 0);
        skip(3599);
        assertOpenFor(0);
        skip(1);
        assertOpenFor(2 hours);
    }

    function test_terms_WhenTheRunGoesOnAroundTheEndOfTheWeek() public {
        // From now to Sunday midnight, and Monday's first two hours.
        setHours((type(uint168).max << NOW) | 3, 0);
        assertOpenFor((168 - NOW + 2) * 1 hours);
    }

    function test_terms_WhenLocalTimeIsAheadOfUTC() public {
        // India: at 8:00 UTC it is 13:30, so hour 109 has half an hour left.
        setHours(uint168(1) << (NOW + 5), 22);
        assertOpenFor(30 minutes);
        skip(30 minutes);
        assertOpenFor(0);
    }

    function test_terms_WhenLocalTimeIsBehindUTC() public {
        // Newfoundland: at 8:00 UTC it is 4:30.
        setHours(uint168(1) << (NOW - 4), -14);
        assertOpenFor(30 minutes);
    }

    function test_terms_WhenMaintenanceIsToCome() public {
        plan(time + 2 hours, time + 3 hours);
        assertOpenFor(2 hours);
        setHours(uint168(1) << NOW, 0);
        assertOpenFor(1 hours);
    }

    function test_terms_WhenMaintenanceLasts() public {
        plan(time + 2 hours, time + 3 hours);
        skip(2 hours);
        assertOpenFor(0);
        skip(1 hours - 1);
        assertOpenFor(0);
        skip(1);
        assertOpenFor(type(uint40).max - time);
    }

    function test_planMaintenance_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, machineId, stranger));
        vm.prank(stranger);
        machines.planMaintenance(machineId, uint40(time + 1 hours), uint40(time + 2 hours));
    }

    function test_planMaintenance_RevertWhen_ItBeginsTooSoon() public {
        expectInvalid(time + 1 hours - 1, time + 2 hours, time + 1 hours);
        plan(time + 1 hours - 1, time + 2 hours);
        plan(time + 1 hours, time + 2 hours);
    }

    function test_planMaintenance_RevertWhen_ItEndsBeforeItBegins() public {
        expectInvalid(time + 2 hours, time + 2 hours, time + 1 hours);
        plan(time + 2 hours, time + 2 hours);
        plan(time + 2 hours, time + 2 hours + 1);
    }

    function test_planMaintenance_RevertWhen_ALeaseHoldsASlotUntilLater() public {
        start(open(machineId, 8, 1 days));
        expectInvalid(time + 1 days - 1, time + 25 hours, time + 1 days);
        plan(time + 1 days - 1, time + 25 hours);
        plan(time + 1 days, time + 25 hours);
    }

    function test_planMaintenance_RevertWhen_AnotherIsNotOver() public {
        (uint256 from, uint256 until) = (time + 1 hours, time + 2 hours);
        plan(from, until);
        skip(2 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_MaintenancePlanned.selector, machineId, from, until));
        plan(time + 2 hours, time + 3 hours);
        skip(1);
        plan(time + 2 hours, time + 3 hours);
    }

    function test_planMaintenance_RevertWhen_ItIsLongerThanTheBudget() public {
        expectTooLong(4 hours + 1, 4 hours);
        plan(time + 1 hours, time + 5 hours + 1);
        plan(time + 1 hours, time + 5 hours);
    }

    function test_planMaintenance_RevertWhen_TheMonthHasTooLittleLeft() public {
        uint256 begun = time;
        plan(time + 1 hours, time + 4 hours);
        skip(4 hours);
        expectTooLong(1 hours + 1, 1 hours);
        plan(time + 1 hours, time + 2 hours + 1);
        plan(time + 1 hours, time + 2 hours);
        skip(begun + 30 days - 1 - time);
        expectTooLong(1, 0);
        plan(time + 1 hours, time + 1 hours + 1);
    }

    function test_planMaintenance_WhenAMonthHasPassed() public {
        plan(time + 1 hours, time + 5 hours);
        skip(30 days);
        plan(time + 1 hours, time + 5 hours);
    }

    function test_planMaintenance_WhenItIsAnnouncedInTime() public {
        expectLog(address(machines));
        emit IMachines.MaintenanceSet(machineId, time + 1 hours, time + 2 hours);
        plan(time + 1 hours, time + 2 hours);
        IMachines.Maintenance memory span = machines.maintenanceOf(machineId);
        vm.assertEq(span.from, time + 1 hours, "from");
        vm.assertEq(span.until, time + 2 hours, "until");
        vm.assertEq(machines.machine(machineId).maintenance.until, time + 2 hours, "until, of the machine");
    }

    function setHours(uint168 weekHours, int8 utcOffset) private {
        IMachines.Offer memory offer = anOffer();
        (offer.weekHours, offer.utcOffset) = (weekHours, utcOffset);
        setOffer(machineId, offer);
    }

    function plan(uint256 from, uint256 until) private {
        vm.prank(key);
        machines.planMaintenance(machineId, uint40(from), uint40(until));
    }

    function expectInvalid(uint256 from, uint256 until, uint256 earliest) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_MaintenanceInvalid.selector, from, until, earliest));
    }

    function expectTooLong(uint256 duration, uint256 left) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_MaintenanceTooLong.selector, machineId, duration, left));
    }

    function assertOpenFor(uint256 duration) private {
        beat(machineId);
        vm.assertEq(machines.terms(machineId, false, 0).openUntil, time + duration, "open until");
    }
}
