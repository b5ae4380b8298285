// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Ledger} from "../Ledger.sol";

/// @title LeaseRunningTest
/// @notice test/tree/Leases.tree from `start` on, leaf by leaf.
contract LeaseRunningTest is Ledger {
    uint256 private machineId;
    uint256 private leaseId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        leaseId = open(machineId, 3, 3600);
    }

    function test_start_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        start(9);
    }

    function test_start_RevertWhen_TheCallerIsNotTheMachine() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotMachine.selector, leaseId, renter));
        vm.prank(renter);
        leases.start(leaseId);
    }

    function test_start_RevertWhen_ItRunsAlready() public {
        start(leaseId);
        assertWrongState(ILeases.State.Running);
        start(leaseId);
    }

    function test_start_RevertWhen_TheStartWindowIsOver() public {
        uint256 overAt = time + 10 minutes;
        skip(10 minutes);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_StartWindowOver.selector, leaseId, overAt));
        start(leaseId);
    }

    function test_start_WhenTheKeyStartsItInTime() public {
        skip(10 minutes - 1);
        expectLog(address(leases));
        emit ILeases.Started(leaseId, time + 3600);
        start(leaseId);

        ILeases.Lease memory lease = leases.lease(leaseId);
        vm.assertEq(uint256(lease.state), uint256(ILeases.State.Running), "state");
        vm.assertEq(lease.startedAt, time, "started at");
        vm.assertEq(lease.settledAt, time, "settled at");
        vm.assertEq(lease.paidUntil, time + 3600, "paid until");
        skip(3599);
        vm.assertEq(leases.busySlots(machineId), 3, "busy in the last second");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 0, "busy after it");
        vm.assertEq(uint256(leases.lease(leaseId).state), uint256(ILeases.State.Ended), "state after it");
    }

    function test_extend_RevertWhen_TheCallerIsNotTheRenter() public {
        start(leaseId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, leaseId, stranger));
        vm.prank(stranger);
        leases.extend(leaseId, 60);
    }

    function test_extend_RevertWhen_ItHasNotStarted() public {
        assertWrongState(ILeases.State.Open);
        extend(60);
    }

    function test_extend_RevertWhen_ItIsOver() public {
        start(leaseId);
        skip(3600);
        assertWrongState(ILeases.State.Ended);
        extend(60);
    }

    function test_extend_RevertWhen_TheMachineIsPaused() public {
        start(leaseId);
        vm.prank(owner);
        machines.pause(machineId);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_MachineNotOnline.selector, machineId, IMachines.State.Paused)
        );
        extend(60);
    }

    function test_extend_RevertWhen_TheWholeIsLongerThanTheOfferAllows() public {
        start(leaseId);
        uint32 added = 30 days - 3600 + 1;
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_DurationOutOfBounds.selector, 30 days + 1, 3601, 30 days));
        extend(added);
    }

    function test_extend_RevertWhen_NothingIsAdded() public {
        start(leaseId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_DurationOutOfBounds.selector, 3600, 3601, 30 days));
        extend(0);
    }

    function test_extend_WhenItRuns() public {
        start(leaseId);
        skip(3599);
        // Another price and another offer today: the lease keeps the rate it was opened at.
        postPrices(USD_PER_TOKEN * 9 / 10);
        uint128 escrow = 60 * 2 * RATE_PER_SLOT;
        fund(renter, escrow);
        vm.prank(renter);
        token.approve(address(leases), escrow);
        expectLog(address(leases));
        emit ILeases.Extended(leaseId, 60, escrow);
        extend(60);

        ILeases.Lease memory lease = leases.lease(leaseId);
        vm.assertEq(lease.duration, 3660, "duration");
        vm.assertEq(lease.paidUntil, time + 61, "paid until");
        vm.assertEq(lease.rate, 2 * RATE_PER_SLOT, "rate");
        vm.assertEq(lease.escrow, 3660 * 2 * RATE_PER_SLOT, "escrow");
        vm.assertEq(leases.totalEscrow(), 3660 * 2 * RATE_PER_SLOT, "total escrow");
        skip(60);
        vm.assertEq(leases.busySlots(machineId), 3, "busy");
    }

    function test_pauseOpening_RevertWhen_TheCallerIsNotTheGuardian() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotGuardian.selector, stranger));
        vm.prank(stranger);
        leases.pauseOpening(time + 1);
    }

    function test_pauseOpening_RevertWhen_ItWouldEndInThePast() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_PauseOutOfBounds.selector, time, time + 7 days));
        pauseOpening(time);
    }

    function test_pauseOpening_RevertWhen_ItWouldLastTooLong() public {
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_PauseOutOfBounds.selector, time + 7 days + 1, time + 7 days)
        );
        pauseOpening(time + 7 days + 1);
    }

    function test_pauseOpening_RevertWhen_ItComesAgainTooSoon() public {
        uint256 allowedAt = time + 30 days;
        pauseOpening(time + 7 days);
        skip(30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_PauseTooSoon.selector, allowedAt));
        pauseOpening(time + 1);
        skip(1);
        pauseOpening(time + 1);
    }

    function test_pauseOpening_WhenTheGuardianPauses() public {
        start(leaseId);
        expectLog(address(leases));
        emit ILeases.OpeningPaused(time + 30 minutes);
        pauseOpening(time + 30 minutes);

        skip(20 minutes);
        leases.settle(leaseId);
        vm.prank(renter);
        leases.close(leaseId);
        vm.assertEq(token.balanceOf(address(leases)), 0, "money out");
        skip(10 minutes);
        vm.assertEq(open(machineId, 1, 3600), 2, "opened after it expired");
    }

    function test_quote_RevertWhen_TheSlotsAreNotTheMachines() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 0, 4));
        leases.quote(machineId, 0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 16, 4));
        leases.quote(machineId, 16);
    }

    function test_quote_WhenTheSlotsAreTheMachines() public view {
        vm.assertEq(leases.quote(machineId, 8), RATE_PER_SLOT, "one slot");
        vm.assertEq(leases.quote(machineId, 15), 4 * RATE_PER_SLOT, "four slots");
    }

    function test_leases_WhenItReachesBeyondTheLastLease() public view {
        ILeases.Lease[] memory page = leases.leases(1, type(uint256).max);
        vm.assertEq(page.length, 1, "length");
        vm.assertEq(page[0].renter, renter, "renter");
        vm.assertEq(leases.leases(2, 10).length, 0, "beyond");
    }

    function test_leases_WhenALeaseWasNeverOpened() public view {
        bytes32 empty = keccak256(new bytes(13 * 32));
        vm.assertEq(keccak256(abi.encode(leases.lease(9))), empty, "lease");
    }

    function extend(uint32 duration) private {
        vm.prank(renter);
        leases.extend(leaseId, duration);
    }

    function pauseOpening(uint256 until) private {
        vm.prank(guardian);
        leases.pauseOpening(until);
    }

    function assertWrongState(ILeases.State state) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, state));
    }
}
