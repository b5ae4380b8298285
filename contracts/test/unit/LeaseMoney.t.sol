// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Core} from "../Core.sol";

/// @title LeaseMoneyTest
/// @notice test/tree/LeaseMoney.tree up to `closeAsOf`, leaf by leaf: every way by which money leaves escrow.
contract LeaseMoneyTest is Core {
    uint128 private constant RATE = 2 * RATE_PER_SLOT;
    uint32 private constant DURATION = 3600;

    uint256 private machineId;
    uint256 private leaseId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        leaseId = open(machineId, 3, DURATION);
    }

    function test_settle_RevertWhen_ThereIsNoSuchLease() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        leases.settle(9);
    }

    function test_settle_WhenItIsOpen() public {
        skip(1 days);
        leases.settle(leaseId);
        assertSpent(0, 0, ILeases.State.Open);
    }

    function test_settle_WhenItIsClosed() public {
        close();
        leases.settle(leaseId);
        assertSpent(0, DURATION, ILeases.State.Closed);
    }

    function test_settle_WhenTheAcceptanceWindowLasts() public {
        start(leaseId);
        skip(10 minutes - 1);
        leases.settle(leaseId);
        assertSpent(0, 0, ILeases.State.Running);
    }

    function test_settle_WhenItRunsAfterTheWindow() public {
        start(leaseId);
        skip(10 minutes);
        expectLog(address(leases));
        emit ILeases.Settled(leaseId, 570 * RATE, 0, 30 * RATE, 0);
        vm.prank(stranger);
        leases.settle(leaseId);
        assertSpent(600, 0, ILeases.State.Running);
        vm.assertEq(leases.lease(leaseId).unpaidFrom, time, "paid up to");
        vm.assertTrue(leases.lease(leaseId).accepted, "accepted");
    }

    function test_settle_WhenItIsSettledTwiceInASecond() public {
        start(leaseId);
        skip(1000);
        leases.settle(leaseId);
        expectNoLogs();
        leases.settle(leaseId);
        assertNoLogs();
        assertSpent(1000, 0, ILeases.State.Running);
    }

    function test_settle_WhenItIsOverAfterTheWindow() public {
        start(leaseId);
        skip(1000);
        leases.settle(leaseId);
        skip(1 days);
        expectLog(address(leases));
        emit ILeases.Closed(leaseId);
        leases.settle(leaseId);
        assertSpent(DURATION, 0, ILeases.State.Closed);
    }

    function test_close_RevertWhen_ThereIsNoLeaseToClose() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        leases.close(9);
    }

    function test_close_RevertWhen_AStrangerClosesInTime() public {
        skip(10 minutes - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, leaseId, stranger));
        vm.prank(stranger);
        leases.close(leaseId);
    }

    function test_close_RevertWhen_AStrangerClosesARunningLease() public {
        start(leaseId);
        skip(1 days);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, leaseId, owner));
        vm.prank(owner);
        leases.close(leaseId);
    }

    function test_close_RevertWhen_ItIsClosedAlready() public {
        close();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, ILeases.State.Closed));
        close();
    }

    function test_close_WhenTheRenterClosesBeforeTheStart() public {
        close();
        assertSpent(0, DURATION, ILeases.State.Closed);
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_close_WhenTheRenterClosesARunningLease() public {
        start(leaseId);
        skip(1001);
        // A twentieth of 1001 seconds is no whole number of seconds, but it is one of token units.
        expectLog(address(leases));
        emit ILeases.Settled(leaseId, RATE * 1001 * 95 / 100, 0, RATE * 1001 * 5 / 100, RATE * 2599);
        close();
        assertSpent(1001, 2599, ILeases.State.Closed);
        vm.assertEq(leases.lease(leaseId).paidUntil, time, "paid until");
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_close_WhenTheRenterClosesInTheAcceptanceWindow() public {
        start(leaseId);
        skip(1);
        close();
        assertSpent(1, DURATION - 1, ILeases.State.Closed);
    }

    function test_close_WhenAStrangerClosesAfterAMissedStart() public {
        skip(10 minutes);
        vm.prank(stranger);
        leases.close(leaseId);
        assertSpent(0, DURATION, ILeases.State.Closed);
    }

    function test_close_WhenAnotherLeaseHasTakenTheSlots() public {
        start(leaseId);
        skip(DURATION);
        uint256 next = open(machineId, 2, DURATION);
        close();
        vm.assertEq(leases.busySlots(machineId), 2, "busy");
        vm.assertEq(leases.lease(next).escrow, RATE_PER_SLOT * DURATION, "the other's escrow");
    }

    function test_end_RevertWhen_TheCallerIsNotOfTheMachine() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotMachine.selector, leaseId, renter));
        vm.prank(renter);
        leases.end(leaseId);
    }

    function test_end_RevertWhen_ItHasEnded() public {
        start(leaseId);
        skip(60);
        end();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, ILeases.State.Ended));
        end();
    }

    function test_end_WhenTheMachineEndsBeforeTheStart() public {
        end();
        assertSpent(0, DURATION, ILeases.State.Closed);
    }

    function test_end_WhenTheMachineEndsInTheAcceptanceWindow() public {
        start(leaseId);
        skip(60);
        expectLog(address(leases));
        emit ILeases.Ended(leaseId, time);
        end();

        assertSpent(0, DURATION - 60, ILeases.State.Ended);
        vm.assertEq(leases.lease(leaseId).escrow, RATE * 60, "held");
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
        skip(10 minutes - 61);
        leases.settle(leaseId);
        assertSpent(0, DURATION - 60, ILeases.State.Ended);
    }

    function test_end_WhenTheWindowClosesAfterAnEnd() public {
        start(leaseId);
        skip(60);
        end();
        skip(10 minutes - 60);
        leases.settle(leaseId);
        assertSpent(60, DURATION - 60, ILeases.State.Closed);
    }

    function test_end_WhenTheMachineEndsAfterTheWindow() public {
        start(leaseId);
        skip(1000);
        leases.settle(leaseId);
        skip(100);
        end();
        assertSpent(1100, DURATION - 1100, ILeases.State.Closed);
    }

    function test_reject_RevertWhen_TheCallerIsNoRenterOfIt() public {
        start(leaseId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, leaseId, stranger));
        vm.prank(stranger);
        leases.reject(leaseId);
    }

    function test_reject_RevertWhen_ItIsNotYetStarted() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, ILeases.State.Open));
        reject(leaseId);
    }

    function test_reject_RevertWhen_TheAcceptanceWindowIsOver() public {
        start(leaseId);
        uint256 overAt = time + 10 minutes;
        skip(10 minutes);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_AcceptWindowOver.selector, leaseId, overAt));
        reject(leaseId);
    }

    function test_reject_RevertWhen_ItIsClosedBefore() public {
        start(leaseId);
        close();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_WrongState.selector, leaseId, ILeases.State.Closed));
        reject(leaseId);
    }

    function test_reject_RevertWhen_TheRenterHasUsedUpHisRejects() public {
        uint256 allowedAt = rejectThrice();
        leaseId = openAndStart();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_TooManyRejects.selector, renter, allowedAt));
        reject(leaseId);
    }

    function test_reject_WhenThePeriodIsOver() public {
        uint256 allowedAt = rejectThrice();
        skip(allowedAt - time);
        beat(machineId);
        reject(openAndStart());
    }

    function test_reject_WhenTheRenterRejectsARunningLease() public {
        start(leaseId);
        skip(10 minutes - 1);
        expectLog(address(leases));
        emit ILeases.Rejected(leaseId, renter);
        reject(leaseId);
        assertSpent(0, DURATION, ILeases.State.Closed);
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_reject_WhenTheRenterRejectsAnEndedLease() public {
        start(leaseId);
        skip(60);
        end();
        reject(leaseId);
        assertSpent(0, DURATION, ILeases.State.Closed);
    }

    function rejectThrice() private returns (uint256 allowedAt) {
        allowedAt = time + 1 days;
        start(leaseId);
        reject(leaseId);
        skip(60);
        reject(openAndStart());
        reject(openAndStart());
    }

    function openAndStart() private returns (uint256 id) {
        id = open(machineId, 3, DURATION);
        start(id);
    }

    function close() private {
        vm.prank(renter);
        leases.close(leaseId);
    }

    function end() private {
        vm.prank(key);
        leases.end(leaseId);
    }

    function reject(uint256 id) private {
        vm.prank(renter);
        leases.reject(id);
    }

    /// @dev Checks every balance after `paidSeconds` were paid for and `refundedSeconds` given back.
    function assertSpent(uint256 paidSeconds, uint256 refundedSeconds, ILeases.State state) private view {
        uint256 burnt = paidSeconds * RATE * BURN_BPS / 10_000;
        uint256 left = (DURATION - paidSeconds - refundedSeconds) * RATE;
        vm.assertEq(uint256(leases.lease(leaseId).state), uint256(state), "state");
        vm.assertEq(leases.lease(leaseId).escrow, left, "escrow");
        vm.assertEq(leases.pendingBurn(), burnt, "to burn");
        vm.assertEq(purse(owner), paidSeconds * RATE - burnt, "owner's purse");
        vm.assertEq(token.balanceOf(renter), refundedSeconds * RATE, "renter's tokens");
        vm.assertEq(token.balanceOf(address(leases)), left + paidSeconds * RATE, "tokens held");
    }
}
