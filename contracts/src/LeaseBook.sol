// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {Rent} from "./libraries/Rent.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {Token} from "./Token.sol";

/// @title LeaseBook
/// @notice The leases as they are kept: what is stored, what follows from it and the clock, and the one way by which
/// money leaves escrow. It holds the escrow of all leases and nothing else, and decides nothing.
abstract contract LeaseBook is ILeases {
    using SafeCast for uint256;
    using SafeERC20 for Token;
    using Slots for Slots.Holds;

    /// @dev A lease in three words of storage. 96 bits hold the whole supply of the token. State is Open, Running or
    /// Closed: Ended is Running with `paidUntil` in the past, so that time alone can end a lease.
    struct Record {
        address renter;
        uint48 machineId;
        uint32 duration;
        uint16 burnBps;
        address payee;
        uint96 rate;
        uint64 slots;
        uint40 openedAt;
        uint40 startedAt;
        uint40 paidUntil;
        uint40 settledAt;
        State state;
    }

    struct Totals {
        uint40 count;
        uint96 escrow;
        uint96 burnt;
    }

    /// @notice Seconds a machine has to start a lease: enough to fetch a large image.
    uint256 public constant START_WINDOW = 10 minutes;
    /// @notice Seconds from the start in which the renter may reject.
    uint256 public constant ACCEPT_WINDOW = 10 minutes;

    Token public immutable TOKEN;

    Totals internal _totals;
    mapping(uint256 leaseId => Record) internal _records;
    mapping(uint256 machineId => Slots.Holds) internal _holds;

    constructor(Token token) {
        TOKEN = token;
    }

    /// @inheritdoc ILeases
    function lease(uint256 leaseId) public view returns (Lease memory) {
        Record storage record = _records[leaseId];
        return Lease({
            machineId: record.machineId,
            renter: record.renter,
            payee: record.payee,
            state: _stateOf(record),
            slots: record.slots,
            burnBps: record.burnBps,
            rate: record.rate,
            escrow: uint128(_escrowOf(record)),
            duration: record.duration,
            openedAt: record.openedAt,
            startedAt: record.startedAt,
            paidUntil: record.paidUntil,
            settledAt: record.settledAt
        });
    }

    /// @inheritdoc ILeases
    function leases(uint256 from, uint256 length) external view returns (Lease[] memory page) {
        uint256 left = from > _totals.count ? 0 : _totals.count - from + 1;
        page = new Lease[](length < left ? length : left);
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = lease(from + i);
        }
    }

    /// @inheritdoc ILeases
    function count() external view returns (uint256) {
        return _totals.count;
    }

    /// @inheritdoc ILeases
    function busySlots(uint256 machineId) external view returns (uint64) {
        return _holds[machineId].busy(type(uint64).max);
    }

    /// @inheritdoc ILeases
    function totalBurnt() external view returns (uint256) {
        return _totals.burnt;
    }

    /// @inheritdoc ILeases
    function totalEscrow() external view returns (uint256) {
        return _totals.escrow;
    }

    /// @dev Closes for good: seconds up to `paidTo` are paid, all others refunded.
    function _close(uint256 leaseId, Record storage record, uint40 paidTo) internal {
        uint256 gross = uint256(record.rate) * (paidTo - record.settledAt);
        uint256 refund = _escrowOf(record) - gross;
        // Once its own hold has run out, the slots may be another lease's.
        if (block.timestamp < _freeAt(record)) _holds[record.machineId].hold(record.slots, block.timestamp);
        record.paidUntil = _earnedUntil(record);
        record.settledAt = paidTo;
        record.state = State.Closed;
        _release(leaseId, record, gross, refund);
        emit Closed(leaseId);
    }

    /// @dev Lets `gross` of rent and `refund` out of escrow. Last in every path: what follows is transfers.
    function _release(uint256 leaseId, Record storage record, uint256 gross, uint256 refund) internal {
        (uint256 paid, uint256 burnt) = Rent.split(gross, record.burnBps);
        _totals.escrow -= (gross + refund).toUint96();
        _totals.burnt += burnt.toUint96();
        emit Settled(leaseId, paid, burnt, refund);

        if (paid > 0) TOKEN.safeTransfer(record.payee, paid);
        if (burnt > 0) TOKEN.burn(burnt);
        if (refund > 0) TOKEN.safeTransfer(record.renter, refund);
    }

    function _required(uint256 leaseId) internal view returns (Record storage record) {
        record = _records[leaseId];
        if (record.state == State.None) revert Errors.Leases_Unknown(leaseId);
    }

    function _stateOf(Record storage record) internal view returns (State) {
        bool over = record.state == State.Running && block.timestamp >= record.paidUntil;
        return over ? State.Ended : record.state;
    }

    function _escrowOf(Record storage record) internal view returns (uint256) {
        if (record.state == State.Open) return uint256(record.rate) * record.duration;
        if (record.state == State.Running) return uint256(record.rate) * (record.paidUntil - record.settledAt);
        return 0;
    }

    /// @dev The second up to which rent is earned: now, or the end when that is past; 0 before the start.
    function _earnedUntil(Record storage record) internal view returns (uint40) {
        return block.timestamp < record.paidUntil ? uint40(block.timestamp) : record.paidUntil;
    }

    /// @dev The second from which the slots are free by themselves.
    function _freeAt(Record storage record) internal view returns (uint256) {
        return record.state == State.Open ? record.openedAt + START_WINDOW : record.paidUntil;
    }

    function _isAccepted(Record storage record) internal view returns (bool) {
        return block.timestamp >= record.startedAt + ACCEPT_WINDOW;
    }
}
