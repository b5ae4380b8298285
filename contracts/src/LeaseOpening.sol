// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBurnTable} from "./interfaces/IBurnTable.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IPrices} from "./interfaces/IPrices.sol";
import {Rent} from "./libraries/Rent.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {GuardianPause} from "./GuardianPause.sol";
import {LeaseBook} from "./LeaseBook.sol";
import {Purses} from "./Purses.sol";
import {Token} from "./Token.sol";

/// @title LeaseOpening
/// @notice How a lease comes to be: what the machine, its offer, its slots, the operator and the price must say.
abstract contract LeaseOpening is LeaseBook, GuardianPause {
    using SafeCast for uint256;
    using Slots for Slots.Holds;
    using Slots for uint64;

    /// @notice The contracts it works with, and the seconds of an epoch.
    struct Config {
        Token token;
        IMachines machines;
        IPrices prices;
        IOperators operators;
        IBurnTable burnTable;
        address orders;
        address faults;
        address guardian;
        uint256 epochSeconds;
    }

    /// @dev Who opens, who pays, and at what price.
    struct Opening {
        address renter;
        address payer;
        uint32 usdPerSlotHour;
        uint40 startsAt;
    }

    /// @dev No price of its own: the list's is meant.
    uint32 internal constant LIST_PRICE = type(uint32).max;

    IMachines public immutable MACHINES;
    IPrices public immutable PRICES;
    IOperators public immutable OPERATORS;
    IBurnTable public immutable BURN_TABLE;
    address public immutable ORDERS;
    address public immutable FAULTS;

    // In one word with the guardian's pause: every opening reads all three.
    uint40 private _count;
    uint16 private _burnBps;

    constructor(Config memory config) Purses(config.token, config.epochSeconds) GuardianPause(config.guardian) {
        MACHINES = config.machines;
        PRICES = config.prices;
        OPERATORS = config.operators;
        BURN_TABLE = config.burnTable;
        ORDERS = config.orders;
        FAULTS = config.faults;
        _burnBps = uint16(config.burnTable.shareFor(0));
    }

    /// @inheritdoc ILeases
    function refreshBurnShare() external {
        uint256 verified = MACHINES.verifiedSlots();
        uint256 share = BURN_TABLE.shareFor(verified);
        if (share == _burnBps) return;
        _burnBps = uint16(share);
        emit BurnShareSet(share, verified);
    }

    /// @inheritdoc ILeases
    function count() public view returns (uint256) {
        return _count;
    }

    /// @inheritdoc ILeases
    function burnBps() external view returns (uint256) {
        return _burnBps;
    }

    /// @inheritdoc ILeases
    function quote(uint256 machineId, uint64 slots, bool preemptible) external view returns (uint128) {
        IMachines.Terms memory terms = MACHINES.terms(machineId, preemptible, 0);
        if (!slots.isWithin(terms.slots)) revert Errors.Leases_SlotsInvalid(machineId, slots, terms.slots);
        return _rentOf(terms.usdPerSlotHour, slots);
    }

    function _open(Order calldata order, Opening memory opening) internal whenNotPaused returns (uint256 leaseId) {
        // A quote has a price of its own and does not care what the list says meanwhile.
        bool byList = opening.usdPerSlotHour == LIST_PRICE;
        IMachines.Terms memory terms =
            MACHINES.terms(order.machineId, order.preemptible, byList ? order.offerHash : bytes32(0));
        if (byList) opening.usdPerSlotHour = terms.usdPerSlotHour;
        Record memory record;
        uint256 latest = _checkOpening(order, opening, terms);
        // A quoted price is for the time it was quoted for, the list's for as long as the offer allows.
        record.latest = (byList ? latest : opening.startsAt + START_WINDOW + order.duration).toUint32();
        record.operator = _checkOperator(order, opening.renter);
        record.rate = Rent.withFee(_rentOf(opening.usdPerSlotHour, order.slots), order.feeBps).toUint72();
        if (record.rate > order.maxRate) revert Errors.Leases_RateTooHigh(record.rate, order.maxRate);
        record.renter = opening.renter;
        record.machineId = order.machineId.toUint24();
        record.slots = order.slots;
        record.from = uint32(opening.startsAt);
        record.until = order.duration;
        record.payee = terms.payee;
        record.burnBps = _burnBps;
        record.feeBps = order.feeBps;
        record.preemptible = order.preemptible;
        record.stage = Stage.Open;

        leaseId = ++_count;
        _holds[order.machineId].hold(order.slots, opening.startsAt + START_WINDOW);
        _records[leaseId] = record;
        _announce(leaseId, order, record);

        uint256 escrow = _escrowOf(record);
        if (escrow > 0) _take(opening.payer, escrow);
    }

    function _announce(uint256 leaseId, Order calldata order, Record memory record) private {
        emit Opened(
            leaseId,
            order.machineId,
            record.renter,
            order.slots,
            record.rate,
            order.duration,
            uint128(_escrowOf(record)),
            order.workloadDigest
        );
        if (record.operator != 0) emit Referred(leaseId, order.operatorId, order.feeBps);
    }

    /// @dev The last second to which the lease may ever be extended.
    function _checkOpening(Order calldata order, Opening memory opening, IMachines.Terms memory terms)
        private
        view
        returns (uint256 latest)
    {
        if (order.duration < terms.minSeconds || order.duration > terms.maxSeconds) {
            revert Errors.Leases_DurationOutOfBounds(order.duration, terms.minSeconds, terms.maxSeconds);
        }
        latest = opening.startsAt + START_WINDOW + terms.maxSeconds;
        if (terms.openUntil < latest) latest = terms.openUntil;
        if (opening.startsAt + START_WINDOW + order.duration > latest) {
            revert Errors.Leases_WindowTooShort(order.machineId, order.duration, terms.openUntil);
        }
        if (!order.slots.isWithin(terms.slots)) {
            revert Errors.Leases_SlotsInvalid(order.machineId, order.slots, terms.slots);
        }
        uint64 busy = _holds[order.machineId].busy(order.slots);
        if (busy != 0) revert Errors.Leases_SlotsBusy(order.machineId, busy);
    }

    function _checkOperator(Order calldata order, address renter) private view returns (uint24 purse) {
        if (order.operatorId == 0) {
            if (order.feeBps != 0) revert Errors.Leases_FeeTooHigh(0, order.feeBps, 0);
            return 0;
        }
        (address account, uint16 capBps, uint24 found) = OPERATORS.terms(order.operatorId);
        if (order.feeBps > capBps || found == 0) {
            revert Errors.Leases_FeeTooHigh(order.operatorId, order.feeBps, capBps);
        }
        // Nobody brings himself: a fee to oneself would be a rent that is not burnt.
        if (account == renter) revert Errors.Leases_SelfReferral(order.operatorId, renter);
        return found;
    }

    /// @dev A price of nothing needs no price of the token.
    function _rentOf(uint32 usdPerSlotHour, uint64 slots) private view returns (uint128) {
        if (usdPerSlotHour == 0) return 0;
        return uint128(Rent.rate(usdPerSlotHour, slots.size(), PRICES.usdPerToken()));
    }
}
