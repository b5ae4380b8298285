// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {OrdersWorld} from "../OrdersWorld.sol";

/// @title OrderNoncesFuzz
/// @notice Whatever the nonces and their order: each is used once, and marks no other, of no other account.
contract OrderNoncesFuzz is OrdersWorld {
    function testFuzz_cancel_marksItsOwnBitOnly(uint256[8] memory nonces, uint256 probe) public {
        bool among = false;
        for (uint256 i = 0; i < 8; ++i) {
            cancel(renter, nonces[i]);
            among = among || nonces[i] == probe;
        }
        for (uint256 i = 0; i < 8; ++i) {
            vm.assertTrue(orders.isUsed(renter, nonces[i]), "cancelled");
            vm.assertTrue(!orders.isUsed(other, nonces[i]), "another account");
        }
        vm.assertTrue(orders.isUsed(renter, probe) == among, "another nonce");
    }

    function testFuzz_cancel_marksNoNeighbour(uint256 nonce, uint8 distance) public {
        vm.assume(distance != 0);
        cancel(renter, nonce);
        unchecked {
            vm.assertTrue(!orders.isUsed(renter, nonce + distance), "above");
            vm.assertTrue(!orders.isUsed(renter, nonce - distance), "below");
            vm.assertTrue(!orders.isUsed(renter, nonce ^ (1 << distance)), "in another word");
        }
    }

    function testFuzz_execute_usesANonceOnce(uint256 nonce, uint256 next) public {
        vm.assume(nonce != next);
        IOrders.SignedOrder memory signed = aSigned();
        signed.order.duration = 60;
        signed.nonce = nonce;
        execute(signed);
        refuse(abi.encodeWithSelector(Errors.Orders_NonceUsed.selector, renter, nonce));
        execute(signed);
        skip(60);
        signed.nonce = next;
        execute(signed);
        vm.assertEq(leases.count(), 2, "leases");
    }
}
