// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Core} from "../Core.sol";

/// @title LeasePartiesTest
/// @notice test/tree/LeaseParties.tree, leaf by leaf: what Orders, Faults and a controller may do to a lease.
contract LeasePartiesTest is Core {
    address private immutable payer = account("payer");
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_openFor_RevertWhen_TheCallerIsNotOrders() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        expectNotOrders();
        vm.prank(stranger);
        leases.openFor(renter, stranger, order, LIST_PRICE, 0);
    }

    function test_openFor_WhenSomebodyElsePays() public {
        uint256 id = openFor(LIST_PRICE, 3600 * RATE_PER_SLOT, 0);
        vm.assertEq(leases.lease(id).renter, renter, "renter");
        vm.assertEq(token.balanceOf(payer), 0, "payer's tokens");
        vm.prank(renter);
        leases.close(id);
        vm.assertEq(token.balanceOf(renter), 3600 * RATE_PER_SLOT, "refund");
    }

    function test_openFor_WhenItIsByTheList() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        order.offerHash = keccak256("another");
        vm.expectRevert(
            abi.encodeWithSelector(
                Errors.Machines_OfferChanged.selector, machineId, machines.offerHash(machineId), order.offerHash
            )
        );
        vm.prank(orders);
        leases.openFor(renter, payer, order, LIST_PRICE, 0);
    }

    function test_openFor_WhenItHasAPriceOfItsOwn() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        order.offerHash = keccak256("another");
        allow(payer, 3600 * RATE_PER_SLOT / 2);
        vm.prank(orders);
        uint256 id = leases.openFor(renter, payer, order, USD_PER_SLOT_HOUR / 2, 0);
        vm.assertEq(leases.lease(id).rate, RATE_PER_SLOT / 2, "rate");
    }

    function test_openFor_RevertWhen_ItsRateIsAboveTheRentersLimit() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        order.maxRate = RATE_PER_SLOT;
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_RateTooHigh.selector, 2 * RATE_PER_SLOT, RATE_PER_SLOT));
        vm.prank(orders);
        leases.openFor(renter, payer, order, 2 * USD_PER_SLOT_HOUR, 0);
    }

    function test_openFor_RevertWhen_TheSlotsAreHeldForAnother() public {
        hold(1, time + 60);
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 1));
        vm.prank(orders);
        leases.openFor(renter, payer, order, LIST_PRICE, 0);
    }

    function test_openFor_WhenTheSlotsAreHeldForThisVeryOrder() public {
        hold(1, time + 60);
        uint256 id = openFor(LIST_PRICE, 3600 * RATE_PER_SLOT, time + 60);
        start(id);
        vm.assertEq(leases.heldUntil(machineId), time + 3600, "held until");
    }

    function test_openFor_RevertWhen_ALeaseHasTakenTheSlotsSince() public {
        hold(1, time + 60);
        uint40 heldUntil = uint40(time + 60);
        skip(60);
        start(open(machineId, 1, 3600));
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 1));
        vm.prank(orders);
        leases.openFor(renter, payer, order, LIST_PRICE, heldUntil);
    }

    function test_openFor_RevertWhen_TheGuardianHasPaused() public {
        uint256 until = time + 1;
        vm.prank(guardian);
        leases.pause(until);
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_Paused.selector, until));
        vm.prank(orders);
        leases.openFor(renter, payer, order, LIST_PRICE, 0);
    }

    function test_hold_RevertWhen_TheCallerIsNotOrders() public {
        expectNotOrders();
        vm.prank(stranger);
        leases.hold(machineId, 1, uint40(time + 60));
    }

    function test_hold_RevertWhen_ASlotIsHeldAlready() public {
        open(machineId, 2, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 2));
        hold(3, time + 60);
    }

    function test_hold_WhenTheSlotsAreFree() public {
        expectLog(address(leases));
        emit ILeases.Held(machineId, 3, time + 60);
        hold(3, time + 60);
        skip(59);
        vm.assertEq(leases.busySlots(machineId), 3, "busy in the last second");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 0, "busy after it");
    }

    function test_closeAsOf_RevertWhen_TheCallerIsNotFaults() public {
        uint256 id = running();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotFaults.selector, audits));
        vm.prank(audits);
        leases.closeAsOf(id, uint40(time));
    }

    function test_closeAsOf_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        closeAsOf(9, time);
    }

    function test_closeAsOf_WhenItRuns() public {
        uint256 id = running();
        uint256 since = time + 1000;
        skip(1500);
        vm.assertEq(closeAsOf(id, since), 2600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 1000);
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_closeAsOf_WhenTheRenterHasNotAcceptedItYet() public {
        uint256 id = running();
        skip(10);
        closeAsOf(id, time - 5);
        assertClosed(id, 5);
    }

    function test_closeAsOf_WhenThatSecondIsPaidForAlready() public {
        uint256 id = running();
        uint256 since = time + 700;
        skip(1000);
        leases.settle(id);
        skip(100);
        vm.assertEq(closeAsOf(id, since), 2600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 1000);
    }

    function test_closeAsOf_WhenThatSecondIsToCome() public {
        uint256 id = running();
        skip(1000);
        closeAsOf(id, time + 500);
        assertClosed(id, 1000);
    }

    function test_closeAsOf_WhenItIsOverAndNotSettled() public {
        uint256 id = running();
        uint256 since = time + 3599;
        skip(2 days);
        vm.assertEq(closeAsOf(id, since), RATE_PER_SLOT, "refunded");
        assertClosed(id, 3599);
    }

    function test_closeAsOf_WhenItHasNotStarted() public {
        uint256 id = open(machineId, 1, 3600);
        vm.assertEq(closeAsOf(id, time + 100), 3600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 0);
    }

    function test_closeAsOf_WhenItIsClosed() public {
        uint256 id = running();
        skip(1000);
        vm.prank(renter);
        leases.close(id);
        vm.assertEq(closeAsOf(id, time - 500), 0, "refunded");
        assertClosed(id, 1000);
    }

    function test_setController_RevertWhen_TheCallerIsNotTheRenter() public {
        uint256 id = running();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, owner));
        vm.prank(owner);
        leases.setController(id, owner, uint40(time + 60));
    }

    function test_setController_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        vm.prank(renter);
        leases.setController(9, stranger, uint40(time + 60));
    }

    function test_setController_WhenHeClosesItInTime() public {
        uint256 id = controlled();
        skip(59);
        vm.prank(stranger);
        leases.close(id);
        vm.assertEq(token.balanceOf(renter), (3600 - 59) * RATE_PER_SLOT, "renter's tokens");
        vm.assertEq(token.balanceOf(stranger), 0, "controller's tokens");
    }

    function test_setController_WhenHeRejectsItInTime() public {
        uint256 id = controlled();
        expectLog(address(leases));
        emit ILeases.Rejected(id, renter);
        vm.prank(stranger);
        leases.reject(id);
        vm.assertEq(token.balanceOf(renter), 3600 * RATE_PER_SLOT, "renter's tokens");
    }

    function test_setController_WhenHisTimeIsOver() public {
        uint256 id = controlled();
        skip(60);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.close(id);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.reject(id);
    }

    function test_setController_RevertWhen_HeSetsAnotherController() public {
        uint256 id = controlled();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.setController(id, owner, uint40(time + 60));
    }

    function test_mayControl_WhenItIsAskedOfEachParty() public {
        uint256 id = controlled();
        vm.assertTrue(leases.mayControl(id, renter), "renter");
        vm.assertTrue(leases.mayControl(id, stranger), "controller");
        vm.assertTrue(!leases.mayControl(id, owner), "owner");
        vm.assertTrue(!leases.mayControl(id, address(0)), "nobody");
        vm.assertTrue(!leases.mayControl(9, renter), "renter of no lease");
        vm.assertTrue(!leases.mayControl(9, address(0)), "nobody of no lease");
        skip(59);
        vm.assertTrue(leases.mayControl(id, stranger), "controller in his last second");
        skip(1);
        vm.assertTrue(!leases.mayControl(id, stranger), "controller after it");
        vm.assertTrue(leases.mayControl(id, renter), "renter for ever");
    }

    function test_mayControl_WhenTheRenterTookItBack() public {
        uint256 id = controlled();
        vm.prank(renter);
        leases.setController(id, address(0), 0);
        vm.assertTrue(!leases.mayControl(id, stranger), "controller");
        vm.assertTrue(leases.mayControl(id, renter), "renter");
    }

    function openFor(uint32 price, uint256 escrow, uint256 heldUntil) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        allow(payer, escrow);
        vm.prank(orders);
        return leases.openFor(renter, payer, order, price, uint40(heldUntil));
    }

    function hold(uint64 slots, uint256 until) private {
        vm.prank(orders);
        leases.hold(machineId, slots, uint40(until));
    }

    function running() private returns (uint256 id) {
        id = open(machineId, 1, 3600);
        start(id);
    }

    /// @dev A running lease that `stranger` may steer for a minute.
    function controlled() private returns (uint256 id) {
        id = running();
        expectLog(address(leases));
        emit ILeases.ControllerSet(id, stranger, time + 60);
        vm.prank(renter);
        leases.setController(id, stranger, uint40(time + 60));
    }

    function closeAsOf(uint256 id, uint256 since) private returns (uint256) {
        vm.prank(faults);
        return leases.closeAsOf(id, uint40(since));
    }

    function expectNotOrders() private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotOrders.selector, stranger));
    }

    function assertClosed(uint256 id, uint256 paidSeconds) private view {
        ILeases.Lease memory lease = leases.lease(id);
        vm.assertEq(uint256(lease.state), uint256(ILeases.State.Closed), "state");
        vm.assertEq(lease.escrow, 0, "escrow");
        vm.assertEq(purse(owner) + leases.pendingBurn(), paidSeconds * RATE_PER_SLOT, "paid and burnt");
        vm.assertEq(token.balanceOf(renter), (3600 - paidSeconds) * RATE_PER_SLOT, "renter's tokens");
    }
}
