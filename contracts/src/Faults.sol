// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "./interfaces/ICommittees.sol";
import {IFaults} from "./interfaces/IFaults.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Outages} from "./libraries/Outages.sol";
import {Errors} from "./Errors.sol";
import {FaultBook} from "./FaultBook.sol";

/// @title Faults
/// @notice See {IFaults}. Holds no tokens: bonds and stakes lie in Stakes, in bonds 2 × fault for the report and 2 × fault + 1
/// for the appeal.
contract Faults is FaultBook {
    using Outages for Outages.Log;

    /// @notice The contracts it works with.
    struct Config {
        IStakes stakes;
        IMachines machines;
        ILeases leases;
        ICommittees committees;
    }

    /// @notice Five look first: one captured member, or a silent one, decides nothing.
    uint256 public constant COMMITTEE_SIZE = 5;
    /// @notice With a fifth of the verifiers' stake corrupt, eight of eleven are captured in one of 4,251 draws.
    uint256 public constant APPEAL_SIZE = 11;
    /// @notice Seconds that a committee has: enough to try several times, too little to mend a machine unseen.
    uint32 public constant WORK_SECONDS = 15 minutes;
    /// @notice Seconds in which a verdict can be appealed: a weekend's sleep on both sides of the world.
    uint256 public constant APPEAL_PERIOD = 48 hours;
    /// @notice How far back a report may reach, in seconds; nobody remembers more than what he saw lately.
    uint256 public constant MAX_LOOKBACK = 24 hours;
    /// @notice The longest time away that a renter is compensated for, in seconds: within a day he finds another machine.
    uint256 public constant MAX_COMPENSATED = 24 hours;
    /// @notice The largest part of a penalty that compensates the renter. With all of it an owner would lease his own machine
    /// at a high price, report it himself, and have his penalty back.
    uint256 public constant MAX_COMPENSATION_BPS = 5000;
    uint256 private constant BPS = 10_000;

    IStakes public immutable STAKES;
    IMachines public immutable MACHINES;
    ILeases public immutable LEASES;

    constructor(Config memory config) FaultBook(config.committees) {
        STAKES = config.stakes;
        MACHINES = config.machines;
        LEASES = config.leases;
    }

    /// @inheritdoc IFaults
    function report(uint256 machineId, uint256 leaseId, Kind kind, uint40 since, bytes32 evidence)
        external
        returns (uint256 faultId)
    {
        (IMachines.State state,) = MACHINES.stateOf(machineId);
        if (state == IMachines.State.None || state == IMachines.State.Exited) {
            revert Errors.Faults_NotOnNetwork(machineId, state);
        }
        (uint256 earliest, uint256 latest) = _boundsOf(machineId, leaseId);
        if (since < earliest || since > latest) revert Errors.Faults_SinceOutOfBounds(since, earliest, latest);

        faultId = ++count;
        _lastFault[machineId][leaseId] = faultId;
        uint256 committeeId = _convene(machineId, COMMITTEE_SIZE, msg.sender);
        IMachines.Maintenance memory maintenance = MACHINES.maintenanceOf(machineId);
        Record storage record = _records[faultId];
        (record.reporter, record.reportedAt, record.since) = (msg.sender, uint40(block.timestamp), since);
        (record.state, record.kind, record.evidence) = (State.Reported, kind, evidence);
        (record.machineId, record.leaseId) = (uint40(machineId), uint40(leaseId));
        record.committeeId = uint40(committeeId);
        (record.maintenanceFrom, record.maintenanceUntil) = (maintenance.from, maintenance.until);
        emit Reported(faultId, machineId, msg.sender, kind, leaseId, since, committeeId, evidence);

        STAKES.lock(_reportSubject(faultId), msg.sender, REPORT_BOND);
    }

    /// @inheritdoc IFaults
    function judge(uint256 faultId) external {
        Record memory record = _required(faultId);
        bool isAppeal = record.state == State.Appealed;
        if (record.state != State.Reported && !isAppeal) revert Errors.Faults_WrongState(faultId, record.state);
        uint256 committeeId = _committeeOf(record);
        ICommittees.Phase phase = COMMITTEES.phaseOf(committeeId);
        if (phase != ICommittees.Phase.Over) revert Errors.Faults_CommitteeNotOver(faultId, committeeId, phase);

        (State verdict, uint256 since) = _tally(committeeId);
        bool isDecided = verdict != State.NoVerdict;
        // An appeal without a verdict leaves the first one as it is.
        if (isAppeal && !isDecided) verdict = record.guilty ? State.Guilty : State.Innocent;
        Record storage kept = _records[faultId];
        (kept.state, kept.isFinal, kept.verdictAt) = (verdict, isAppeal, uint40(block.timestamp));
        if (isDecided) {
            kept.committeeId = uint40(committeeId);
            kept.guilty = verdict == State.Guilty;
            // Not before what the reporter saw, and not after what the committee can have seen.
            if (since > block.timestamp) since = block.timestamp;
            if (since > record.since) kept.since = uint40(since);
            // The guilty was away when it was looked at: that it was back before is not so. It may be said again.
            if (kept.guilty && record.until <= COMMITTEES.committee(committeeId).commitUntil) kept.until = 0;
        }
        emit Judged(faultId, verdict, kept.since);

        COMMITTEES.dismiss(committeeId);
        if (isAppeal) _settleAppeal(faultId, record, committeeId, isDecided && kept.guilty == record.guilty);
        else if (!isDecided) STAKES.unlock(_reportSubject(faultId), REPORT_BOND);
    }

    /// @inheritdoc IFaults
    function appeal(uint256 faultId) external {
        Record memory record = _required(faultId);
        _requireVerdict(faultId, record);
        if (record.isFinal) revert Errors.Faults_Final(faultId);
        uint256 overAt = record.verdictAt + APPEAL_PERIOD;
        if (block.timestamp >= overAt) revert Errors.Faults_AppealPeriodOver(faultId, overAt);
        address loser = record.guilty ? _ownerOf(record.machineId) : record.reporter;
        if (msg.sender != loser) revert Errors.Faults_NotLoser(faultId, msg.sender);

        uint256 committeeId = _convene(record.machineId, APPEAL_SIZE, record.reporter);
        Record storage kept = _records[faultId];
        (kept.state, kept.appellant, kept.appealId) = (State.Appealed, msg.sender, uint40(committeeId));
        emit Appealed(faultId, msg.sender, committeeId);

        STAKES.lock(_appealSubject(faultId), msg.sender, APPEAL_BOND);
    }

    /// @inheritdoc IFaults
    function recover(uint256 faultId) external {
        Record memory record = _required(faultId);
        if (!_isOpen(record.state)) revert Errors.Faults_WrongState(faultId, record.state);
        if (!MACHINES.isOwnerOrKey(record.machineId, msg.sender)) {
            revert Errors.Faults_NotOwnerOrKey(faultId, msg.sender);
        }
        if (record.until != 0) revert Errors.Faults_AlreadyRecovered(faultId, record.until);
        _records[faultId].until = uint40(block.timestamp);
        emit Recovered(faultId, block.timestamp);
    }

    /// @inheritdoc IFaults
    function execute(uint256 faultId) external {
        Record memory record = _required(faultId);
        _requireVerdict(faultId, record);
        uint256 finalAt = record.verdictAt + APPEAL_PERIOD;
        if (!record.isFinal && block.timestamp < finalAt) revert Errors.Faults_StillAppealable(faultId, finalAt);

        IStakes.Split memory split;
        split.verifiers = _votersFor(record.committeeId, record.guilty);
        _records[faultId].state = State.Executed;
        if (record.guilty) {
            split.reporter = record.reporter;
            _punish(faultId, record, split);
            STAKES.unlock(_reportSubject(faultId), REPORT_BOND);
        } else {
            emit Executed(faultId, false, 0, 0, 0);
            split.reporter = _ownerOf(record.machineId);
            STAKES.slash(_reportSubject(faultId), REPORT_BOND, 0, split);
        }
    }

    /// @dev Closes the lease and slashes the machine for what is not charged yet of its outage.
    function _punish(uint256 faultId, Record memory record, IStakes.Split memory split) private {
        uint40 until = record.until == 0 ? uint40(block.timestamp) : record.until;
        _records[faultId].until = until;
        IMachines.Maintenance memory maintenance = _maintenanceOf(record);
        uint256 away = Outages.awayIn(maintenance, record.since, until);
        Outages.Log storage log = _outages[record.machineId][record.kind == Kind.Unlike];
        uint256 bps = log.charge(record.kind, maintenance, record.since, until);
        uint256 amount = MACHINES.stakeOf(record.machineId) * bps / BPS;

        uint256 refunded = 0;
        if (record.leaseId != 0) {
            ILeases.Lease memory lease = LEASES.lease(record.leaseId);
            uint256 compensation = lease.rate * (away < MAX_COMPENSATED ? away : MAX_COMPENSATED);
            uint256 most = amount * MAX_COMPENSATION_BPS / BPS;
            (split.renter, split.renterClaim) = (lease.renter, uint96(compensation < most ? compensation : most));
            refunded = LEASES.closeAsOf(record.leaseId, record.since);
        }
        uint256 taken = amount == 0 ? 0 : MACHINES.slash(record.machineId, amount, split);
        emit Executed(faultId, true, away, taken, refunded);
    }

    /// @dev Who appealed against what is upheld loses his bond to the other side; else he has it back.
    function _settleAppeal(uint256 faultId, Record memory record, uint256 committeeId, bool isUpheld) private {
        if (!isUpheld) {
            STAKES.unlock(_appealSubject(faultId), APPEAL_BOND);
            return;
        }
        IStakes.Split memory split;
        split.reporter = record.guilty ? record.reporter : _ownerOf(record.machineId);
        split.verifiers = _votersFor(committeeId, record.guilty);
        STAKES.slash(_appealSubject(faultId), APPEAL_BOND, 0, split);
    }

    function _convene(uint256 machineId, uint256 size, address reporter) private returns (uint256) {
        return COMMITTEES.convene(size, WORK_SECONDS, [_ownerOf(machineId), reporter]);
    }

    /// @dev Between which seconds a fault of this lease may have begun, both included.
    function _boundsOf(uint256 machineId, uint256 leaseId) private view returns (uint256 earliest, uint256 latest) {
        (earliest, latest) = (block.timestamp - MAX_LOOKBACK, block.timestamp);
        if (leaseId != 0) {
            ILeases.Lease memory lease = LEASES.lease(leaseId);
            if (lease.machineId != machineId) revert Errors.Faults_NotOnMachine(leaseId, machineId);
            if (lease.renter != msg.sender) revert Errors.Faults_NotRenter(leaseId, msg.sender);
            // Once something is paid, the lease no longer says when it began, but that was at least a window ago.
            bool hasBeginning = !lease.accepted && lease.state != ILeases.State.Closed;
            if (hasBeginning && lease.unpaidFrom > earliest) earliest = lease.unpaidFrom;
            if (lease.state != ILeases.State.Open && lease.paidUntil <= latest) latest = lease.paidUntil - 1;
        }

        uint256 lastId = _lastFault[machineId][leaseId];
        Record memory last = _records[lastId];
        if (last.until == 0 && _isOpen(last.state)) revert Errors.Faults_AlreadyOpen(machineId, leaseId, lastId);
        if (last.state != State.NoVerdict && last.until > earliest) earliest = last.until;
    }

    function _requireVerdict(uint256 faultId, Record memory record) private pure {
        if (record.state != State.Guilty && record.state != State.Innocent) {
            revert Errors.Faults_WrongState(faultId, record.state);
        }
    }

    /// @dev Whether a fault waits for something yet.
    function _isOpen(State state) private pure returns (bool) {
        return state != State.None && state != State.NoVerdict && state != State.Executed;
    }

    function _ownerOf(uint256 machineId) private view returns (address owner) {
        (owner,) = MACHINES.ownerAndKey(machineId);
    }

    function _reportSubject(uint256 faultId) private pure returns (uint256) {
        return 2 * faultId;
    }

    function _appealSubject(uint256 faultId) private pure returns (uint256) {
        return 2 * faultId + 1;
    }
}
