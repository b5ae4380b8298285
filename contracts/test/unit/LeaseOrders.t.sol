// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Core} from "../Core.sol";

/// @title LeaseOrdersTest
/// @notice `openFor` and `hold` of test/tree/LeaseParties.tree, leaf by leaf: what Orders may do.
contract LeaseOrdersTest is Core {
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
        vm.assertEq(leases.lease(id).latestEnd, time + 10 minutes + 30 days, "latest end");
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
        vm.assertEq(leases.lease(id).latestEnd, time + 10 minutes + 3600, "latest end");
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

    function expectNotOrders() private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotOrders.selector, stranger));
    }
}
