// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title RefundFuzz
/// @notice Whatever the price, the slots and the second of the end: the seconds used are paid, the others come back, and
/// nothing is left over.
contract RefundFuzz is Core {
    uint256 private machineId;
    bool private preemptible;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(8);
    }

    function testFuzz_close_refundsTheUnusedSecondsExactly(uint64 price, uint8 slots, uint32 duration, uint32 used)
        public
    {
        uint256 leaseId = openAt(price, slots, duration);
        ILeases.Lease memory lease = leases.lease(leaseId);
        start(leaseId);
        used = uint32(bound(used, 0, lease.duration));
        skip(used);
        vm.prank(renter);
        leases.close(leaseId);
        assertExact(lease, used);
    }

    function testFuzz_end_refundsTheUnusedSecondsExactly(uint64 price, uint8 slots, uint32 duration, uint32 used)
        public
    {
        uint256 leaseId = openAt(price, slots, duration);
        ILeases.Lease memory lease = leases.lease(leaseId);
        start(leaseId);
        used = uint32(bound(used, 0, lease.duration - 1));
        skip(used);
        vm.prank(key);
        leases.end(leaseId);
        skip(10 minutes);
        leases.settle(leaseId);
        assertExact(lease, used);
    }

    function testFuzz_closeAsOf_refundsFromThatSecondExactly(
        uint64 price,
        uint8 slots,
        uint32 duration,
        uint32 used,
        uint32 since
    ) public {
        uint256 leaseId = openAt(price, slots, duration);
        ILeases.Lease memory lease = leases.lease(leaseId);
        start(leaseId);
        uint256 begun = time;
        skip(bound(used, 0, 2 * lease.duration));
        since = uint32(bound(since, 0, lease.duration));
        vm.prank(faults);
        leases.closeAsOf(leaseId, uint40(begun + since));
        assertExact(lease, begun + since < time ? since : time - begun);
    }

    function testFuzz_preempt_refundsTheUnusedSecondsExactly(uint64 price, uint8 slots, uint32 duration, uint32 used)
        public
    {
        preemptible = true;
        uint256 leaseId = openAt(price, slots, duration);
        ILeases.Lease memory lease = leases.lease(leaseId);
        start(leaseId);
        used = uint32(bound(used, 0, lease.duration - 1));
        skip(used);
        vm.prank(key);
        leases.preempt(leaseId);
        skip(11 minutes);
        leases.settle(leaseId);
        assertExact(lease, used + 60 < lease.duration ? used + 60 : lease.duration);
    }

    /// @dev With a cloud's fee: what the three get and what comes back is the escrow.
    function testFuzz_close_withAFeeLeavesNothingOver(uint64 price, uint32 duration, uint32 used, uint16 feeBps)
        public
    {
        operators.set(1, account("cloud"), 3000);
        setPrice(price);
        ILeases.Order memory order = anOrder(machineId, 5, uint32(bound(duration, 60, 1 days)));
        (order.operatorId, order.feeBps) = (1, uint16(bound(feeBps, 0, 3000)));
        uint256 leaseId = open(order);
        uint256 escrow = leases.lease(leaseId).escrow;
        start(leaseId);
        skip(bound(used, 0, order.duration));
        vm.prank(renter);
        leases.close(leaseId);
        uint256 given = purse(owner) + purse(account("cloud")) + leases.pendingBurn();
        vm.assertEq(given + token.balanceOf(renter), escrow, "given and refunded");
        vm.assertEq(token.balanceOf(address(leases)), given, "tokens held");
    }

    function testFuzz_settle_inStepsPaysWhatItPaysAtOnce(
        uint64 price,
        uint8 slots,
        uint32 duration,
        uint32[8] memory steps
    ) public {
        uint256 leaseId = openAt(price, slots, duration);
        ILeases.Lease memory lease = leases.lease(leaseId);
        start(leaseId);
        for (uint256 i = 0; i < steps.length; ++i) {
            skip(bound(steps[i], 0, lease.duration / 4));
            leases.settle(leaseId);
        }
        skip(uint256(lease.duration) + 10 minutes);
        leases.settle(leaseId);

        uint256 gross = uint256(lease.rate) * lease.duration;
        uint256 atOnce = (gross * BURN_BPS + 9999) / 10_000;
        vm.assertEq(purse(owner) + leases.totalBurnt(), gross, "paid + burnt");
        vm.assertLe(atOnce, leases.totalBurnt(), "burnt");
        // Each settlement rounds the burn up by less than a unit.
        vm.assertLe(leases.totalBurnt(), atOnce + steps.length, "burnt");
        assertNothingLeft();
    }

    function openAt(uint64 price, uint8 slots, uint32 duration) private returns (uint256) {
        setPrice(price);
        ILeases.Order memory order =
            anOrder(machineId, uint64(bound(slots, 1, 255)), uint32(bound(duration, 60, 1 days)));
        order.preemptible = preemptible;
        return open(order);
    }

    /// @dev Up to a thousand US dollars a slot-hour, at prices that divide badly.
    function setPrice(uint64 price) private {
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.usdPerSlotHour = uint32(bound(price, 1, 1000e6));
        offer.preemptibleUsdPerSlotHour = offer.usdPerSlotHour;
        setOffer(machineId, offer);
    }

    function assertExact(ILeases.Lease memory lease, uint256 used) private {
        uint256 gross = uint256(lease.rate) * used;
        uint256 burnt = (gross * BURN_BPS + 9999) / 10_000;
        vm.assertEq(purse(owner), gross - burnt, "paid");
        vm.assertEq(leases.totalBurnt(), burnt, "burnt");
        vm.assertEq(token.balanceOf(renter), uint256(lease.rate) * (lease.duration - used), "refunded");
        assertNothingLeft();
    }

    function assertNothingLeft() private {
        if (purse(owner) > 0) leases.withdraw(leases.purseNumber(owner));
        leases.burnPending();
        vm.assertEq(token.balanceOf(address(leases)), 0, "left over");
    }
}
