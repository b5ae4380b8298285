// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeOrdersLeases} from "../fake/FakeOrdersLeases.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrdersStandingTest
/// @notice test/tree/Orders.tree, the leaves of standing orders.
contract OrdersStandingTest is OrdersWorld {
    function test_fill_RevertWhen_TheDeadlineIsOver() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        skip(1 days + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_Expired.selector, standing.deadline));
        fill(standing, SLOTS);
    }

    function test_fill_RevertWhen_TheNonceIsCancelled() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.count = 3;
        fill(standing, SLOTS);
        cancel(renter, 8);
        // Not its last lease, which would look at the nonce in any case.
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, renter, 8));
        fill(standing, 0xC);
    }

    function test_fill_RevertWhen_ItIsFilledUp() public {
        deposit(FUNDS);
        fill(aStanding(), SLOTS);
        fill(aStanding(), 0xC);
        refuse(abi.encodeWithSelector(Errors.Orders_FilledUp.selector, orders.hashStanding(aStanding()), 2));
        fill(aStanding(), 0x30);
    }

    function test_fill_RevertWhen_SomebodyElseSigned() public {
        IOrders.StandingOrder memory standing = aStanding();
        standing.renter = other;
        refuse(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, orders.hashStanding(standing), other));
        fill(standing, SLOTS);
    }

    function test_fill_RevertWhen_TheSlotsAreMoreOrFewer() public {
        deposit(FUNDS);
        refuse(abi.encodeWithSelector(Errors.Orders_SlotCountWrong.selector, 3, 2));
        fill(aStanding(), 0x7);
        refuse(abi.encodeWithSelector(Errors.Orders_SlotCountWrong.selector, 1, 2));
        fill(aStanding(), 0x80);
    }

    function test_fill_RevertWhen_TheClassHasAnotherKind() public {
        IMachines.Machine memory machine = aMachine();
        machine.class.kind = 0;
        refuseClass(machine);
        // No kind is the better one.
        machine.class.kind = 2;
        refuseClass(machine);
    }

    function test_fill_RevertWhen_TheClassHasLessCompute() public {
        IMachines.Machine memory machine = aMachine();
        machine.class.computeBand = 19;
        refuseClass(machine);
    }

    function test_fill_RevertWhen_TheClassHasLessMemory() public {
        IMachines.Machine memory machine = aMachine();
        machine.class.memoryBand = 69;
        refuseClass(machine);
    }

    function test_fill_RevertWhen_TheClassHasFewerSlots() public {
        IMachines.Machine memory machine = aMachine();
        machine.class.slots = 7;
        refuseClass(machine);
    }

    function test_fill_RevertWhen_TheTierIsLower() public {
        deposit(FUNDS);
        IMachines.Machine memory machine = aMachine();
        machine.offer.tier = 1;
        machines.setMachine(MACHINE, machine);
        refuse(abi.encodeWithSelector(Errors.Orders_TierTooLow.selector, MACHINE, 1, 2));
        fill(aStanding(), SLOTS);
    }

    function test_fill_RevertWhen_ThePriceIsHigher() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.maxUsdPerSlotHour = PRICE - 1;
        refuse(abi.encodeWithSelector(Errors.Orders_PriceTooHigh.selector, MACHINE, PRICE, PRICE - 1));
        fill(standing, SLOTS);
    }

    function test_fill_RevertWhen_ThePreemptiblePriceIsHigher() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.preemptible = true;
        standing.maxUsdPerSlotHour = PREEMPTIBLE_PRICE - 1;
        refuse(
            abi.encodeWithSelector(
                Errors.Orders_PriceTooHigh.selector, MACHINE, PREEMPTIBLE_PRICE, PREEMPTIBLE_PRICE - 1
            )
        );
        fill(standing, SLOTS);
    }

    function test_fill_RevertWhen_TheDepositIsTooSmall() public {
        deposit(escrowAt(PRICE) - 1);
        vm.prank(other);
        orders.deposit(FUNDS);
        refuse(
            abi.encodeWithSelector(Errors.Orders_DepositTooSmall.selector, renter, escrowAt(PRICE), escrowAt(PRICE) - 1)
        );
        fill(aStanding(), SLOTS);
    }

    function test_fill_WhenItIsTheLastSecond() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        skip(1 days);
        vm.assertEq(fill(standing, SLOTS), 1, "lease");
    }

    function test_fill_WhenTheMachineFits() public {
        deposit(escrowAt(PRICE) + 5);
        vm.prank(other);
        orders.deposit(1);
        IOrders.StandingOrder memory standing = aStanding();
        bytes32 hash = orders.hashStanding(standing);
        bytes memory signature = sign("renter", hash);
        expectLog(address(orders));
        emit IOrders.Spent(renter, 1, escrowAt(PRICE));
        expectLog(address(orders));
        emit IOrders.Executed(hash, 1, stranger);
        vm.prank(stranger);
        orders.fill(standing, signature, MACHINE, SLOTS);

        FakeOrdersLeases.Call memory call = leases.call(1);
        vm.assertEq(call.renter, renter, "renter");
        vm.assertEq(call.payer, address(orders), "payer");
        vm.assertEq(call.usdPerSlotHour, LIST, "price");
        ILeases.Order memory expected = anOrder();
        expected.operatorId = 4;
        expected.feeBps = 500;
        vm.assertEq(keccak256(abi.encode(call.order)), keccak256(abi.encode(expected)), "order");
        vm.assertEq(orders.depositOf(renter), 5, "deposit");
        vm.assertEq(orders.depositOf(other), 1, "another's deposit");
        vm.assertEq(token.balanceOf(address(orders)), 6, "balance");
        vm.assertEq(orders.filled(hash), 1, "filled");
        vm.assertTrue(!orders.isUsed(renter, 8), "nonce");
    }

    function test_fill_WhenTheMachineIsBetterInAll() public {
        deposit(FUNDS);
        IMachines.Machine memory machine = aMachine();
        machine.class = IMachines.Class({kind: 1, computeBand: 21, memoryBand: 71, slots: 9});
        machine.offer.tier = 4;
        machine.offer.usdPerSlotHour = PRICE - 1;
        machines.setMachine(MACHINE, machine);
        fill(aStanding(), SLOTS);
        vm.assertEq(leases.call(1).escrow, escrowAt(PRICE - 1), "escrow");
    }

    function test_fill_WhenItIsPreemptible() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.preemptible = true;
        standing.maxUsdPerSlotHour = PREEMPTIBLE_PRICE;
        fill(standing, SLOTS);
        vm.assertTrue(leases.call(1).order.preemptible, "preemptible");
        vm.assertEq(orders.depositOf(renter), FUNDS - escrowAt(PREEMPTIBLE_PRICE), "deposit");
    }

    function test_fill_WhenItIsTheLastOfItsLeases() public {
        deposit(FUNDS);
        IOrders.StandingOrder memory standing = aStanding();
        standing.count = 1;
        fill(standing, SLOTS);
        vm.assertTrue(orders.isUsed(renter, 8), "nonce");
    }

    function refuseClass(IMachines.Machine memory machine) private {
        deposit(FUNDS / 2);
        machines.setMachine(MACHINE, machine);
        refuse(abi.encodeWithSelector(Errors.Orders_ClassTooLow.selector, MACHINE, machine.class, aStanding().least));
        fill(aStanding(), SLOTS);
    }
}
