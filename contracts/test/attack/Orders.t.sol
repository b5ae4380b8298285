// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Orders} from "../../src/Orders.sol";
import {FakeOrdersLeases} from "../fake/FakeOrdersLeases.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrdersAttack
/// @notice Who would use a signature twice, elsewhere, late, or for something else than was signed.
contract OrdersAttack is OrdersWorld {
    function test_attack_replay_aSignedOrderOpensOneLease() public {
        execute(aSigned());
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, renter, 7));
        execute(aSigned());
        vm.assertEq(leases.count(), 1, "leases");
    }

    function test_attack_replay_aMalleableSignatureIsNoSecondOne() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes32 hash = orders.hashOrder(signed);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKeyOf("renter"), hash);
        uint256 curveOrder = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory mirrored = abi.encodePacked(r, curveOrder - uint256(s), v == 27 ? uint8(28) : uint8(27));
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, renter));
        orders.execute(signed, mirrored, noPermit());
    }

    function test_attack_replay_aSignatureIsOfOneChain() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        vm.chainId(block.chainid + 1);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, orders.hashOrder(signed), renter)
        );
        orders.execute(signed, signature, noPermit());
    }

    function test_attack_replay_aSignatureIsForOneContract() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        Orders second = new Orders(token, IMachines(address(machines)), ILeases(address(leases)));
        bytes32 hash = second.hashOrder(signed);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, renter));
        second.execute(signed, signature, noPermit());
    }

    function test_attack_replay_aQuoteSignedByOwnerAndKeyIsOneQuote() public {
        IOrders.Quote memory quote = aQuote();
        accept(quote, renter);
        bytes32 hash = orders.hashQuote(quote);
        bytes memory signature = sign("owner", hash);
        ILeases.Order memory order = anOrder();
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, hash));
        vm.prank(other);
        orders.accept(quote, signature, order);
    }

    function test_attack_frontRunning_aPermitTakenFromTheMempoolStopsNoOrder() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        // The allowance is there already, as after a stolen permit; what comes with the order is spent or rubbish.
        IOrders.Permit memory permit = IOrders.Permit(1, time, 27, bytes32(uint256(1)), bytes32(uint256(1)));
        vm.prank(stranger);
        vm.assertEq(orders.execute(signed, signature, permit), 1, "lease");
    }

    function test_attack_frontRunning_anOrderTakenFromTheMempoolIsTheRentersAllTheSame() public {
        execute(aSigned());
        vm.assertEq(leases.call(1).renter, renter, "renter");
        vm.assertEq(leases.call(1).payer, renter, "payer");
    }

    function test_attack_selfReferral_anExecutorCannotNameHimselfAsOperator() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        signed.order.operatorId = 99;
        signed.order.feeBps = 2000;
        bytes32 hash = orders.hashOrder(signed);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, renter));
        vm.prank(stranger);
        orders.execute(signed, signature, noPermit());
    }

    function test_attack_selfReferral_aFillerCannotNameHimselfAsOperator() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        bytes memory signature = sign("renter", orders.hashStanding(standing));
        standing.operatorId = 99;
        bytes32 hash = orders.hashStanding(standing);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, renter));
        vm.prank(stranger);
        orders.fill(standing, signature, MACHINE, SLOTS);
    }

    function test_attack_overfill_aStandingOrderOpensNoMoreThanItsCount() public {
        deposit(FUNDS);
        fill(aStanding(), 0x3);
        fill(aStanding(), 0xC);
        refuse(abi.encodeWithSelector(Errors.Orders_FilledUp.selector, orders.hashStanding(aStanding()), 2));
        fill(aStanding(), 0x30);
        vm.assertEq(orders.depositOf(renter), FUNDS - 2 * escrowAt(PRICE), "deposit");
    }

    function test_attack_theft_aStandingOrderSpendsNoDepositButItsRenters() public {
        vm.prank(other);
        orders.deposit(FUNDS);
        refuse(abi.encodeWithSelector(Errors.Orders_DepositTooSmall.selector, renter, escrowAt(PRICE), 0));
        fill(aStanding(), SLOTS);
    }

    function test_attack_theft_aStandingOrderSpendsNoBond() public {
        IOrders.Quote memory quote = aQuote();
        quote.slots = 0xF0;
        quote.bond = uint96(escrowAt(PRICE));
        hold(quote, other);
        refuse(abi.encodeWithSelector(Errors.Orders_DepositTooSmall.selector, renter, escrowAt(PRICE), 0));
        fill(aStanding(), SLOTS);
    }

    function test_attack_baitAndSwitch_aStandingOrderOnACheaperClass() public {
        deposit(FUNDS);
        IMachines.Machine memory machine = aMachine();
        machine.class.computeBand -= 1;
        machine.class.memoryBand += 10;
        machines.setMachine(MACHINE, machine);
        refuse(abi.encodeWithSelector(Errors.Orders_ClassTooLow.selector, MACHINE, machine.class, aStanding().least));
        fill(aStanding(), SLOTS);
    }

    function test_attack_baitAndSwitch_aListPriceRaisedBeforeTheFill() public {
        deposit(FUNDS);
        setPrice(PRICE + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_PriceTooHigh.selector, MACHINE, PRICE + 1, PRICE));
        fill(aStanding(), SLOTS);
    }

    function test_attack_baitAndSwitch_aStandingOrdersRateIsBoundedInTokensToo() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.maxRate = PRICE * 2 - 1;
        refuse(abi.encodeWithSelector(FakeOrdersLeases.RateTooHigh.selector, PRICE * 2));
        fill(standing, SLOTS);
    }

    function test_attack_baitAndSwitch_aListPriceRaisedAfterTheQuote() public {
        setPrice(PRICE * 10);
        accept(aQuote(), renter);
        vm.assertEq(leases.call(1).escrow, escrowAt(QUOTED), "escrow");
    }

    function test_attack_baitAndSwitch_aWallLoweredAfterTheQuote() public {
        IMachines.Machine memory machine = aMachine();
        machine.offer.tier = 0;
        hold(aQuote(), renter);
        machines.setMachine(MACHINE, machine);
        refuse(abi.encodeWithSelector(Errors.Orders_TierTooLow.selector, MACHINE, 0, 2));
        accept(aQuote(), renter);
        lapse(aQuote());
        vm.assertEq(token.balanceOf(renter), FUNDS, "the bond is back");
    }

    function test_attack_theft_anOwnerCannotPauseHisWayToABond() public {
        hold(aQuote(), renter);
        IMachines.Machine memory machine = aMachine();
        machine.state = IMachines.State.Paused;
        machines.setMachine(MACHINE, machine);
        lapse(aQuote());
        vm.assertEq(token.balanceOf(owner), 0, "owner");
        vm.assertEq(token.balanceOf(renter), FUNDS, "holder");
    }

    function test_attack_staleAuthority_aQuoteByAnExOwner() public {
        IOrders.Quote memory quote = aQuote();
        bytes32 hash = orders.hashQuote(quote);
        bytes memory signature = sign("owner", hash);
        machines.setOwnerAndKey(MACHINE, other, account("new key"));
        ILeases.Order memory order = anOrder();
        bytes memory reason = abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, other);
        vm.expectRevert(reason);
        vm.prank(renter);
        orders.accept(quote, signature, order);
        vm.expectRevert(reason);
        vm.prank(renter);
        orders.hold(quote, signature);
    }

    function test_attack_staleAuthority_aQuoteByAnOldKey() public {
        machines.setOwnerAndKey(MACHINE, owner, account("new key"));
        refuse(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, orders.hashQuote(aQuote()), owner));
        accept(aQuote(), renter);
    }

    function test_attack_staleAuthority_nobodysMachineHasNoSigner() public {
        IOrders.Quote memory quote = aQuote();
        quote.machineId = 2;
        bytes32 hash = orders.hashQuote(quote);
        // `ecrecover` of rubbish is the zero address, as is the owner of a machine that never was.
        bytes memory signature = new bytes(65);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, address(0)));
        vm.prank(renter);
        orders.hold(quote, signature);
    }

    function test_attack_theft_aQuoteHeldByAIsNotAcceptedByB() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        refuse(
            abi.encodeWithSelector(
                Errors.Orders_HeldByOther.selector, orders.hashQuote(quote), renter, time + 15 minutes
            )
        );
        accept(quote, other);
    }

    function test_attack_griefing_aQuoteIsNotHeldAgainAndAgain() public {
        IOrders.Quote memory quote = aQuote();
        hold(quote, renter);
        skip(15 minutes);
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, orders.hashQuote(quote)));
        hold(quote, other);
        lapse(quote);
        vm.assertEq(token.balanceOf(owner), BOND, "the griefer's bond");
        refuse(abi.encodeWithSelector(Errors.Orders_QuoteUsed.selector, orders.hashQuote(quote)));
        hold(quote, other);
    }

    function test_attack_doubleSpend_aBondIsPaidOutOnce() public {
        IOrders.Quote memory quote = aQuote();
        vm.prank(other);
        orders.deposit(FUNDS);
        hold(quote, renter);
        accept(quote, renter);
        skip(1 days);
        refuse(abi.encodeWithSelector(Errors.Orders_NotHeld.selector, orders.hashQuote(quote)));
        lapse(quote);
        vm.assertEq(token.balanceOf(address(orders)), FUNDS, "another's deposit");
    }

    function setPrice(uint32 price) private {
        IMachines.Machine memory machine = aMachine();
        machine.offer.usdPerSlotHour = price;
        machines.setMachine(MACHINE, machine);
    }
}
