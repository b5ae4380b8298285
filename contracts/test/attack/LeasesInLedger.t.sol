// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Staffed} from "../Staffed.sol";

/// @title LeasesInLedgerAttack
/// @notice What leases were cheated by elsewhere, tried on the whole ledger.
contract LeasesInLedgerAttack is Staffed {
    uint32 private constant DURATION = 2 hours;

    address private immutable rival = account("rival");
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    /// @dev Elsewhere deposits were overrun until the provider withdrew. Here no settlement ever comes, for a month.
    function test_attack_providerNeverSettles_nothingIsOverrunAndNobodyIsBlocked() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        start(leaseId);
        skip(20 days);
        vm.assertEq(leases.lease(leaseId).escrow, RATE_PER_SLOT * DURATION, "no more than was deposited");
        vm.assertEq(leases.busySlots(machineId), 0, "the slot is free by itself");
        refresh(machineId);
        uint256 next = open(machineId, 1, DURATION);
        start(next);
        vm.prank(stranger);
        leases.settle(leaseId);
        uint256 rent = uint256(RATE_PER_SLOT) * DURATION;
        vm.assertEq(purse(owner), rent - rent * BURN_BPS / 10_000, "paid to the last second, and no further");
        vm.assertEq(leases.busySlots(machineId), 1, "the successor's slot is its own");
    }

    function test_attack_providerNeverStarts_theWholeEscrowGoesBack() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        skip(10 minutes);
        vm.prank(stranger);
        leases.close(leaseId);
        vm.assertEq(token.balanceOf(renter), RATE_PER_SLOT * DURATION, "refund");
    }

    function test_attack_baitAndSwitch_aPriceRaisedInTheMempool() public {
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        bytes32 seen = order.offerHash;
        allow(renter, 1e21);
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour *= 2;
        setOffer(machineId, offer);
        bytes32 found = machines.offerHash(machineId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_OfferChanged.selector, machineId, found, seen));
        vm.prank(renter);
        leases.open(order);
    }

    /// @dev The token's price falls between the look and the block: the renter's own bound holds.
    function test_attack_baitAndSwitch_anOracleMovedInTheMempool() public {
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        order.maxRate = RATE_PER_SLOT;
        allow(renter, 1e21);
        skip(10 minutes);
        postPrice(USD_PER_TOKEN * 9 / 10);
        beat(machineId);
        uint256 rate = leases.quote(machineId, 1, false);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_RateTooHigh.selector, rate, RATE_PER_SLOT));
        vm.prank(renter);
        leases.open(order);
    }

    function test_attack_baitAndSwitch_ofThePayeeAndThePriceOfARunningLease() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        start(leaseId);
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour *= 100;
        setOffer(machineId, offer);
        skip(10 minutes);
        postPrice(USD_PER_TOKEN * 9 / 10);
        vm.prank(owner);
        machines.transferFrom(owner, rival, machineId);
        skip(DURATION);
        leases.settle(leaseId);
        uint256 rent = uint256(RATE_PER_SLOT) * DURATION;
        vm.assertEq(purse(owner), rent - rent * BURN_BPS / 10_000, "the first payee, at the first price");
        vm.assertEq(purse(rival), 0, "who bought the deed is paid from the next lease on");
    }

    /// @dev Thousands of leases of nothing: what others pay does not grow, and a machine's slots are not held by them.
    function test_attack_dustLeases_costOthersNothing() public {
        uint256 before = gasOfOpening();
        uint256 dusty = register("dust owner", "dust key", 1);
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = 1;
        offer.minSeconds = 1;
        setOffer(dusty, offer);
        classify(dusty, 1);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);
        for (uint256 i = 0; i < 200; ++i) {
            ILeases.Order memory order = anOrder(dusty, 1, 1);
            uint256 escrow = leases.quote(dusty, 1, false);
            vm.assertTrue(escrow > 0, "the smallest lease costs something");
            fund(renter, escrow);
            vm.prank(renter);
            uint256 leaseId = leases.open(order);
            start(leaseId);
            skip(1);
        }
        beat(machineId);
        vm.assertLe(gasOfOpening(), before + before / 10, "an opening costs what it did");
    }

    /// @dev Idle-time leases for nothing hold nothing against who pays, however they are cut up.
    function test_attack_dustLeases_forNothingGiveWay() public {
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.preemptibleUsdPerSlotHour = 0;
        setOffer(machineId, offer);
        uint256[] memory idle = new uint256[](4);
        for (uint256 i = 0; i < 4; ++i) {
            vm.prank(rival);
            idle[i] = leases.open(aPreemptibleOrder(machineId, uint64(1 << i), 30 days));
            start(idle[i]);
        }
        ILeases.Order memory order = anOrder(machineId, 0xf, DURATION);
        allow(renter, uint256(RATE_PER_SLOT) * 4 * DURATION);
        vm.prank(renter);
        uint256 leaseId = leases.openOver(order, idle);
        skip(10);
        start(leaseId);
        vm.assertEq(leases.lease(leaseId).paidUntil, time + DURATION, "it runs ten seconds later");
    }

    /// @dev Rejecting is free three times a day; from then on a trial costs.
    function test_attack_freeTrials_endAfterThree() public {
        for (uint256 i = 0; i < 3; ++i) {
            uint256 leaseId = open(machineId, 1, DURATION);
            start(leaseId);
            skip(9 minutes);
            vm.prank(renter);
            leases.reject(leaseId);
        }
        uint256 last = open(machineId, 1, DURATION);
        start(last);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_TooManyRejects.selector, renter, time - 18 minutes + 1 days)
        );
        vm.prank(renter);
        leases.reject(last);
    }

    /// @dev Fees to oneself are rent that is not burnt: the own account is refused, and through a second one less is burnt and
    /// less is earned, each in proportion.
    function test_attack_selfReferral_paysNothingBack() public {
        vm.prank(renter);
        uint256 own = operators.register("own", 2000);
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        (order.operatorId, order.feeBps) = (uint24(own), 2000);
        allow(renter, 1e21);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SelfReferral.selector, own, renter));
        vm.prank(renter);
        leases.open(order);

        vm.prank(rival);
        order.operatorId = uint24(operators.register("second account", 2000));
        vm.prank(renter);
        uint256 leaseId = leases.open(order);
        start(leaseId);
        skip(DURATION);
        leases.settle(leaseId);
        uint256 rent = uint256(RATE_PER_SLOT) * DURATION;
        // The fee is on top: owner and fire get what they would without it.
        vm.assertLe(rent * BURN_BPS / 10_000, leases.totalBurnt(), "the fire's part");
        vm.assertLe(rent - rent * BURN_BPS / 10_000 - 1e9, purse(owner), "the owner's part");
    }

    /// @dev Two orders for one slot in one block, by every pair of doors: the first has it, the second loses nothing.
    function test_attack_doubleRentRace_oneWinsAndTheOtherKeepsHisMoney() public {
        uint256 escrow = uint256(RATE_PER_SLOT) * DURATION;
        open(machineId, 1, DURATION);
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        allow(rival, 2 * escrow);
        vm.prank(rival);
        token.approve(address(orders), escrow);
        vm.prank(rival);
        orders.deposit(escrow);
        bytes memory busy = abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 1);
        vm.expectRevert(busy);
        vm.prank(rival);
        leases.open(order);

        IOrders.SignedOrder memory signed = IOrders.SignedOrder(order, rival, 1, uint40(time));
        bytes memory signature = signDigest("rival", orders.hashOrder(signed));
        vm.expectRevert(busy);
        orders.execute(signed, signature, IOrders.Permit(0, 0, 0, 0, 0));

        IOrders.StandingOrder memory standing;
        (standing.renter, standing.least) = (rival, IMachines.Class(1, 70, 66, 1));
        (standing.maxUsdPerSlotHour, standing.maxRate) = (USD_PER_SLOT_HOUR, type(uint128).max);
        (standing.slotCount, standing.duration, standing.count) = (1, DURATION, 1);
        standing.deadline = uint40(time);
        signature = signDigest("rival", orders.hashStanding(standing));
        vm.expectRevert(busy);
        orders.fill(standing, signature, machineId, 1);
        vm.assertEq(token.balanceOf(rival) + orders.depositOf(rival), 2 * escrow, "all of it");
        vm.assertTrue(!orders.isUsed(rival, 1), "his signature serves for another try");
    }

    /// @dev Who makes blocks moves their clock by seconds: a refund follows it second by second, without a step anywhere.
    function test_attack_timestampNudging_movesARefundByItsSecondsAndNoMore() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        start(leaseId);
        uint256 began = time;
        uint256 last = refundAt(leaseId, began);
        vm.assertEq(last, RATE_PER_SLOT * DURATION, "at once, all");
        // Every second around the edges: the acceptance window, an hour, the end.
        uint256[3] memory edges = [began + 10 minutes, began + 1 hours, began + DURATION];
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 at = edges[i] - 15; at < edges[i] + 15; ++at) {
                uint256 until = at + 1 < began + DURATION ? at + 1 : began + DURATION;
                uint256 expected = uint256(RATE_PER_SLOT) * (began + DURATION - until);
                vm.assertEq(refundAt(leaseId, at + 1), expected, "a second is a second");
            }
        }
        vm.warp(began);
    }

    /// @dev Settling each second gains the cloud nothing, the fire loses nothing, and the payee gains no unit a settlement.
    function test_attack_rounding_settlingEverySecondGainsNothing() public {
        vm.prank(rival);
        uint24 cloud = uint24(operators.register("cloud", 2000));
        IMachines.Offer memory offer = anOffer();
        // Seven units a second: every share of it is a fraction.
        offer.usdPerSlotHour = 1;
        setOffer(machineId, offer);
        skip(10 minutes);
        beat(machineId);
        uint256[2] memory ids;
        for (uint256 i = 0; i < 2; ++i) {
            ILeases.Order memory order = anOrder(machineId, uint64(1 << i), 1200);
            (order.operatorId, order.feeBps) = (cloud, 333);
            allow(renter, 1e21);
            vm.prank(renter);
            ids[i] = leases.open(order);
            start(ids[i]);
        }
        skip(11 minutes);
        uint256[3] memory often = sharesOf(ids[0], 60);
        uint256[3] memory once = sharesOf(ids[1], 1);
        // He gets the fractions that the cloud loses: less than a unit each time, and a transaction costs more.
        vm.assertLe(often[0], once[0] + 60, "the payee");
        vm.assertEq(often[0] + often[1] + often[2], once[0] + once[1] + once[2], "all together");
        vm.assertLe(often[1], once[1], "the cloud");
        vm.assertLe(once[2], often[2], "the fire");
    }

    function sharesOf(uint256 leaseId, uint256 times) private returns (uint256[3] memory shares) {
        uint256 snapshot = vm.snapshotState();
        uint256 now_ = time;
        uint256[3] memory before = [purse(owner), purse(rival), leases.totalBurnt()];
        for (uint256 i = 0; i < times; ++i) {
            vm.warp(now_ + (i + 1) * 60 / times);
            leases.settle(leaseId);
        }
        shares = [purse(owner) - before[0], purse(rival) - before[1], leases.totalBurnt() - before[2]];
        vm.revertToState(snapshot);
        vm.warp(now_);
    }

    function refundAt(uint256 leaseId, uint256 at) private returns (uint256 refund) {
        uint256 snapshot = vm.snapshotState();
        vm.warp(at);
        vm.prank(renter);
        leases.close(leaseId);
        refund = token.balanceOf(renter);
        vm.revertToState(snapshot);
    }

    function gasOfOpening() private returns (uint256 gas) {
        uint256 snapshot = vm.snapshotState();
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        allow(rival, 1e21);
        vm.prank(rival);
        gas = gasleft();
        leases.open(order);
        gas -= gasleft();
        vm.revertToState(snapshot);
    }
}
