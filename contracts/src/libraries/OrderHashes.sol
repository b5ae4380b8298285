// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../interfaces/ILeases.sol";
import {IMachines} from "../interfaces/IMachines.sol";
import {IOrders} from "../interfaces/IOrders.sol";

/// @title OrderHashes
/// @notice EIP-712 `hashStruct` of what is signed for {IOrders}. A struct of values only is encoded as Solidity encodes it,
/// with its type in front; a struct in a struct stands there as its hash.
library OrderHashes {
    bytes32 internal constant ORDER_TYPE = keccak256(
        "Order(uint256 machineId,uint64 slots,uint32 duration,bool preemptible,uint24 operatorId,uint16 feeBps,"
        "bytes32 offerHash,uint128 maxRate,bytes32 workloadDigest)"
    );
    bytes32 internal constant SIGNED_ORDER_TYPE = keccak256(
        "SignedOrder(Order order,address renter,uint256 nonce,uint40 deadline)"
        "Order(uint256 machineId,uint64 slots,uint32 duration,bool preemptible,uint24 operatorId,uint16 feeBps,"
        "bytes32 offerHash,uint128 maxRate,bytes32 workloadDigest)"
    );
    bytes32 internal constant CLASS_TYPE =
        keccak256("Class(uint8 kind,uint16 computeBand,uint16 memoryBand,uint8 slots)");
    bytes32 internal constant STANDING_ORDER_TYPE = keccak256(
        "StandingOrder(address renter,Class least,uint8 leastTier,bool preemptible,uint32 maxUsdPerSlotHour,"
        "uint128 maxRate,uint8 slotCount,uint32 duration,uint16 count,uint24 operatorId,uint16 feeBps,"
        "bytes32 workloadDigest,uint256 nonce,uint40 deadline)"
        "Class(uint8 kind,uint16 computeBand,uint16 memoryBand,uint8 slots)"
    );
    bytes32 internal constant QUOTE_TYPE = keccak256(
        "Quote(uint256 machineId,uint64 slots,uint8 tier,uint32 usdPerSlotHour,uint32 maxSeconds,address renter,"
        "uint96 bond,uint256 nonce,uint40 deadline)"
    );

    function hash(IOrders.SignedOrder calldata signed) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(SIGNED_ORDER_TYPE, _hash(signed.order), signed.renter, signed.nonce, signed.deadline));
    }

    function hash(IOrders.StandingOrder calldata standing) internal pure returns (bytes32) {
        // In two halves, because the stack has no room for all fields.
        return keccak256(
            bytes.concat(
                abi.encode(
                    STANDING_ORDER_TYPE,
                    standing.renter,
                    _hash(standing.least),
                    standing.leastTier,
                    standing.preemptible,
                    standing.maxUsdPerSlotHour,
                    standing.maxRate
                ),
                abi.encode(
                    standing.slotCount,
                    standing.duration,
                    standing.count,
                    standing.operatorId,
                    standing.feeBps,
                    standing.workloadDigest,
                    standing.nonce,
                    standing.deadline
                )
            )
        );
    }

    function hash(IOrders.Quote calldata quote) internal pure returns (bytes32) {
        return keccak256(abi.encode(QUOTE_TYPE, quote));
    }

    function _hash(ILeases.Order calldata order) private pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_TYPE, order));
    }

    function _hash(IMachines.Class calldata class) private pure returns (bytes32) {
        return keccak256(abi.encode(CLASS_TYPE, class));
    }
}
