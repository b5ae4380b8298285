// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {IAudits} from "./interfaces/IAudits.sol";
import {ICommittees} from "./interfaces/ICommittees.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Verdict} from "./libraries/Verdict.sol";
import {AuditBook} from "./AuditBook.sol";
import {AuditProofs} from "./AuditProofs.sol";
import {Errors} from "./Errors.sol";

/// @title Audits
/// @notice See {IAudits}. The life of an audit; how it is kept is in {AuditBook}, what can be proved in {AuditProofs}. Holds
/// no tokens.
contract Audits is AuditProofs {
    /// @notice Members of an audit's committee. A fifth of all stake, corrupt, captures four of five in one of 149
    /// draws.
    uint256 public constant ADMISSION_SIZE = 5;
    /// @notice Seconds a committee has until commits close: 10 to run the challenge, 2 to post the transcript, 5 to check the
    /// entries picked, 15 to commit, in minutes.
    uint32 public constant WORK_SECONDS = 32 minutes;
    /// @notice Committees drawn for one audit before it ends without a verdict: so that nobody is kept from the next audit.
    uint256 public constant MAX_DRAWS = 3;
    /// @notice Seconds that a passed audit holds; chance asks for the next one about ten times before.
    uint256 public constant VALIDITY = 30 days;
    /// @notice Seconds between two audits that an owner requests: the network's pot pays for each, and an owner who has mended
    /// what was wrong does not wait for a day.
    uint256 public constant REQUEST_INTERVAL = 1 hours;
    /// @notice Machines hit by the same round are audited side by side, so that one card cannot answer for two.
    uint256 public constant TICK_SECONDS = 10 minutes;
    /// @notice One machine in so many is hit in a tick: each about every third day, and none knows when.
    uint256 public constant TICK_ODDS = 432;
    /// @notice Seconds in which a hit can be brought. Later the machine could be caught away from what it was chosen for.
    uint256 public constant TICK_WINDOW = 1 hours;

    /// @notice Seconds between two pairs that a verifier asks for: 1000 HOTA of his are locked for at least two weeks, and with
    /// them he takes two machines' time once a day.
    uint256 public constant PAIR_INTERVAL = 1 days;

    /// @inheritdoc IAudits
    mapping(address verifier => uint256) public pairableAt;

    constructor(Config memory config) AuditBook(config) {}

    /// @inheritdoc IAudits
    function request(uint256 machineId) external returns (uint256 auditId) {
        return _request(machineId, 0);
    }

    /// @inheritdoc IAudits
    function requestWith(uint256 machineId, bytes32 ringer) external returns (uint256 auditId) {
        return _request(machineId, ringer);
    }

    /// @inheritdoc IAudits
    function requestByChance(uint256 machineId, uint64 round, bytes calldata beaconProof)
        external
        returns (uint256 auditId)
    {
        uint256 publishedAt = BEACON.timeOf(round);
        if (round == 0 || publishedAt / TICK_SECONDS == BEACON.timeOf(round - 1) / TICK_SECONDS) {
            revert Errors.Audits_NoTick(round);
        }
        if (block.timestamp < publishedAt || block.timestamp > publishedAt + TICK_WINDOW) {
            revert Errors.Audits_TickNotNow(round, publishedAt, publishedAt + TICK_WINDOW);
        }
        History storage history = _histories[machineId];
        if (round <= history.chanceRound) revert Errors.Audits_TickUsed(machineId, history.chanceRound);
        bytes32 randomness = BEACON.randomness(round, beaconProof);
        if (uint256(keccak256(abi.encode(randomness, machineId))) % TICK_ODDS != 0) {
            revert Errors.Audits_NotHit(machineId, round);
        }

        history.chanceRound = round;
        return _begin(machineId, 0);
    }

    /// @inheritdoc IAudits
    function requestPair(uint256 machineA, uint256 machineB) external returns (uint256 auditA, uint256 auditB) {
        if (!COMMITTEES.isVerifier(msg.sender)) revert Errors.Audits_NotVerifier(msg.sender);
        if (machineA == machineB) revert Errors.Audits_PairOfOne(machineA);
        uint256 allowedAt = pairableAt[msg.sender];
        if (block.timestamp < allowedAt) revert Errors.Audits_PairTooSoon(msg.sender, allowedAt);
        _requireNoDecoy(machineA);
        _requireNoDecoy(machineB);

        pairableAt[msg.sender] = block.timestamp + PAIR_INTERVAL;
        (auditA, auditB) = (_begin(machineA, 0), _begin(machineB, 0));
        emit PairRequested(auditA, auditB, msg.sender);
    }

    /// @inheritdoc IAudits
    function post(uint256 auditId, bytes32 transcript) external onlyMachine(auditId) {
        Record storage record = _require(auditId, State.Requested);
        _requirePhase(auditId, ICommittees.Phase.Committing);
        if (transcript == 0) revert Errors.Audits_TranscriptEmpty(auditId);
        if (record.transcript != 0) revert Errors.Audits_AlreadyPosted(auditId, record.transcript);

        (record.transcript, record.postedAt) = (transcript, uint40(block.timestamp));
        emit Posted(auditId, transcript);
    }

    /// @inheritdoc IAudits
    function finish(uint256 auditId) external {
        Record storage record = _require(auditId, State.Requested);
        _requirePhase(auditId, ICommittees.Phase.Over);
        uint256 committeeId = record.committeeId;
        (State outcome, IMachines.Class memory class) = _outcomeOf(record);
        if (outcome == State.NoVerdict && record.draws < MAX_DRAWS) _redraw(auditId, record);
        else _end(auditId, record, outcome, class);
        COMMITTEES.dismiss(committeeId);
    }

    function _request(uint256 machineId, bytes32 ringer) private returns (uint256 auditId) {
        if (msg.sender != address(MACHINES)) {
            if (!MACHINES.isOwnerOrKey(machineId, msg.sender)) {
                revert Errors.Audits_NotMachine(machineId, msg.sender);
            }
            History storage history = _histories[machineId];
            if (block.timestamp < history.requestableAt) {
                revert Errors.Audits_TooSoon(machineId, history.requestableAt);
            }
            _requireNoDecoy(machineId);
            history.requestableAt = uint40(block.timestamp + REQUEST_INTERVAL);
        }
        return _begin(machineId, ringer);
    }

    function _begin(uint256 machineId, bytes32 ringer) private returns (uint256 auditId) {
        (IMachines.State state,) = MACHINES.stateOf(machineId);
        if (state != IMachines.State.Online && state != IMachines.State.Paused) {
            revert Errors.Audits_MachineNotOnNetwork(machineId, state);
        }
        History storage history = _histories[machineId];
        if (_records[history.latestAudit].state == State.Requested) {
            revert Errors.Audits_InProgress(machineId, history.latestAudit);
        }

        auditId = ++count;
        history.latestAudit = uint40(auditId);
        Record storage record = _records[auditId];
        record.machineId = uint40(machineId);
        record.state = State.Requested;
        (record.n, record.rounds) = (N, ROUNDS);
        record.requestedAt = uint40(block.timestamp);
        if (ringer != 0) record.ringer = ringer;
        emit Requested(auditId, machineId, _draw(record), N, ROUNDS);
    }

    /// @dev What turns out to have been a ringer costs a week without a class. Nobody asks for an audit to come before that
    /// week, or for a verifier's to come into it.
    function _requireNoDecoy(uint256 machineId) private view {
        History storage history = _histories[machineId];
        Record storage latest = _records[history.latestAudit];
        uint256 allowedAt = latest.ringer == 0 ? 0 : latest.finishedAt + RINGER_PERIOD;
        if (latest.state == State.Ringer) allowedAt = history.requestableAt;
        if (block.timestamp < allowedAt) revert Errors.Audits_TooSoon(machineId, allowedAt);
    }

    /// @dev Another committee has another seed: what was answered to the last one is void.
    function _redraw(uint256 auditId, Record storage record) private {
        (record.transcript, record.postedAt) = (0, 0);
        emit Redrawn(auditId, _draw(record));
    }

    function _draw(Record storage record) private returns (uint256 committeeId) {
        ++record.draws;
        (address owner, address key) = MACHINES.ownerAndKey(record.machineId);
        committeeId = COMMITTEES.convene(ADMISSION_SIZE, WORK_SECONDS, [owner, key]);
        record.committeeId = uint40(committeeId);
    }

    function _end(uint256 auditId, Record storage record, State outcome, IMachines.Class memory class) private {
        (record.state, record.finishedAt) = (outcome, uint40(block.timestamp));
        uint256 machineId = record.machineId;
        uint256 classUntil = outcome == State.Passed ? block.timestamp + VALIDITY : 0;
        emit Finished(auditId, machineId, outcome, class, classUntil);
        if (outcome != State.NoVerdict) MACHINES.setClass(machineId, class, uint40(classUntil));
    }

    /// @dev Two thirds of the seated, rounded up, decide; who is silent or writes what is no verdict decides nothing. Without
    /// a transcript there is nothing to pass.
    function _outcomeOf(Record storage record) private view returns (State, IMachines.Class memory class) {
        uint256 quorum = (2 * uint256(COMMITTEES.committee(record.committeeId).seated) + 2) / 3;
        (, bytes32[] memory votes) = COMMITTEES.votesOf(record.committeeId);
        IMachines.Class[] memory passing = new IMachines.Class[](votes.length);
        (uint256 passes, uint256 fails) = (0, 0);
        for (uint256 i = 0; i < votes.length; ++i) {
            (bool valid, Verdict.Parts memory parts) = Verdict.decode(votes[i]);
            if (!valid) continue;
            if (parts.passes) passing[passes++] = parts.class;
            else ++fails;
        }
        if (quorum > 0 && fails >= quorum) return (State.Failed, class);
        if (quorum == 0 || passes < quorum || record.transcript == 0) return (State.NoVerdict, class);
        return (State.Passed, _median(passing, passes, _slotsOf(record.machineId)));
    }

    function _median(IMachines.Class[] memory classes, uint256 length, uint256 slots)
        private
        pure
        returns (IMachines.Class memory)
    {
        uint256[] memory kinds = new uint256[](length);
        uint256[] memory computes = new uint256[](length);
        uint256[] memory memories = new uint256[](length);
        uint256[] memory answered = new uint256[](length);
        for (uint256 i = 0; i < length; ++i) {
            kinds[i] = classes[i].kind;
            computes[i] = classes[i].computeBand;
            memories[i] = classes[i].memoryBand;
            answered[i] = classes[i].slots;
        }
        uint256 middle = _middle(answered);
        return IMachines.Class({
            kind: uint8(_middle(kinds)),
            computeBand: uint16(_middle(computes)),
            memoryBand: uint16(_middle(memories)),
            slots: uint8(middle < slots ? middle : slots)
        });
    }

    /// @dev The lower middle: between two verdicts the machine is sold as the lesser.
    function _middle(uint256[] memory values) private pure returns (uint256) {
        return Arrays.sort(values)[(values.length - 1) / 2];
    }
}
