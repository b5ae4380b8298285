// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeOrdersLeases} from "../fake/FakeOrdersLeases.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrdersAcceptedTest
/// @notice test/tree/OrdersQuotes.tree, the leaves of accepting.
contract OrdersAcceptedTest is OrdersWorld {
    function test_accept_RevertWhen_TheOrderIsForAnotherMachine() public {
        ILeases.Order memory order = anOrder();
        order.machineId = 2;
        refuseOrder(order);
    }

    function test_accept_RevertWhen_TheOrderIsForOtherSlots() public {
        ILeases.Order memory order = anOrder();
        order.slots = 0x7;
        refuseOrder(order);
    }

    function test_accept_RevertWhen_TheOrderIsLonger() public {
        ILeases.Order memory order = anOrder();
        order.duration = DURATION + 1;
        refuseOrder(order);
    }

    function test_accept_RevertWhen_TheOrderIsPreemptible() public {
        ILeases.Order memory order = anOrder();
        order.preemptible = true;
        refuseOrder(order);
    }

    function test_accept_RevertWhen_TheDeadlineIsOver() public {
        IOrders.Quote memory quote = aQuote();
        skip(30 minutes + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_Expired.selector, quote.deadline));
        accept(quote, renter);
    }

    function test_accept_RevertWhen_TheDeadlineIsTooFar() public {
        IOrders.Quote memory quote = aQuote();
        quote.deadline = uint40(time + 1 hours + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteTooLong.selector, quote.deadline, time + 1 hours));
        accept(quote, renter);
    }

    function test_accept_RevertWhen_ItIsForAnotherRenter() public {
        IOrders.Quote memory quote = aQuote();
        quote.renter = renter;
        refuse(abi.encodeWithSelector(Errors.Orders_NotForCaller.selector, other, renter));
        accept(quote, other);
    }

    function test_accept_RevertWhen_AnotherHoldsIt() public {
        IOrders.Quote memory quote = aQuote();
        bytes32 hash = orders.hashQuote(quote);
        hold(quote, renter);
        skip(15 minutes - 1);
        refuse(abi.encodeWithSelector(Errors.Orders_HeldByOther.selector, hash, renter, time + 1));
        accept(quote, other);
    }

    function test_accept_RevertWhen_ItsHoldHasRunOut() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, orders.hashQuote(quote)));
        accept(quote, renter);
    }

    function test_accept_RevertWhen_ItWasAcceptedBefore() public {
        IOrders.Quote memory quote = aQuote();
        accept(quote, renter);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, orders.hashQuote(quote)));
        accept(quote, other);
    }

    function test_accept_RevertWhen_TheNonceIsCancelled() public {
        cancel(key, 9);
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, key, 9));
        accept(aQuote(), renter);
    }

    function test_accept_RevertWhen_TheTierIsLower() public {
        hold(aQuote(), renter);
        setTier(1);
        refuse(abi.encodeWithSelector(Errors.Orders_TierTooLow.selector, MACHINE, 1, 2));
        accept(aQuote(), renter);
    }

    function test_accept_WhenItIsTheLastSecond() public {
        IOrders.Quote memory quote = aQuote();
        skip(30 minutes);
        vm.assertEq(accept(quote, renter), 1, "lease");
    }

    function test_accept_WhenNobodyHoldsIt() public {
        IOrders.Quote memory quote = aQuote();
        quote.renter = renter;
        bytes32 hash = orders.hashQuote(quote);
        bytes memory signature = sign("owner", hash);
        ILeases.Order memory order = anOrder();
        order.offerHash = keccak256("not looked at");
        expectLog(address(orders));
        emit IOrders.Executed(hash, 1, renter);
        vm.prank(renter);
        orders.accept(quote, signature, order);
        assertOpened(0);
        vm.assertTrue(orders.isUsed(owner, 9), "nonce");
        vm.assertEq(token.balanceOf(renter), FUNDS - escrowAt(QUOTED), "balance");
    }

    function test_accept_WhenTheCallerHoldsIt() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes - 1);
        accept(quote, renter);
        assertOpened(time + 1);
        vm.assertEq(token.balanceOf(renter), FUNDS - escrowAt(QUOTED), "the bond is back");
        vm.assertEq(token.balanceOf(address(orders)), 0, "nothing stays");
        (, uint256 until) = orders.holdOf(orders.hashQuote(quote));
        vm.assertEq(until, 0, "until");
    }

    function test_accept_WhenAHeldOneIsCancelled() public {
        hold(aQuote(), renter);
        cancel(key, 9);
        accept(aQuote(), renter);
        assertOpened(time + 15 minutes);
    }

    function test_accept_WhenAHeldOneHasAnotherOwnerAndKey() public {
        hold(aQuote(), renter);
        machines.setOwnerAndKey(MACHINE, other, stranger);
        accept(aQuote(), renter);
        assertOpened(time + 15 minutes);
    }

    function assertOpened(uint256 heldUntil) private view {
        FakeOrdersLeases.Call memory call = leases.call(1);
        vm.assertEq(call.renter, renter, "renter");
        vm.assertEq(call.payer, renter, "payer");
        vm.assertEq(call.usdPerSlotHour, QUOTED, "price");
        vm.assertEq(call.heldUntil, heldUntil, "held until");
        vm.assertEq(call.order.duration, DURATION, "duration");
    }

    function refuseOrder(ILeases.Order memory order) private {
        refuse(abi.encodeWithSelector(Errors.Orders_NotAsQuoted.selector, MACHINE, SLOTS, DURATION));
        acceptWith(aQuote(), order, renter);
    }

    function setTier(uint8 tier) private {
        IMachines.Machine memory machine = aMachine();
        machine.offer.tier = tier;
        machines.setMachine(MACHINE, machine);
    }
}
