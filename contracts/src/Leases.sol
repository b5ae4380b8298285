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
import {LeaseBook} from "./LeaseBook.sol";
import {OpeningPause} from "./OpeningPause.sol";
import {Errors} from "./Errors.sol";
import {Token} from "./Token.sol";

/// @title Leases
/// @notice See {ILeases}. What each party may do and when; how a lease is kept and paid out is in {LeaseBook}.
/// @dev No reentrancy guard: Token is the one contract called after an effect, last, and it calls nobody back.
contract Leases is LeaseBook, OpeningPause {
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

    struct Rejects {
        uint40 periodEnd;
        uint8 count;
    }

    /// @notice Rejects a renter has in a REJECT_PERIOD, so that rejecting is no free trial.
    uint256 public constant MAX_REJECTS = 3;
    uint256 public constant REJECT_PERIOD = 1 days;
    /// @notice Below, renting from oneself would cost next to nothing; above, honest rent would move elsewhere.
    uint256 public constant MIN_BURN_BPS = 100;
    uint256 public constant MAX_BURN_BPS = 5000;

    IMachines public immutable MACHINES;
    IAudits public immutable AUDITS;
    IPrices public immutable PRICES;
    uint16 public immutable BURN_BPS;

    mapping(address renter => Rejects) private _rejects;

    constructor(Config memory config) LeaseBook(config.token) OpeningPause(config.guardian) {
        if (config.burnBps < MIN_BURN_BPS || config.burnBps > MAX_BURN_BPS) {
            revert Errors.Leases_BurnOutOfBounds(config.burnBps, MIN_BURN_BPS, MAX_BURN_BPS);
        }
        MACHINES = config.machines;
        AUDITS = config.audits;
        PRICES = config.prices;
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
    function quote(uint256 machineId, uint64 slots) external view returns (uint128) {
        IMachines.Terms memory terms = MACHINES.terms(machineId);
        if (!slots.isWithin(terms.slots)) revert Errors.Leases_SlotsInvalid(machineId, slots, terms.slots);
        return _rate(terms, slots);
    }

    function _open(Order calldata order) private whenOpeningNotPaused returns (uint256 leaseId) {
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

    function _rate(IMachines.Terms memory terms, uint64 slots) private view returns (uint96) {
        return Rent.rate(terms.offer.usdPerSlotHour, slots.size(), PRICES.usdPerToken()).toUint96();
    }
}
