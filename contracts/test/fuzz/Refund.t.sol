// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Ledger} from "../Ledger.sol";

/// @title RefundFuzz
/// @notice Whatever the price, the slots and the second of the end: the seconds used are paid, the others come back, and
/// nothing is left over.
contract RefundFuzz is Ledger {
    uint256 private machineId;

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
        vm.assertEq(token.balanceOf(owner) + leases.totalBurnt(), gross, "paid + burnt");
        vm.assertLe(atOnce, leases.totalBurnt(), "burnt");
        // Each settlement rounds the burn up by less than a unit.
        vm.assertLe(leases.totalBurnt(), atOnce + steps.length, "burnt");
        vm.assertEq(token.balanceOf(address(leases)), 0, "left over");
    }

    function openAt(uint64 price, uint8 slots, uint32 duration) private returns (uint256) {
        IMachines.Offer memory offer = anOffer();
        // Up to a thousand US dollars a slot-hour, at prices that divide badly.
        offer.usdPerSlotHour = uint64(bound(price, 1, 1000e6));
        vm.prank(owner);
        machines.setOffer(machineId, offer);
        return open(machineId, uint64(bound(slots, 1, 255)), uint32(bound(duration, 60, 1 days)));
    }

    function assertExact(ILeases.Lease memory lease, uint256 used) private view {
        uint256 gross = uint256(lease.rate) * used;
        uint256 burnt = (gross * BURN_BPS + 9999) / 10_000;
        vm.assertEq(token.balanceOf(owner), gross - burnt, "paid");
        vm.assertEq(leases.totalBurnt(), burnt, "burnt");
        vm.assertEq(token.balanceOf(renter), uint256(lease.rate) * (lease.duration - used), "refunded");
        vm.assertEq(token.balanceOf(address(leases)), 0, "left over");
        vm.assertEq(leases.totalEscrow(), 0, "escrow");
    }
}
