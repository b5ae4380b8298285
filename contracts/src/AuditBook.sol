// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "./interfaces/IAudits.sol";
import {IBeacon} from "./interfaces/IBeacon.sol";
import {ICommittees} from "./interfaces/ICommittees.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Errors} from "./Errors.sol";

/// @title AuditBook
/// @notice The audits as they are kept, what they work with, and what can be read of them. It decides nothing.
abstract contract AuditBook is IAudits {
    /// @param n Size of the matrices: a power of two in MIN_N … MAX_N.
    /// @param rounds Products that each slot makes in a row: 1 … MAX_ROUNDS.
    /// @param pickDelay Seconds from the transcript to the round that picks; see PICK_DELAY.
    struct Config {
        IMachines machines;
        ICommittees committees;
        IBeacon beacon;
        uint16 n;
        uint16 rounds;
        uint256 pickDelay;
    }

    /// @dev Three words. A later deployment asks for other n and rounds, so each audit keeps its own.
    struct Record {
        uint40 machineId;
        uint40 committeeId;
        State state;
        uint8 draws;
        uint16 n;
        uint16 rounds;
        uint40 requestedAt;
        uint40 finishedAt;
        uint40 postedAt;
        // Whether those who passed a wrong entry have paid for it.
        bool blindPunished;
        bytes32 transcript;
        bytes32 ringer;
    }

    /// @dev What is known of one machine.
    struct History {
        uint40 latestAudit;
        uint40 requestableAt;
        uint64 chanceRound;
    }

    /// @notice Below it a product takes no time worth measuring.
    uint256 public constant MIN_N = 16;
    /// @notice The largest power of two that 16 bits hold; a wrong entry of it is still proved for 531,000 gas.
    uint256 public constant MAX_N = 32_768;
    /// @notice Above it an answer takes minutes on the fastest cards.
    uint256 public constant MAX_ROUNDS = 1024;
    /// @notice The longest PICK_DELAY that can be set at deployment.
    uint256 public constant MAX_PICK_DELAY = 1 minutes;

    IMachines public immutable MACHINES;
    ICommittees public immutable COMMITTEES;
    IBeacon public immutable BEACON;
    uint16 public immutable N;
    uint16 public immutable ROUNDS;
    /// @notice Seconds by which the round that picks entries must come after the transcript: more than a block's clock may lag
    /// behind, so that nobody posts a transcript that is right just where it will be looked at. 0 where blocks are made at will.
    uint256 public immutable PICK_DELAY;

    /// @inheritdoc IAudits
    uint256 public count;
    mapping(uint256 auditId => Record) internal _records;
    mapping(uint256 machineId => History) internal _histories;

    constructor(Config memory config) {
        (uint256 n, uint256 rounds) = (config.n, config.rounds);
        bool fits = n >= MIN_N && n <= MAX_N && n & (n - 1) == 0 && rounds > 0 && rounds <= MAX_ROUNDS;
        if (!fits) revert Errors.Audits_ChallengeOutOfBounds(n, rounds);
        if (config.pickDelay > MAX_PICK_DELAY) {
            revert Errors.Audits_PickDelayOutOfBounds(config.pickDelay, MAX_PICK_DELAY);
        }
        MACHINES = config.machines;
        COMMITTEES = config.committees;
        BEACON = config.beacon;
        N = config.n;
        ROUNDS = config.rounds;
        PICK_DELAY = config.pickDelay;
    }

    modifier onlyMachine(uint256 auditId) {
        uint256 machineId = _records[auditId].machineId;
        if (!MACHINES.isOwnerOrKey(machineId, msg.sender)) revert Errors.Audits_NotMachine(machineId, msg.sender);
        _;
    }

    /// @inheritdoc IAudits
    function audit(uint256 auditId) external view returns (Audit memory) {
        Record storage record = _records[auditId];
        return Audit({
            machineId: record.machineId,
            committeeId: record.committeeId,
            state: record.state,
            draws: record.draws,
            n: record.n,
            rounds: record.rounds,
            requestedAt: record.requestedAt,
            finishedAt: record.finishedAt,
            postedAt: record.postedAt,
            transcript: record.transcript,
            ringer: record.ringer
        });
    }

    /// @inheritdoc IAudits
    function latestAudit(uint256 machineId) external view returns (uint256) {
        return _histories[machineId].latestAudit;
    }

    /// @inheritdoc IAudits
    function requestableAt(uint256 machineId) external view returns (uint256) {
        return _histories[machineId].requestableAt;
    }

    /// @inheritdoc IAudits
    function seedOf(uint256 auditId) external view returns (bytes32) {
        return COMMITTEES.committee(_records[auditId].committeeId).seed;
    }

    /// @inheritdoc IAudits
    function pickRoundOf(uint256 auditId) public view returns (uint64) {
        uint256 postedAt = _records[auditId].postedAt;
        return postedAt == 0 ? 0 : BEACON.roundAfter(postedAt + PICK_DELAY);
    }

    function _require(uint256 auditId, State expected) internal view returns (Record storage record) {
        record = _records[auditId];
        if (record.state != expected) revert Errors.Audits_WrongState(auditId, record.state);
    }

    function _requirePhase(uint256 auditId, ICommittees.Phase expected) internal view {
        ICommittees.Phase phase = COMMITTEES.phaseOf(_records[auditId].committeeId);
        if (phase != expected) revert Errors.Audits_WrongPhase(auditId, phase);
    }

    function _slotsOf(uint256 machineId) internal view returns (uint256) {
        (, uint8 slots) = MACHINES.stateOf(machineId);
        return slots;
    }

    /// @dev The class of a machine that has none.
    function _noClass() internal pure returns (IMachines.Class memory class) {}
}
