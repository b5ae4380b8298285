// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeOrdersMachines} from "../fake/FakeOrdersMachines.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrdersQuotesTest
/// @notice test/tree/OrdersQuotes.tree, the leaves of holding.
contract OrdersQuotesTest is OrdersWorld {
    function test_hold_RevertWhen_TheDeadlineIsNow() public {
        IOrders.Quote memory quote = aQuote();
        skip(30 minutes);
        refuse(abi.encodeWithSelector(Errors.Orders_Expired.selector, quote.deadline));
        hold(quote, renter);
    }

    function test_hold_RevertWhen_TheDeadlineIsTooFar() public {
        IOrders.Quote memory quote = aQuote();
        quote.deadline = uint40(time + 1 hours + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteTooLong.selector, quote.deadline, time + 1 hours));
        hold(quote, renter);
    }

    function test_hold_RevertWhen_ItIsForAnotherRenter() public {
        IOrders.Quote memory quote = aQuote();
        quote.renter = renter;
        refuse(abi.encodeWithSelector(Errors.Orders_NotForCaller.selector, other, renter));
        hold(quote, other);
    }

    function test_hold_RevertWhen_AStrangerSigned() public {
        IOrders.Quote memory quote = aQuote();
        bytes memory signature = sign("stranger", orders.hashQuote(quote));
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, orders.hashQuote(quote), owner));
        vm.prank(renter);
        orders.hold(quote, signature);
    }

    function test_hold_RevertWhen_TheNonceIsCancelled() public {
        cancel(key, 9);
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, key, 9));
        hold(aQuote(), renter);
    }

    function test_hold_RevertWhen_ItWasHeldBefore() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, orders.hashQuote(quote)));
        hold(quote, renter);
    }

    function test_hold_RevertWhen_TheTierIsLower() public {
        setTier(1);
        refuse(abi.encodeWithSelector(Errors.Orders_TierTooLow.selector, MACHINE, 1, 2));
        hold(aQuote(), renter);
    }

    function test_hold_RevertWhen_TheMachineTakesNoLeases() public {
        IMachines.Machine memory machine = aMachine();
        machine.state = IMachines.State.Paused;
        machines.setMachine(MACHINE, machine);
        refuse(abi.encodeWithSelector(FakeOrdersMachines.TakesNoLease.selector));
        hold(aQuote(), renter);
    }

    function test_hold_WhenTheKeySigned() public {
        IOrders.Quote memory quote = aQuote();
        bytes32 hash = orders.hashQuote(quote);
        bytes memory signature = sign("key", hash);
        expectLog(address(orders));
        emit IOrders.QuoteHeld(hash, MACHINE, renter, time + 15 minutes);
        vm.prank(renter);
        orders.hold(quote, signature);
        assertHeld(hash, time + 15 minutes);
        vm.assertTrue(orders.isUsed(key, 9), "nonce");
        vm.assertEq(token.balanceOf(address(orders)), BOND, "bond");
        skip(15 minutes - 1);
        vm.assertEq(leases.busySlots(MACHINE, 0xFF), SLOTS, "busy");
        skip(1);
        vm.assertEq(leases.busySlots(MACHINE, 0xFF), 0, "free");
    }

    function test_hold_WhenTheOwnerSigned() public {
        IOrders.Quote memory quote = aQuote();
        bytes memory signature = sign("owner", orders.hashQuote(quote));
        vm.prank(renter);
        orders.hold(quote, signature);
        vm.assertTrue(orders.isUsed(owner, 9) && !orders.isUsed(key, 9), "nonce");
    }

    function test_hold_WhenTheDeadlineIsAsFarAsItMay() public {
        IOrders.Quote memory quote = aQuote();
        quote.deadline = uint40(time + 1 hours);
        hold(quote, renter);
        assertHeld(orders.hashQuote(quote), time + 15 minutes);
    }

    function test_hold_WhenTheDeadlineIsNear() public {
        IOrders.Quote memory quote = aQuote();
        quote.deadline = uint40(time + 1);
        hold(quote, renter);
        assertHeld(orders.hashQuote(quote), time + 1);
    }

    function test_lapse_RevertWhen_NobodyHeldIt() public {
        refuse(abi.encodeWithSelector(Errors.Orders_NotHeld.selector, orders.hashQuote(aQuote())));
        lapse(aQuote());
    }

    function test_lapse_RevertWhen_ItIsUsed() public {
        hold(aQuote(), renter);
        accept(aQuote(), renter);
        refuse(abi.encodeWithSelector(Errors.Orders_NotHeld.selector, orders.hashQuote(aQuote())));
        lapse(aQuote());
    }

    function test_lapse_RevertWhen_ItLapsedBefore() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes);
        lapse(quote);
        refuse(abi.encodeWithSelector(Errors.Orders_NotHeld.selector, orders.hashQuote(quote)));
        lapse(quote);
    }

    function test_lapse_RevertWhen_ItIsStillHeld() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes - 1);
        refuse(abi.encodeWithSelector(Errors.Orders_StillHeld.selector, orders.hashQuote(quote), time + 1));
        lapse(quote);
    }

    function test_lapse_WhenItRanOut() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes);
        // The slots are free again and another's: they must stay his.
        vm.prank(other);
        token.approve(address(leases), FUNDS);
        leases.openFor(other, other, anOrder(), LIST, 0);
        expectLog(address(orders));
        emit IOrders.QuoteLapsed(orders.hashQuote(quote), MACHINE, owner, BOND);
        lapse(quote);
        vm.assertEq(token.balanceOf(owner), BOND, "owner");
        vm.assertEq(token.balanceOf(renter), FUNDS - BOND, "holder");
        vm.assertEq(leases.busySlots(MACHINE, 0xFF), SLOTS, "slots");
    }

    function test_lapse_WhenTheMachineTakesNoLeases() public {
        hold(aQuote(), renter);
        IMachines.Machine memory machine = aMachine();
        machine.state = IMachines.State.Paused;
        machines.setMachine(MACHINE, machine);
        assertBondBack();
    }

    function test_lapse_WhenTheOfferIsAnother() public {
        hold(aQuote(), renter);
        IMachines.Machine memory machine = aMachine();
        machine.offer.minSeconds = 2 hours;
        machines.setMachine(MACHINE, machine);
        assertBondBack();
    }

    function test_lapse_WhenAMaintenanceCameInTheWay() public {
        hold(aQuote(), renter);
        machines.setOpenUntil(uint40(time + 1 days));
        assertBondBack();
    }

    function test_lapse_WhenOpeningIsPaused() public {
        hold(aQuote(), renter);
        leases.setPausedUntil(time + 1);
        assertBondBack();
    }

    function test_lapse_RevertWhen_APauseOfOpeningIsOver() public {
        hold(aQuote(), renter);
        leases.setPausedUntil(time);
        refuse(abi.encodeWithSelector(Errors.Orders_StillHeld.selector, orders.hashQuote(aQuote()), time + 15 minutes));
        lapse(aQuote());
    }

    function assertHeld(bytes32 hash, uint256 expected) private view {
        (address holder, uint256 until) = orders.holdOf(hash);
        vm.assertEq(holder, renter, "holder");
        vm.assertEq(until, expected, "until");
    }

    function assertBondBack() private {
        expectLog(address(orders));
        emit IOrders.QuoteLapsed(orders.hashQuote(aQuote()), MACHINE, renter, BOND);
        lapse(aQuote());
        vm.assertEq(token.balanceOf(renter), FUNDS, "bond");
    }

    function setTier(uint8 tier) private {
        IMachines.Machine memory machine = aMachine();
        machine.offer.tier = tier;
        machines.setMachine(MACHINE, machine);
    }
}
