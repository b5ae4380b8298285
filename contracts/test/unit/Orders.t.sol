// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeOrdersLeases} from "../fake/FakeOrdersLeases.sol";
import {FakeWallet} from "../fake/FakeWallet.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrdersTest
/// @notice test/tree/Orders.tree, leaf by leaf.
contract OrdersTest is OrdersWorld {
    function test_execute_RevertWhen_TheDeadlineIsOver() public {
        IOrders.SignedOrder memory signed = aSigned();
        skip(1 days + 1);
        refuse(abi.encodeWithSelector(Errors.Orders_Expired.selector, signed.deadline));
        execute(signed);
    }

    function test_execute_RevertWhen_TheNonceIsUsed() public {
        execute(aSigned());
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, renter, 7));
        execute(aSigned());
    }

    function test_execute_RevertWhen_TheNonceIsCancelled() public {
        cancel(renter, 7);
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, renter, 7));
        execute(aSigned());
    }

    function test_execute_RevertWhen_SomebodyElseSigned() public {
        IOrders.SignedOrder memory signed = aSigned();
        signed.renter = other;
        refuse(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, orders.hashOrder(signed), other));
        execute(signed);
    }

    function test_execute_WhenItIsTheLastSecond() public {
        IOrders.SignedOrder memory signed = aSigned();
        skip(1 days);
        vm.assertEq(execute(signed), 1, "lease");
    }

    function test_execute_WhenTheRenterSigned() public {
        IOrders.SignedOrder memory signed = aSigned();
        bytes32 hash = orders.hashOrder(signed);
        bytes memory signature = sign("renter", hash);
        expectLog(address(orders));
        emit IOrders.Executed(hash, 1, stranger);
        vm.prank(stranger);
        orders.execute(signed, signature, noPermit());

        FakeOrdersLeases.Call memory call = leases.call(1);
        vm.assertEq(call.renter, renter, "renter");
        vm.assertEq(call.payer, renter, "payer");
        vm.assertEq(call.usdPerSlotHour, LIST, "price");
        vm.assertEq(call.heldUntil, 0, "held until");
        vm.assertEq(keccak256(abi.encode(call.order)), keccak256(abi.encode(signed.order)), "order");
        vm.assertEq(token.balanceOf(renter), FUNDS - escrowAt(PRICE), "escrow");
        vm.assertTrue(orders.isUsed(renter, 7), "nonce");
    }

    function test_execute_WhenAContractWalletSigned() public {
        FakeWallet wallet = new FakeWallet();
        token.mint(address(wallet), FUNDS);
        wallet.approve(token, address(leases), FUNDS);
        IOrders.SignedOrder memory signed = aSigned();
        signed.renter = address(wallet);
        bytes32 hash = orders.hashOrder(signed);
        refuse(abi.encodeWithSelector(Errors.Orders_SignatureInvalid.selector, hash, address(wallet)));
        execute(signed);
        wallet.agree(hash);
        execute(signed);
        vm.assertEq(leases.call(1).renter, address(wallet), "renter");
    }

    function test_execute_WhenAPermitIsGiven() public {
        vm.prank(renter);
        token.approve(address(leases), 0);
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        orders.execute(signed, signature, permitOf(escrowAt(PRICE)));
        vm.assertEq(leases.call(1).escrow, escrowAt(PRICE), "escrow");
        vm.assertEq(token.allowance(renter, address(leases)), 0, "allowance");
    }

    function test_execute_WhenThePermitIsUsedAlready() public {
        vm.prank(renter);
        token.approve(address(leases), 0);
        IOrders.SignedOrder memory signed = aSigned();
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        IOrders.Permit memory permit = permitOf(escrowAt(PRICE));
        token.permit(renter, address(leases), permit.value, permit.deadline, permit.v, permit.r, permit.s);
        orders.execute(signed, signature, permit);
        vm.assertEq(leases.call(1).escrow, escrowAt(PRICE), "escrow");
    }

    function test_cancel_WhenAnAccountCancels() public {
        expectLog(address(orders));
        emit IOrders.Cancelled(renter, 700);
        cancel(renter, 700);
        vm.assertTrue(orders.isUsed(renter, 700), "cancelled");
        vm.assertTrue(!orders.isUsed(renter, 699) && !orders.isUsed(renter, 701), "its neighbours");
        vm.assertTrue(!orders.isUsed(other, 700), "another's");
        cancel(renter, 700);
    }

    function test_deposit_WhenAnAccountDeposits() public {
        expectLog(address(orders));
        emit IOrders.Deposited(renter, 40);
        deposit(40);
        deposit(2);
        vm.assertEq(orders.depositOf(renter), 42, "deposit");
        vm.assertEq(token.balanceOf(address(orders)), 42, "balance");
    }

    function test_withdraw_RevertWhen_ItIsMoreThanTheDeposit() public {
        deposit(40);
        vm.prank(other);
        orders.deposit(40);
        vm.expectRevert(abi.encodeWithSelector(Errors.Orders_DepositTooSmall.selector, renter, 41, 40));
        vm.prank(renter);
        orders.withdraw(41);
    }

    function test_withdraw_WhenTheAccountWithdraws() public {
        deposit(40);
        expectLog(address(orders));
        emit IOrders.Withdrawn(renter, 39);
        vm.prank(renter);
        orders.withdraw(39);
        vm.assertEq(orders.depositOf(renter), 1, "deposit");
        vm.assertEq(token.balanceOf(renter), FUNDS - 1, "balance");
    }

    // The structs below were hashed by viem 2 (`hashStruct`), so that both sides of a signature agree.

    function test_hashOrder_WhenAClientHashesTheSame() public view {
        ILeases.Order memory order = ILeases.Order({
            machineId: 1,
            slots: 2,
            duration: 3,
            preemptible: true,
            operatorId: 4,
            feeBps: 5,
            offerHash: 0xc1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1,
            maxRate: 6,
            workloadDigest: 0xd2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2
        });
        bytes32 hash = orders.hashOrder(IOrders.SignedOrder(order, address(0xb0), 7, 8));
        vm.assertEq(
            hash, digestOf(0xde466ff174e7f7ab0927c016e1675106c54c40abd92f6e03ad1d6cc17b1491e4), "a signed order"
        );
    }

    function test_hashStanding_WhenAClientHashesTheSame() public view {
        IOrders.StandingOrder memory standing = IOrders.StandingOrder({
            renter: address(0xb0),
            least: IMachines.Class({kind: 1, computeBand: 2, memoryBand: 3, slots: 4}),
            leastTier: 5,
            preemptible: true,
            maxUsdPerSlotHour: 6,
            maxRate: 7,
            slotCount: 8,
            duration: 9,
            count: 10,
            operatorId: 11,
            feeBps: 12,
            workloadDigest: 0xd2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2,
            nonce: 13,
            deadline: 14
        });
        vm.assertEq(
            orders.hashStanding(standing),
            digestOf(0x1a5f94aa740ebd575afde0369aa5913417a0c27f97b1341bda33e4fdf8cdc489),
            "a standing order"
        );
    }

    function test_hashQuote_WhenAClientHashesTheSame() public view {
        bytes32 hash = orders.hashQuote(IOrders.Quote(1, 2, 3, 4, 5, address(0xb0), 6, 7, 8));
        vm.assertEq(hash, digestOf(0x8e69c4589e2e42e230b0eecad00b9404557594a1acc2345664b5d80117c9362a), "a quote");
    }

    function permitOf(uint256 value) private view returns (IOrders.Permit memory) {
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                renter,
                address(leases),
                value,
                token.nonces(renter),
                time
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(privateKeyOf("renter"), keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message)));
        return IOrders.Permit(value, time, v, r, s);
    }

    function digestOf(bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Hotaru Orders"),
                keccak256("1"),
                block.chainid,
                address(orders)
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, structHash));
    }
}
