// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAudits} from "./interfaces/IAudits.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IPrices} from "./interfaces/IPrices.sol";
import {Rent} from "./libraries/Rent.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {Token} from "./Token.sol";

/// @title Leases
/// @notice See {ILeases}. Holds the escrow of all leases and nothing else.
/// @dev No reentrancy guard: the one contract called after effects is Token, which calls nobody back.
contract Leases is ILeases {
    using SafeCast for uint256;
    using SafeERC20 for Token;
    using Slots for Slots.Holds;
    using Slots for uint64;

    /// @param guardian May stop new leases for a while, and nothing else.
    /// @param burnBps Share of the rent that is burnt, in hundredths of a percent.
    struct Config {
        Token token;
        IMachines machines;
        IAudits audits;
        IPrices prices;
        address guardian;
        uint16 burnBps;
    }

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

    struct Pause {
        uint40 pausedAt;
        uint40 until;
    }

    struct Rejects {
        uint40 periodEnd;
        uint8 count;
    }

    /// @notice Seconds a machine has to start a lease: enough to fetch a large image.
    uint256 public constant START_WINDOW = 10 minutes;
    /// @notice Seconds from the start in which the renter may reject.
    uint256 public constant ACCEPT_WINDOW = 10 minutes;
    /// @notice Rejects a renter has in a REJECT_PERIOD, so that rejecting is no free trial.
    uint256 public constant MAX_REJECTS = 3;
    uint256 public constant REJECT_PERIOD = 1 days;
    /// @notice The guardian can stop new leases for a week in a month and no more.
    uint256 public constant MAX_PAUSE = 7 days;
    uint256 public constant PAUSE_COOLDOWN = 30 days;
    /// @notice Below, renting from oneself would cost next to nothing; above, honest rent would move elsewhere.
    uint256 public constant MIN_BURN_BPS = 100;
    uint256 public constant MAX_BURN_BPS = 5000;

    Token public immutable TOKEN;
    IMachines public immutable MACHINES;
    IAudits public immutable AUDITS;
    IPrices public immutable PRICES;
    address public immutable GUARDIAN;
    uint16 public immutable BURN_BPS;

    Totals private _totals;
    Pause private _pause;
    mapping(uint256 leaseId => Record) private _records;
    mapping(uint256 machineId => Slots.Holds) private _holds;
    mapping(address renter => Rejects) private _rejects;

    constructor(Config memory config) {
        if (config.burnBps < MIN_BURN_BPS || config.burnBps > MAX_BURN_BPS) {
            revert Errors.Leases_BurnOutOfBounds(config.burnBps, MIN_BURN_BPS, MAX_BURN_BPS);
        }
        TOKEN = config.token;
        MACHINES = config.machines;
        AUDITS = config.audits;
        PRICES = config.prices;
        GUARDIAN = config.guardian;
        BURN_BPS = config.burnBps;
    }

    /// @inheritdoc ILeases
    function open(Order calldata order) external returns (uint256 leaseId) {
        return _open(order);
    }

    /// @inheritdoc ILeases
    function openWithPermit(Order calldata order, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 leaseId)
    {
        // Whoever saw the permit may have used it first; if the allowance is missing, the transfer says so.
        try IERC20Permit(address(TOKEN)).permit(msg.sender, address(this), value, deadline, v, r, s) {} catch {}
        return _open(order);
    }

    /// @inheritdoc ILeases
    function start(uint256 leaseId) external {
        Record storage record = _required(leaseId);
        _checkMachineSide(leaseId, record);
        if (record.state != State.Open) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        if (block.timestamp >= _freeAt(record)) revert Errors.Leases_StartWindowOver(leaseId, _freeAt(record));

        uint256 paidUntil = block.timestamp + record.duration;
        record.state = State.Running;
        record.startedAt = uint40(block.timestamp);
        record.settledAt = uint40(block.timestamp);
        record.paidUntil = uint40(paidUntil);
        _holds[record.machineId].hold(record.slots, paidUntil);
        emit Started(leaseId, paidUntil);
    }

    /// @inheritdoc ILeases
    function extend(uint256 leaseId, uint32 duration) external {
        Record storage record = _required(leaseId);
        if (msg.sender != record.renter) revert Errors.Leases_NotRenter(leaseId, msg.sender);
        if (_stateOf(record) != State.Running) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        IMachines.Terms memory terms = MACHINES.terms(record.machineId);
        if (terms.state != IMachines.State.Online) {
            revert Errors.Leases_MachineNotOnline(record.machineId, terms.state);
        }
        uint256 whole = uint256(record.duration) + duration;
        if (duration == 0 || whole > terms.offer.maxSeconds) {
            revert Errors.Leases_DurationOutOfBounds(whole, record.duration + 1, terms.offer.maxSeconds);
        }

        uint256 escrow = uint256(record.rate) * duration;
        record.duration = uint32(whole);
        record.paidUntil += duration;
        _holds[record.machineId].hold(record.slots, record.paidUntil);
        _totals.escrow += escrow.toUint96();
        emit Extended(leaseId, duration, uint128(escrow));

        TOKEN.safeTransferFrom(msg.sender, address(this), escrow);
    }

    /// @inheritdoc ILeases
    function end(uint256 leaseId) external {
        Record storage record = _required(leaseId);
        _checkMachineSide(leaseId, record);
        if (record.state == State.Open) return _close(leaseId, record, 0);
        if (_stateOf(record) != State.Running) revert Errors.Leases_WrongState(leaseId, _stateOf(record));

        emit Ended(leaseId, block.timestamp);
        if (_isAccepted(record)) return _close(leaseId, record, uint40(block.timestamp));
        uint256 refund = uint256(record.rate) * (record.paidUntil - block.timestamp);
        _holds[record.machineId].hold(record.slots, block.timestamp);
        record.paidUntil = uint40(block.timestamp);
        _release(leaseId, record, 0, refund);
    }

    /// @inheritdoc ILeases
    function close(uint256 leaseId) external {
        Record storage record = _required(leaseId);
        bool missed = record.state == State.Open && block.timestamp >= _freeAt(record);
        if (msg.sender != record.renter && !missed) revert Errors.Leases_NotRenter(leaseId, msg.sender);
        if (record.state == State.Closed) revert Errors.Leases_WrongState(leaseId, State.Closed);

        _close(leaseId, record, _earnedUntil(record));
    }

    /// @inheritdoc ILeases
    function settle(uint256 leaseId) external {
        Record storage record = _required(leaseId);
        if (record.state != State.Running || !_isAccepted(record)) return;

        uint40 until = _earnedUntil(record);
        if (until == record.paidUntil) return _close(leaseId, record, until);
        uint256 gross = uint256(record.rate) * (until - record.settledAt);
        if (gross == 0) return;
        record.settledAt = until;
        _release(leaseId, record, gross, 0);
    }

    /// @inheritdoc ILeases
    function reject(uint256 leaseId) external {
        Record storage record = _required(leaseId);
        if (msg.sender != record.renter) revert Errors.Leases_NotRenter(leaseId, msg.sender);
        if (record.state != State.Running) revert Errors.Leases_WrongState(leaseId, _stateOf(record));
        if (_isAccepted(record)) revert Errors.Leases_AcceptWindowOver(leaseId, record.startedAt + ACCEPT_WINDOW);

        _countReject();
        emit Rejected(leaseId, msg.sender);
        _close(leaseId, record, record.settledAt);
    }

    /// @inheritdoc ILeases
    function pauseOpening(uint256 untilTimestamp) external {
        if (msg.sender != GUARDIAN) revert Errors.Leases_NotGuardian(msg.sender);
        uint256 latest = block.timestamp + MAX_PAUSE;
        if (untilTimestamp <= block.timestamp || untilTimestamp > latest) {
            revert Errors.Leases_PauseOutOfBounds(untilTimestamp, latest);
        }
        uint256 allowedAt = _pause.pausedAt + PAUSE_COOLDOWN;
        if (block.timestamp < allowedAt) revert Errors.Leases_PauseTooSoon(allowedAt);

        _pause = Pause({pausedAt: uint40(block.timestamp), until: uint40(untilTimestamp)});
        emit OpeningPaused(untilTimestamp);
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
    function quote(uint256 machineId, uint64 slots) external view returns (uint128) {
        IMachines.Terms memory terms = MACHINES.terms(machineId);
        if (!slots.isWithin(terms.slots)) revert Errors.Leases_SlotsInvalid(machineId, slots, terms.slots);
        return _rate(terms, slots);
    }

    /// @inheritdoc ILeases
    function openingPausedUntil() external view returns (uint256) {
        return _pause.until;
    }

    /// @inheritdoc ILeases
    function totalBurnt() external view returns (uint256) {
        return _totals.burnt;
    }

    /// @inheritdoc ILeases
    function totalEscrow() external view returns (uint256) {
        return _totals.escrow;
    }

    function _open(Order calldata order) private returns (uint256 leaseId) {
        IMachines.Terms memory terms = MACHINES.terms(order.machineId);
        _checkOpening(order, terms);
        uint96 rate = _rate(terms, order.slots);
        if (rate > order.maxRate) revert Errors.Leases_RateTooHigh(rate, order.maxRate);

        uint256 escrow = uint256(rate) * order.duration;
        leaseId = ++_totals.count;
        _totals.escrow += escrow.toUint96();
        _holds[order.machineId].hold(order.slots, block.timestamp + START_WINDOW);
        _records[leaseId] = Record({
            renter: msg.sender,
            machineId: order.machineId.toUint48(),
            duration: order.duration,
            burnBps: BURN_BPS,
            payee: terms.owner,
            rate: rate,
            slots: order.slots,
            openedAt: uint40(block.timestamp),
            startedAt: 0,
            paidUntil: 0,
            settledAt: 0,
            state: State.Open
        });
        emit Opened(
            leaseId,
            order.machineId,
            msg.sender,
            order.slots,
            rate,
            order.duration,
            uint128(escrow),
            order.workloadDigest
        );

        TOKEN.safeTransferFrom(msg.sender, address(this), escrow);
    }

    /// @dev Closes for good: seconds up to `paidTo` are paid, all others refunded.
    function _close(uint256 leaseId, Record storage record, uint40 paidTo) private {
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
    function _release(uint256 leaseId, Record storage record, uint256 gross, uint256 refund) private {
        (uint256 paid, uint256 burnt) = Rent.split(gross, record.burnBps);
        _totals.escrow -= (gross + refund).toUint96();
        _totals.burnt += burnt.toUint96();
        emit Settled(leaseId, paid, burnt, refund);

        if (paid > 0) TOKEN.safeTransfer(record.payee, paid);
        if (burnt > 0) TOKEN.burn(burnt);
        if (refund > 0) TOKEN.safeTransfer(record.renter, refund);
    }

    function _countReject() private {
        Rejects storage rejects = _rejects[msg.sender];
        if (block.timestamp >= rejects.periodEnd) {
            rejects.periodEnd = uint40(block.timestamp + REJECT_PERIOD);
            rejects.count = 0;
        }
        if (rejects.count == MAX_REJECTS) revert Errors.Leases_TooManyRejects(msg.sender, rejects.periodEnd);
        ++rejects.count;
    }

    function _checkOpening(Order calldata order, IMachines.Terms memory terms) private view {
        uint256 machineId = order.machineId;
        if (block.timestamp < _pause.until) revert Errors.Leases_OpeningPaused(_pause.until);
        if (terms.state != IMachines.State.Online) revert Errors.Leases_MachineNotOnline(machineId, terms.state);
        if (block.timestamp > terms.silentAfter) revert Errors.Leases_MachineSilent(machineId, terms.silentAfter);
        bytes32 offerHash = keccak256(abi.encode(terms.offer));
        if (offerHash != order.offerHash) revert Errors.Leases_OfferChanged(machineId, offerHash, order.offerHash);
        if (order.duration < terms.offer.minSeconds || order.duration > terms.offer.maxSeconds) {
            revert Errors.Leases_DurationOutOfBounds(order.duration, terms.offer.minSeconds, terms.offer.maxSeconds);
        }
        if (!order.slots.isWithin(terms.slots)) {
            revert Errors.Leases_SlotsInvalid(machineId, order.slots, terms.slots);
        }
        uint64 busy = _holds[machineId].busy(order.slots);
        if (busy != 0) revert Errors.Leases_SlotsBusy(machineId, busy);
        if (!AUDITS.isFresh(machineId)) revert Errors.Leases_AuditStale(machineId);
    }

    function _checkMachineSide(uint256 leaseId, Record storage record) private view {
        if (!MACHINES.isOwnerOrKey(record.machineId, msg.sender)) revert Errors.Leases_NotMachine(leaseId, msg.sender);
    }

    function _required(uint256 leaseId) private view returns (Record storage record) {
        record = _records[leaseId];
        if (record.state == State.None) revert Errors.Leases_Unknown(leaseId);
    }

    function _rate(IMachines.Terms memory terms, uint64 slots) private view returns (uint96) {
        return Rent.rate(terms.offer.usdPerSlotHour, slots.size(), PRICES.usdPerToken()).toUint96();
    }

    function _stateOf(Record storage record) private view returns (State) {
        bool over = record.state == State.Running && block.timestamp >= record.paidUntil;
        return over ? State.Ended : record.state;
    }

    function _escrowOf(Record storage record) private view returns (uint256) {
        if (record.state == State.Open) return uint256(record.rate) * record.duration;
        if (record.state == State.Running) return uint256(record.rate) * (record.paidUntil - record.settledAt);
        return 0;
    }

    /// @dev The second up to which rent is earned: now, or the end when that is past; 0 before the start.
    function _earnedUntil(Record storage record) private view returns (uint40) {
        return block.timestamp < record.paidUntil ? uint40(block.timestamp) : record.paidUntil;
    }

    /// @dev The second from which the slots are free by themselves.
    function _freeAt(Record storage record) private view returns (uint256) {
        return record.state == State.Open ? record.openedAt + START_WINDOW : record.paidUntil;
    }

    function _isAccepted(Record storage record) private view returns (bool) {
        return block.timestamp >= record.startedAt + ACCEPT_WINDOW;
    }
}
