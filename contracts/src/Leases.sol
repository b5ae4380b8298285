// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {LeaseOpening} from "./LeaseOpening.sol";

/// @title Leases
/// @notice See {ILeases}. What each party may do and when; how a lease is opened is in {LeaseOpening}, how it is kept and
/// paid out in {LeaseBook}.
/// @dev No reentrancy guard: Token is the one contract called after an effect, last, and it calls nobody back.
contract Leases is LeaseOpening {
    using SafeCast for uint256;
    using Slots for Slots.Holds;

    struct Rejects {
        uint40 periodEnd;
        uint8 count;
    }

    struct Control {
        address controller;
        uint40 until;
    }

    /// @notice Rejects a renter has in a REJECT_PERIOD, so that rejecting is no free trial.
    uint256 public constant MAX_REJECTS = 3;
    uint256 public constant REJECT_PERIOD = 1 days;
    /// @notice Seconds between the notice and the end of a preempted lease: time to write a checkpoint.
    uint256 public constant PREEMPT_NOTICE = 1 minutes;
    /// @notice The same for a lease that pays nothing, such as idle-time work of the owner.
    uint256 public constant IDLE_NOTICE = 10 seconds;

    mapping(address renter => Rejects) private _rejects;
    mapping(uint256 leaseId => Control) private _controls;

    constructor(Config memory config) LeaseOpening(config) {}

    /// @inheritdoc ILeases
    function open(Order calldata order) external returns (uint256 leaseId) {
        return _open(order, _byCaller());
    }

    /// @inheritdoc ILeases
    function openWithPermit(Order calldata order, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 leaseId)
    {
        // Whoever saw the permit may have used it first; if the allowance is missing, the transfer says so.
        try TOKEN.permit(msg.sender, address(this), value, deadline, v, r, s) {} catch {}
        return _open(order, _byCaller());
    }

    /// @inheritdoc ILeases
    function openOver(Order calldata order, uint256[] calldata preempted) external returns (uint256 leaseId) {
        if (order.preemptible) revert Errors.Leases_NotOnDemand(order.machineId);
        Opening memory opening = _byCaller();
        for (uint256 i = 0; i < preempted.length; ++i) {
            Record memory record = _required(preempted[i]);
            uint64 shared = record.machineId == order.machineId ? record.slots & order.slots : 0;
            if (shared == 0) revert Errors.Leases_NotPreemptible(preempted[i], _stateOf(record));
            uint256 endsAt = _giveNotice(preempted[i], record);
            // The hold on what both have passes to the new lease, which may start when the notice is over.
            _holds[record.machineId].move(shared, endsAt, block.timestamp);
            if (endsAt > opening.startsAt) opening.startsAt = uint40(endsAt);
        }
        return _open(order, opening);
    }

    /// @inheritdoc ILeases
    function openFor(address renter, address payer, Order calldata order, uint32 usdPerSlotHour, uint40 heldUntil)
        external
        returns (uint256 leaseId)
    {
        if (msg.sender != ORDERS) revert Errors.Leases_NotOrders(msg.sender);
        if (heldUntil != 0) _holds[order.machineId].move(order.slots, heldUntil, block.timestamp);
        return _open(order, Opening(renter, payer, usdPerSlotHour, uint40(block.timestamp)));
    }

    /// @inheritdoc ILeases
    function hold(uint256 machineId, uint64 slots, uint40 until) external {
        if (msg.sender != ORDERS) revert Errors.Leases_NotOrders(msg.sender);
        uint64 busy = _holds[machineId].busy(slots);
        if (busy != 0) revert Errors.Leases_SlotsBusy(machineId, busy);
        _holds[machineId].hold(slots, until);
        emit Held(machineId, slots, until);
    }

    /// @inheritdoc ILeases
    function start(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        _checkMachineSide(leaseId, record);
        if (record.stage != Stage.Open) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        if (block.timestamp < record.from) revert Errors.Leases_StartTooEarly(leaseId, record.from);
        if (block.timestamp >= _freeAt(record)) revert Errors.Leases_StartWindowOver(leaseId, _freeAt(record));

        uint256 paidUntil = block.timestamp + record.until;
        Record storage kept = _records[leaseId];
        kept.stage = Stage.Running;
        kept.from = uint32(block.timestamp);
        kept.until = paidUntil.toUint32();
        _holds[record.machineId].hold(record.slots, paidUntil);
        emit Started(leaseId, paidUntil);
    }

    /// @inheritdoc ILeases
    function extend(uint256 leaseId, uint32 duration) external {
        Record memory record = _required(leaseId);
        if (msg.sender != record.renter) revert Errors.Leases_NotRenter(leaseId, msg.sender);
        if (_stateOf(record) != State.Running) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        uint256 paidUntil = uint256(record.until) + duration;
        if (duration == 0 || paidUntil > record.latest) {
            revert Errors.Leases_ExtensionOutOfBounds(leaseId, duration, record.latest - record.until);
        }

        uint256 escrow = uint256(record.rate) * duration;
        _records[leaseId].until = uint32(paidUntil);
        _holds[record.machineId].hold(record.slots, paidUntil);
        emit Extended(leaseId, duration, uint128(escrow));

        if (escrow > 0) _take(msg.sender, escrow);
    }

    /// @inheritdoc ILeases
    function end(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        _checkMachineSide(leaseId, record);
        if (record.stage == Stage.Open) {
            _close(leaseId, record, 0);
            return;
        }
        if (_stateOf(record) != State.Running) revert Errors.Leases_WrongState(leaseId, _stateOf(record));

        emit Ended(leaseId, block.timestamp);
        if (_isAccepted(record)) _close(leaseId, record, block.timestamp);
        else _shorten(leaseId, record, block.timestamp);
    }

    /// @inheritdoc ILeases
    function preempt(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        _checkMachineSide(leaseId, record);
        _giveNotice(leaseId, record);
    }

    /// @inheritdoc ILeases
    function close(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        bool missed = record.stage == Stage.Open && block.timestamp >= _freeAt(record);
        if (!missed) _checkRenterSide(leaseId, record);
        if (record.stage == Stage.Closed) revert Errors.Leases_WrongState(leaseId, State.Closed);

        _close(leaseId, record, _earnedUntil(record));
    }

    /// @inheritdoc ILeases
    function settle(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        if (!_hasBegun(record) || !_isAccepted(record)) return;

        uint256 until = _earnedUntil(record);
        if (until == record.until) {
            _close(leaseId, record, until);
            return;
        }
        uint256 gross = uint256(record.rate) * (until - record.from);
        if (gross == 0) return;
        Record storage kept = _records[leaseId];
        kept.from = uint32(until);
        kept.stage = Stage.Accepted;
        _release(leaseId, record, gross, 0);
    }

    /// @inheritdoc ILeases
    function reject(uint256 leaseId) external {
        Record memory record = _required(leaseId);
        _checkRenterSide(leaseId, record);
        if (!_hasBegun(record)) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        if (_isAccepted(record)) revert Errors.Leases_AcceptWindowOver(leaseId, record.from + ACCEPT_WINDOW);

        _countReject(record.renter);
        emit Rejected(leaseId, record.renter);
        _close(leaseId, record, record.from);
    }

    /// @inheritdoc ILeases
    function closeAsOf(uint256 leaseId, uint40 since) external returns (uint256 refunded) {
        if (msg.sender != FAULTS) revert Errors.Leases_NotFaults(msg.sender);
        Record memory record = _required(leaseId);
        if (record.stage == Stage.Closed) return 0;
        uint256 paidTo = _earnedUntil(record);
        if (since < paidTo) paidTo = since < record.from ? record.from : since;
        return _close(leaseId, record, paidTo);
    }

    /// @inheritdoc ILeases
    function setController(uint256 leaseId, address controller, uint40 until) external {
        Record memory record = _required(leaseId);
        if (msg.sender != record.renter) revert Errors.Leases_NotRenter(leaseId, msg.sender);
        _controls[leaseId] = Control(controller, until);
        emit ControllerSet(leaseId, controller, until);
    }

    /// @inheritdoc ILeases
    function openPurse(address account) external returns (uint24 purse) {
        if (msg.sender != address(MACHINES) && msg.sender != address(OPERATORS)) {
            revert Errors.Leases_NotPurser(msg.sender);
        }
        return _openPurse(account);
    }

    /// @inheritdoc ILeases
    function leases(uint256 from, uint256 length) external view returns (Lease[] memory page) {
        uint256 left = from > count() ? 0 : count() - from + 1;
        page = new Lease[](length < left ? length : left);
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = lease(from + i);
        }
    }

    /// @inheritdoc ILeases
    function mayControl(uint256 leaseId, address account) public view returns (bool) {
        if (account == address(0)) return false;
        if (account == _records[leaseId].renter) return true;
        Control memory control = _controls[leaseId];
        return account == control.controller && block.timestamp < control.until;
    }

    /// @dev Ends a preemptible lease after its notice; what was bought beyond goes back. One that has not started is closed.
    function _giveNotice(uint256 leaseId, Record memory record) private returns (uint256 endsAt) {
        if (!record.preemptible || record.stage == Stage.Closed) {
            revert Errors.Leases_NotPreemptible(leaseId, _stateOf(record));
        }
        if (record.stage == Stage.Open) {
            _close(leaseId, record, 0);
            return block.timestamp;
        }
        endsAt = block.timestamp + (record.rate == 0 ? IDLE_NOTICE : PREEMPT_NOTICE);
        if (record.until < endsAt) endsAt = record.until;
        emit Preempted(leaseId, endsAt);
        _shorten(leaseId, record, endsAt);
    }

    /// @dev Moves the end of a running lease back; it cannot be extended any more.
    function _shorten(uint256 leaseId, Record memory record, uint256 endsAt) private {
        uint256 refund = uint256(record.rate) * (record.until - endsAt);
        Record storage kept = _records[leaseId];
        kept.until = uint32(endsAt);
        kept.latest = uint32(endsAt);
        _holds[record.machineId].move(record.slots, record.until, endsAt);
        if (refund > 0) _release(leaseId, record, 0, refund);
    }

    function _countReject(address renter) private {
        Rejects storage rejects = _rejects[renter];
        if (block.timestamp >= rejects.periodEnd) {
            rejects.periodEnd = uint40(block.timestamp + REJECT_PERIOD);
            rejects.count = 0;
        }
        if (rejects.count == MAX_REJECTS) revert Errors.Leases_TooManyRejects(renter, rejects.periodEnd);
        ++rejects.count;
    }

    function _byCaller() private view returns (Opening memory) {
        return Opening(msg.sender, msg.sender, LIST_PRICE, uint40(block.timestamp));
    }

    function _checkMachineSide(uint256 leaseId, Record memory record) private view {
        if (!MACHINES.isOwnerOrKey(record.machineId, msg.sender)) revert Errors.Leases_NotMachine(leaseId, msg.sender);
    }

    function _checkRenterSide(uint256 leaseId, Record memory record) private view {
        if (msg.sender != record.renter && !mayControl(leaseId, msg.sender)) {
            revert Errors.Leases_NotRenter(leaseId, msg.sender);
        }
    }
}
