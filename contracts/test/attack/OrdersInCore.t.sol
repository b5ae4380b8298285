// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Orders} from "../../src/Orders.sol";
import {Core} from "../Core.sol";

/// @title OrdersInCoreAttack
/// @notice Orders on the real Token, Machines and Leases: what only the two sides together can get wrong.
contract OrdersInCoreAttack is Core {
    uint64 private constant SLOTS = 0x3;
    uint32 private constant DURATION = 1 hours;
    uint32 private constant QUOTED = USD_PER_SLOT_HOUR / 2;
    uint128 private constant ESCROW = 2 * RATE_PER_SLOT * DURATION;
    uint96 private constant BOND = 5e18;

    Orders private book;
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        // The fixture has a plain account for Orders; its code is put where Leases expects it.
        vm.etch(orders, address(new Orders(token, machines, leases)).code);
        book = Orders(orders);
        vm.prank(orders);
        token.approve(address(leases), type(uint256).max);
        machineId = registerAudited(8);
        prepare(renter);
        prepare(stranger);
    }

    function test_attack_theft_aSignedOrderTakesItsEscrowOnly() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", book.hashOrder(signed));
        vm.prank(stranger);
        uint256 leaseId = book.execute(signed, signature, IOrders.Permit(0, 0, 0, 0, 0));
        vm.assertEq(leases.lease(leaseId).renter, renter, "renter");
        vm.assertEq(token.balanceOf(renter), 100e18 - ESCROW, "escrow");
        vm.assertEq(token.balanceOf(stranger), 100e18, "executor");
    }

    function test_attack_theft_aRefundOfAStandingOrderIsTheRenters() public {
        uint256 leaseId = fill(aStanding(), SLOTS);
        vm.assertEq(book.depositOf(renter), 50e18 - ESCROW, "deposit");
        vm.assertEq(token.balanceOf(orders), book.depositOf(renter), "balance");
        skip(1 hours);
        vm.prank(stranger);
        leases.close(leaseId);
        vm.assertEq(token.balanceOf(renter), 50e18 + ESCROW, "refund");
    }

    function test_attack_overfill_busySlotsOpenNoSecondLease() public {
        fill(aStanding(), SLOTS);
        IOrders.StandingOrder memory standing = aStanding();
        bytes memory signature = sign("renter", book.hashStanding(standing));
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, SLOTS));
        book.fill(standing, signature, machineId, SLOTS);
        vm.assertEq(book.filled(book.hashStanding(standing)), 1, "filled");
    }

    function test_attack_selfReferral_aStandingOrderOfAnOperatorsOwnAccount() public {
        operators.set(1, renter, 2000);
        IOrders.StandingOrder memory standing = aStanding();
        standing.operatorId = 1;
        standing.feeBps = 2000;
        bytes memory signature = sign("renter", book.hashStanding(standing));
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SelfReferral.selector, 1, renter));
        book.fill(standing, signature, machineId, SLOTS);
    }

    function test_attack_theft_heldSlotsAreNobodysButTheHolders() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote);
        ILeases.Order memory order = anOrder(machineId, 0x7, DURATION);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, SLOTS));
        vm.prank(stranger);
        leases.open(order);
        skip(15 minutes - 1);
        uint256 leaseId = accept(quote);
        vm.assertEq(leases.lease(leaseId).rate, RATE_PER_SLOT, "half the list's rate for two slots");
        vm.assertEq(token.balanceOf(renter), 50e18 - ESCROW / 2, "the bond is back");
    }

    function test_attack_theft_aHoldThatRanOutLeavesAnothersLeaseAlone() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote);
        skip(15 minutes);
        ILeases.Order memory order = anOrder(machineId, SLOTS, DURATION);
        vm.prank(stranger);
        leases.open(order);
        bytes memory signature = sign("key", book.hashQuote(quote));
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, book.hashQuote(quote)));
        vm.prank(renter);
        book.accept(quote, signature, order);
        book.lapse(quote);
        vm.assertEq(leases.busySlots(machineId), SLOTS, "slots");
        vm.assertEq(token.balanceOf(owner), BOND, "bond");
    }

    function test_attack_theft_anOwnerWhoPausesGetsNoBond() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote);
        vm.prank(owner);
        machines.pause(machineId);
        book.lapse(quote);
        vm.assertEq(token.balanceOf(renter), 50e18, "bond");
        vm.assertEq(token.balanceOf(owner), 0, "owner");
    }

    function test_attack_gasGriefing_aHolderCannotStarveTheLookAtTheMachine() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote);
        for (uint256 gasLimit = 20_000; gasLimit < 200_000; gasLimit += 1000) {
            vm.prank(renter);
            (bool lapsed,) = orders.call{gas: gasLimit}(abi.encodeCall(IOrders.lapse, (quote)));
            vm.assertTrue(!lapsed, "the bond is back though the machine can be leased");
        }
    }

    function test_attack_baitAndSwitch_anOfferChangedAfterTheQuote() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote);
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour *= 10;
        setOffer(machineId, offer);
        uint256 leaseId = accept(quote);
        vm.assertEq(leases.lease(leaseId).rate, RATE_PER_SLOT, "rate");
    }

    function test_attack_staleAuthority_aQuoteSignedBeforeTheDeedWasSold() public {
        IOrders.Quote memory quote = aQuote();
        bytes32 hash = book.hashQuote(quote);
        bytes memory signature = sign("owner", hash);
        vm.prank(owner);
        machines.transferFrom(owner, stranger, machineId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, stranger));
        vm.prank(renter);
        book.hold(quote, signature);
    }

    function prepare(address who) private {
        fund(who, 100e18);
        vm.prank(who);
        token.approve(address(leases), 100e18);
        vm.prank(who);
        token.approve(orders, 100e18);
    }

    function fill(IOrders.StandingOrder memory standing, uint64 slots) private returns (uint256 leaseId) {
        bytes memory signature = sign("renter", book.hashStanding(standing));
        vm.prank(renter);
        book.deposit(50e18);
        vm.prank(stranger);
        leaseId = book.fill(standing, signature, machineId, slots);
    }

    function hold(IOrders.Quote memory quote) private {
        bytes memory signature = sign("key", book.hashQuote(quote));
        vm.prank(renter);
        token.transfer(treasury, 50e18);
        vm.prank(renter);
        book.hold(quote, signature);
    }

    function accept(IOrders.Quote memory quote) private returns (uint256 leaseId) {
        ILeases.Order memory order = anOrder(machineId, SLOTS, DURATION);
        vm.prank(renter);
        return book.accept(quote, "", order);
    }

    function aSigned() private view returns (IOrders.SignedOrder memory) {
        return IOrders.SignedOrder(anOrder(machineId, SLOTS, DURATION), renter, 7, uint40(time + 1 days));
    }

    function aStanding() private view returns (IOrders.StandingOrder memory standing) {
        standing.renter = renter;
        standing.least = aClass(8);
        standing.leastTier = 1;
        standing.maxUsdPerSlotHour = USD_PER_SLOT_HOUR;
        standing.maxRate = type(uint128).max;
        standing.slotCount = 2;
        standing.duration = DURATION;
        standing.count = 3;
        standing.deadline = uint40(time + 1 days);
    }

    function aQuote() private view returns (IOrders.Quote memory) {
        return IOrders.Quote({
            machineId: machineId,
            slots: SLOTS,
            tier: 1,
            usdPerSlotHour: QUOTED,
            maxSeconds: DURATION,
            renter: renter,
            bond: BOND,
            nonce: 9,
            deadline: uint40(time + 30 minutes)
        });
    }

    function sign(string memory name, bytes32 hash) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKeyOf(name), hash);
        return abi.encodePacked(r, s, v);
    }
}
