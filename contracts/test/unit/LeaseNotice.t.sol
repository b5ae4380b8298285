// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title LeaseNoticeTest
/// @notice `preempt` of test/tree/LeasePreemption.tree, leaf by leaf. A preemptible lease costs half of an on-demand one.
contract LeaseNoticeTest is Core {
    uint128 private constant RATE = RATE_PER_SLOT / 2;

    uint256 private machineId;
    /// @dev A preemptible lease of slots 0 and 1, of an hour.
    uint256 private leaseId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        setOffer(machineId, aPreemptibleOffer());
        leaseId = open(aPreemptibleOrder(machineId, 3, 3600));
    }

    function test_preempt_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        preempt(9);
    }

    function test_preempt_RevertWhen_TheCallerIsNotOfTheMachine() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotMachine.selector, leaseId, stranger));
        vm.prank(stranger);
        leases.preempt(leaseId);
    }

    function test_preempt_RevertWhen_ItIsOnDemand() public {
        uint256 onDemand = open(machineId, 4, 3600);
        expectNotPreemptible(onDemand, ILeases.State.Open);
        preempt(onDemand);
    }

    function test_preempt_RevertWhen_ItIsClosed() public {
        close(leaseId);
        expectNotPreemptible(leaseId, ILeases.State.Closed);
        preempt(leaseId);
    }

    function test_preempt_WhenItHasNotStarted() public {
        preempt(leaseId);
        assertLease(leaseId, ILeases.State.Closed, time, 0);
        vm.assertEq(token.balanceOf(renter), 3600 * 2 * RATE, "refund");
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_preempt_WhenItRuns() public {
        start(leaseId);
        skip(100);
        expectLog(address(leases));
        emit ILeases.Preempted(leaseId, time + 60);
        preempt(leaseId);
        assertLease(leaseId, ILeases.State.Running, time + 60, 160 * 2 * RATE);
        vm.assertEq(token.balanceOf(renter), (3600 - 160) * 2 * RATE, "refund");
        skip(59);
        vm.assertEq(leases.busySlots(machineId), 3, "busy in the last second");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 0, "busy after it");
        skip(10 minutes);
        leases.settle(leaseId);
        vm.assertEq(purse(owner), 160 * 2 * RATE * 95 / 100, "owner's purse");
    }

    function test_preempt_WhenItHasLessThanTheNoticeLeft() public {
        start(leaseId);
        skip(3600 - 59);
        preempt(leaseId);
        assertLease(leaseId, ILeases.State.Running, time + 59, 3600 * 2 * RATE);
        vm.assertEq(token.balanceOf(renter), 0, "refund");
    }

    function test_preempt_WhenItPaysNothing() public {
        uint256 idle = openIdle(4);
        start(idle);
        skip(1000);
        leases.settle(idle);
        preempt(idle);
        assertLease(idle, ILeases.State.Running, time + 10, 0);
        skip(10);
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
        leases.settle(idle);
        assertLease(idle, ILeases.State.Closed, time, 0);
    }

    function test_preempt_WhenTheRenterExtendsItAfterwards() public {
        start(leaseId);
        preempt(leaseId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_ExtensionOutOfBounds.selector, leaseId, 1, 0));
        vm.prank(renter);
        leases.extend(leaseId, 1);
    }

    function test_preempt_WhenTheRenterRejectsItAfterwards() public {
        start(leaseId);
        skip(100);
        preempt(leaseId);
        vm.prank(renter);
        leases.reject(leaseId);
        vm.assertEq(token.balanceOf(renter), 3600 * 2 * RATE, "refund");
        assertLease(leaseId, ILeases.State.Closed, time, 0);
    }

    function openIdle(uint64 slots) private returns (uint256) {
        IMachines.Offer memory offer = anOffer();
        offer.preemptible = true;
        setOffer(machineId, offer);
        return open(aPreemptibleOrder(machineId, slots, 3600));
    }

    function preempt(uint256 id) private {
        vm.prank(key);
        leases.preempt(id);
    }

    function close(uint256 id) private {
        vm.prank(renter);
        leases.close(id);
    }

    function notPreemptible(uint256 id, ILeases.State state) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Errors.Leases_NotPreemptible.selector, id, state);
    }

    function expectNotPreemptible(uint256 id, ILeases.State state) private {
        vm.expectRevert(notPreemptible(id, state));
    }

    function assertLease(uint256 id, ILeases.State state, uint256 paidUntil, uint256 escrow) private view {
        ILeases.Lease memory lease = leases.lease(id);
        vm.assertEq(uint256(lease.state), uint256(state), "state");
        vm.assertEq(lease.paidUntil, paidUntil, "paid until");
        vm.assertEq(lease.escrow, escrow, "escrow");
    }
}
