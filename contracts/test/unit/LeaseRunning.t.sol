// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title LeaseRunningTest
/// @notice `start`, `extend` and what can be read of test/tree/Leases.tree, leaf by leaf.
contract LeaseRunningTest is Core {
    uint256 private machineId;
    uint256 private leaseId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        leaseId = open(machineId, 3, 3600);
    }

    function test_start_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        vm.prank(key);
        leases.start(9);
    }

    function test_start_RevertWhen_TheCallerIsNotTheMachine() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotMachine.selector, leaseId, renter));
        vm.prank(renter);
        leases.start(leaseId);
    }

    function test_start_RevertWhen_ItRunsAlready() public {
        start(leaseId);
        expectWrongState(ILeases.State.Running);
        vm.prank(key);
        leases.start(leaseId);
    }

    function test_start_RevertWhen_TheStartWindowIsOver() public {
        uint256 overAt = time + 10 minutes;
        skip(10 minutes);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_StartWindowOver.selector, leaseId, overAt));
        vm.prank(key);
        leases.start(leaseId);
    }

    function test_start_WhenTheKeyStartsItInTime() public {
        skip(10 minutes - 1);
        expectLog(address(leases));
        emit ILeases.Started(leaseId, time + 3600);
        start(leaseId);

        ILeases.Lease memory lease = leases.lease(leaseId);
        assertState(ILeases.State.Running);
        vm.assertEq(lease.unpaidFrom, time, "unpaid from");
        vm.assertEq(lease.paidUntil, time + 3600, "paid until");
        vm.assertEq(lease.duration, 0, "seconds to start");
        vm.assertTrue(!lease.accepted, "accepted");
        skip(3599);
        vm.assertEq(leases.busySlots(machineId), 3, "busy in the last second");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 0, "busy after it");
        assertState(ILeases.State.Ended);
    }

    function test_start_WhenTheOwnerStartsIt() public {
        vm.prank(owner);
        leases.start(leaseId);
        assertState(ILeases.State.Running);
    }

    function test_extend_RevertWhen_TheCallerIsNotTheRenter() public {
        start(leaseId);
        expectNotRenter(stranger);
        vm.prank(stranger);
        leases.extend(leaseId, 60);
    }

    function test_extend_RevertWhen_TheCallerOnlyControlsIt() public {
        start(leaseId);
        vm.prank(renter);
        leases.setController(leaseId, stranger, uint40(time + 1 days));
        expectNotRenter(stranger);
        vm.prank(stranger);
        leases.extend(leaseId, 60);
    }

    function test_extend_RevertWhen_ItHasNotStarted() public {
        expectWrongState(ILeases.State.Open);
        extend(60);
    }

    function test_extend_RevertWhen_ItIsOver() public {
        start(leaseId);
        skip(3600);
        expectWrongState(ILeases.State.Ended);
        extend(60);
    }

    function test_extend_RevertWhen_NothingIsAdded() public {
        start(leaseId);
        expectOutOfBounds(0, 30 days + 10 minutes - 3600);
        extend(0);
    }

    function test_extend_RevertWhen_ItWouldRunLongerThanTheTermsOfItsOpeningAllow() public {
        skip(5 minutes);
        start(leaseId);
        // Thirty days and the start window from the opening, five minutes of which have passed.
        uint32 most = 30 days + 5 minutes - 3600;
        expectOutOfBounds(most + 1, most);
        extend(most + 1);
        allow(renter, most * 2 * RATE_PER_SLOT);
        extend(most);
        vm.assertEq(leases.lease(leaseId).paidUntil, time - 5 minutes + 10 minutes + 30 days, "paid until");
    }

    function test_extend_RevertWhen_ItWouldRunBeyondTheHoursOfItsOpening() public {
        IMachines.Offer memory offer = anOffer();
        offer.weekHours = uint168(7) << 104;
        setOffer(machineId, offer);
        leaseId = open(machineId, 4, 170 minutes);
        start(leaseId);
        setOffer(machineId, anOffer());
        expectOutOfBounds(601, 600);
        extend(601);
        allow(renter, 600 * RATE_PER_SLOT);
        extend(600);
    }

    function test_extend_WhenItRuns() public {
        start(leaseId);
        skip(3599);
        // Another price and another offer today: the lease keeps the rate it was opened at.
        prices.set(USD_PER_TOKEN * 9 / 10);
        uint128 escrow = 60 * 2 * RATE_PER_SLOT;
        allow(renter, escrow);
        expectLog(address(leases));
        emit ILeases.Extended(leaseId, 60, escrow);
        extend(60);

        ILeases.Lease memory lease = leases.lease(leaseId);
        vm.assertEq(lease.paidUntil, time + 61, "paid until");
        vm.assertEq(lease.rate, 2 * RATE_PER_SLOT, "rate");
        vm.assertEq(lease.escrow, 3660 * 2 * RATE_PER_SLOT, "escrow");
        skip(60);
        vm.assertEq(leases.busySlots(machineId), 3, "busy");
    }

    function test_extend_WhenThePriceIsStaleOrTheMachinePausedOrTheGuardianHasPaused() public {
        start(leaseId);
        prices.setStale(true);
        vm.prank(owner);
        machines.pause(machineId);
        vm.prank(guardian);
        leases.pause(time + 1);
        allow(renter, 60 * 2 * RATE_PER_SLOT);
        extend(60);
        vm.assertEq(leases.lease(leaseId).paidUntil, time + 3660, "paid until");
    }

    function test_quote_RevertWhen_TheSlotsAreNotTheMachines() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 0, 4));
        leases.quote(machineId, 0, false);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 16, 4));
        leases.quote(machineId, 16, false);
    }

    function test_quote_RevertWhen_SuchLeasesAreNotOffered() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOffered.selector, machineId, true));
        leases.quote(machineId, 1, true);
    }

    function test_quote_WhenTheSlotsAreTheMachines() public {
        vm.assertEq(leases.quote(machineId, 8, false), RATE_PER_SLOT, "one slot");
        vm.assertEq(leases.quote(machineId, 15, false), 4 * RATE_PER_SLOT, "four slots");
        setOffer(machineId, aPreemptibleOffer());
        vm.assertEq(leases.quote(machineId, 15, true), 2 * RATE_PER_SLOT, "four slots to be preempted");
    }

    function test_open_RevertWhen_TheRateDoesNotFitItsBits() public {
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = type(uint32).max - 1;
        setOffer(machineId, offer);
        // Five thousand tokens a second: the token is worth 238 millionths of a dollar.
        prices.set(238);
        uint256 rate = leases.quote(machineId, 4, false);
        ILeases.Order memory order = anOrder(machineId, 4, 3600);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 72, rate));
        vm.prank(renter);
        leases.open(order);
    }

    function test_leases_WhenItReachesBeyondTheLastLease() public view {
        ILeases.Lease[] memory page = leases.leases(1, type(uint256).max);
        vm.assertEq(page.length, 1, "length");
        vm.assertEq(page[0].renter, renter, "renter");
        vm.assertEq(leases.leases(2, 10).length, 0, "beyond");
    }

    function test_leases_WhenALeaseWasNeverOpened() public view {
        bytes32 empty = keccak256(new bytes(16 * 32));
        vm.assertEq(keccak256(abi.encode(leases.lease(9))), empty, "lease");
    }

    function extend(uint32 duration) private {
        vm.prank(renter);
        leases.extend(leaseId, duration);
    }

    function assertState(ILeases.State state) private view {
        vm.assertEq(uint256(leases.lease(leaseId).state), uint256(state), "state");
    }

    function expectWrongState(ILeases.State state) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, state));
    }

    function expectNotRenter(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, leaseId, caller));
    }

    function expectOutOfBounds(uint256 duration, uint256 max) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_ExtensionOutOfBounds.selector, leaseId, duration, max));
    }
}
