// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title LeasePreemptionTest
/// @notice `openOver` of test/tree/LeasePreemption.tree, leaf by leaf. A preemptible lease costs half of an on-demand one.
contract LeasePreemptionTest is Core {
    uint128 private constant RATE = RATE_PER_SLOT / 2;
    address private immutable comer = account("comer");

    uint256 private machineId;
    /// @dev A preemptible lease of slots 0 and 1, of an hour.
    uint256 private leaseId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        setOffer(machineId, aPreemptibleOffer());
        leaseId = open(aPreemptibleOrder(machineId, 3, 3600));
    }

    function test_openOver_RevertWhen_TheOrderIsPreemptibleItself() public {
        ILeases.Order memory order = aPreemptibleOrder(machineId, 3, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotOnDemand.selector, machineId));
        vm.prank(comer);
        leases.openOver(order, some(leaseId));
    }

    function test_openOver_RevertWhen_ALeaseIsUnknown() public {
        assertRefused(3, some(9), abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
    }

    function test_openOver_RevertWhen_ALeaseIsOnDemand() public {
        uint256 onDemand = open(machineId, 4, 3600);
        assertRefused(4, some(onDemand), notPreemptible(onDemand, ILeases.State.Open));
    }

    function test_openOver_RevertWhen_ALeaseIsClosed() public {
        close(leaseId);
        assertRefused(3, some(leaseId), notPreemptible(leaseId, ILeases.State.Closed));
    }

    function test_openOver_RevertWhen_ALeaseIsAnotherMachines() public {
        uint256 other = register("owner", "other key", 4);
        classify(other, 4);
        ILeases.Order memory order = anOrder(other, 3, 3600);
        vm.expectRevert(notPreemptible(leaseId, ILeases.State.Open));
        vm.prank(comer);
        leases.openOver(order, some(leaseId));
    }

    function test_openOver_RevertWhen_ALeaseHasNoneOfTheSlots() public {
        start(leaseId);
        assertRefused(12, some(leaseId), notPreemptible(leaseId, ILeases.State.Running));
    }

    function test_openOver_RevertWhen_ASlotIsHeldByOneThatIsNotNamed() public {
        start(leaseId);
        open(machineId, 4, 3600);
        assertRefused(7, some(leaseId), abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 4));
        assertLease(leaseId, ILeases.State.Running, time + 3600, 3600 * 2 * RATE);
    }

    function test_openOver_RevertWhen_ItWouldNotBeOverAtTheEndOfTheHours() public {
        start(leaseId);
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.weekHours = uint168(3) << 104;
        setOffer(machineId, offer);
        // Of the two hours, the notice and the start window come first.
        ILeases.Order memory order = anOrder(machineId, 3, 109 minutes + 1);
        allow(comer, 7200 * 2 * RATE_PER_SLOT);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_WindowTooShort.selector, machineId, 109 minutes + 1, time + 2 hours)
        );
        vm.prank(comer);
        leases.openOver(order, some(leaseId));
        order.duration = 109 minutes;
        vm.prank(comer);
        leases.openOver(order, some(leaseId));
    }

    function test_openOver_WhenTheLeaseRuns() public {
        start(leaseId);
        skip(1000);
        uint256 endsAt = time + 60;
        uint256 id = openOver(3, some(leaseId));

        assertLease(leaseId, ILeases.State.Running, endsAt, 1060 * 2 * RATE);
        vm.assertEq(token.balanceOf(renter), (3600 - 1060) * 2 * RATE, "refund");
        ILeases.Lease memory lease = leases.lease(id);
        vm.assertEq(lease.renter, comer, "renter");
        vm.assertEq(lease.unpaidFrom, endsAt, "earliest start");
        vm.assertEq(lease.latestEnd, endsAt + 10 minutes + 30 days, "latest end");
        vm.assertEq(leases.heldUntil(machineId), endsAt + 10 minutes, "held until");

        skip(59);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_StartTooEarly.selector, id, endsAt));
        vm.prank(key);
        leases.start(id);
        skip(1);
        start(id);
        assertLease(leaseId, ILeases.State.Ended, endsAt, 1060 * 2 * RATE);
        assertLease(id, ILeases.State.Running, time + 3600, 3600 * 2 * RATE_PER_SLOT);
    }

    function test_openOver_WhenItWaits() public {
        start(leaseId);
        uint256 id = openOver(3, some(leaseId));
        uint256 overAt = time + 60 + 10 minutes;
        skip(60 + 10 minutes - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.close(id);
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_StartWindowOver.selector, id, overAt));
        vm.prank(key);
        leases.start(id);
        vm.prank(stranger);
        leases.close(id);
        vm.assertEq(token.balanceOf(comer), 3600 * 2 * RATE_PER_SLOT, "refund");
    }

    function test_openOver_WhenTheLeaseHasNotStarted() public {
        uint256 id = openOver(3, some(leaseId));
        assertLease(leaseId, ILeases.State.Closed, time, 0);
        vm.assertEq(token.balanceOf(renter), 3600 * 2 * RATE, "refund");
        start(id);
        assertLease(id, ILeases.State.Running, time + 3600, 3600 * 2 * RATE_PER_SLOT);
    }

    function test_openOver_WhenTheLeaseIsOver() public {
        start(leaseId);
        skip(3600);
        uint256 id = openOver(3, some(leaseId));
        start(id);
        assertLease(leaseId, ILeases.State.Ended, time, 3600 * 2 * RATE);
    }

    function test_openOver_WhenALeaseIsNamedTwice() public {
        start(leaseId);
        uint256[] memory twice = new uint256[](2);
        (twice[0], twice[1]) = (leaseId, leaseId);
        openOver(3, twice);
        assertLease(leaseId, ILeases.State.Running, time + 60, 60 * 2 * RATE);
        vm.assertEq(token.balanceOf(renter), 3540 * 2 * RATE, "refund");
    }

    function test_openOver_WhenItPushesOutSeveral() public {
        start(leaseId);
        uint256 idle = openIdle(4);
        start(idle);
        uint256[] memory both = new uint256[](2);
        (both[0], both[1]) = (leaseId, idle);
        uint256 id = openOver(15, both);
        assertLease(idle, ILeases.State.Running, time + 10, 0);
        vm.assertEq(leases.lease(id).unpaidFrom, time + 60, "earliest start");
        vm.assertEq(leases.busySlots(machineId), 15, "busy");
    }

    function test_openOver_WhenItTakesAPartOfTheSlots() public {
        start(leaseId);
        openOver(1, some(leaseId));
        skip(59);
        vm.assertEq(leases.busySlots(machineId), 3, "busy while the notice lasts");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 1, "busy after it");
    }

    function test_openOver_WhenTheOnePushedOutIsClosed() public {
        start(leaseId);
        openOver(3, some(leaseId));
        close(leaseId);
        vm.assertEq(leases.busySlots(machineId), 3, "busy");
        skip(60 + 10 minutes - 1);
        vm.assertEq(leases.busySlots(machineId), 3, "busy to the end of the start window");
    }

    function test_openOver_WhenTheOneThatWaitsIsClosed() public {
        start(leaseId);
        uint256 id = openOver(3, some(leaseId));
        vm.prank(comer);
        leases.close(id);
        vm.assertEq(token.balanceOf(comer), 3600 * 2 * RATE_PER_SLOT, "refund");
        skip(59);
        vm.assertEq(leases.busySlots(machineId), 3, "busy while the notice lasts");
        skip(1);
        vm.assertEq(leases.busySlots(machineId), 0, "busy after it");
    }

    function openIdle(uint64 slots) private returns (uint256) {
        IMachines.Offer memory offer = anOffer();
        offer.preemptible = true;
        setOffer(machineId, offer);
        return open(aPreemptibleOrder(machineId, slots, 3600));
    }

    function openOver(uint64 slots, uint256[] memory preempted) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, 3600);
        allow(comer, uint256(leases.quote(machineId, slots, false)) * 3600);
        beat(machineId);
        vm.prank(comer);
        return leases.openOver(order, preempted);
    }

    function assertRefused(uint64 slots, uint256[] memory preempted, bytes memory reason) private {
        ILeases.Order memory order = anOrder(machineId, slots, 3600);
        vm.expectRevert(reason);
        vm.prank(comer);
        leases.openOver(order, preempted);
    }

    function some(uint256 id) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    function close(uint256 id) private {
        vm.prank(renter);
        leases.close(id);
    }

    function notPreemptible(uint256 id, ILeases.State state) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Errors.Leases_NotPreemptible.selector, id, state);
    }

    function assertLease(uint256 id, ILeases.State state, uint256 paidUntil, uint256 escrow) private view {
        ILeases.Lease memory lease = leases.lease(id);
        vm.assertEq(uint256(lease.state), uint256(state), "state");
        vm.assertEq(lease.paidUntil, paidUntil, "paid until");
        vm.assertEq(lease.escrow, escrow, "escrow");
    }
}
