// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "./interfaces/IAudits.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Picks} from "./libraries/Picks.sol";
import {Product} from "./libraries/Product.sol";
import {Transcript} from "./libraries/Transcript.sol";
import {Verdict} from "./libraries/Verdict.sol";
import {AuditBook} from "./AuditBook.sol";
import {Errors} from "./Errors.sol";

/// @title AuditProofs
/// @notice The objective part of {IAudits}: what is wrong with a transcript is shown here, and nobody votes on it.
///
/// The clock of a verdict: until RINGER_PERIOD the machine may say that it was a ringer, from then until CHALLENGE_PERIOD
/// anyone may prove. The two never overlap, and for a reason. If proofs came first, someone would slash a decoy before it
/// could be opened; if opening came later, a cheat would carry a ringer as insurance and open it when he sees his proof in
/// the mempool.
abstract contract AuditProofs is AuditBook {
    /// @notice Seconds from the verdict in which a ringer can be opened. Its owner runs a program that waits for this.
    uint256 public constant RINGER_PERIOD = 10 minutes;
    /// @notice Seconds from the verdict in which proofs are taken: a day for any outsider to do the work again.
    uint256 public constant CHALLENGE_PERIOD = 24 hours;
    /// @notice Seconds after a ringer is opened in which its owner requests no audit. A cheat who takes the verifiers' failure
    /// for a ringer escapes the penalty of a forgery, and pays with a week without a class.
    uint256 public constant DECOY_PERIOD = 7 days;
    /// @notice Share of its stake that a forged transcript costs a machine, in hundredths of a percent: half, so that it
    /// answers for another forgery.
    uint256 public constant FORGERY_BPS = 5000;
    /// @notice What a verifier loses who passed an entry that he had to check and that is wrong, in token units: far more
    /// than looking away saves him, and enough to cost a verifier with one ticket his place.
    uint256 public constant VERIFIER_FAULT = 200e18;

    /// @inheritdoc IAudits
    function proveWrongEntry(
        uint256 auditId,
        Round calldata round,
        bytes32[] calldata roundPath,
        uint32 row,
        uint32 column,
        bytes calldata leaf,
        bytes32[] calldata leafPath
    ) external {
        Record storage record = _requireProvable(auditId);
        _requirePosted(auditId, record, round, roundPath);
        _requireWrong(auditId, record.n, round, row, column, leaf, leafPath);
        _forge(auditId, record);
    }

    /// @inheritdoc IAudits
    function proveBrokenChain(
        uint256 auditId,
        Round calldata round,
        bytes32[] calldata roundPath,
        Round calldata next,
        bytes32[] calldata nextPath
    ) external {
        Record storage record = _requireProvable(auditId);
        _requirePosted(auditId, record, round, roundPath);
        _requirePosted(auditId, record, next, nextPath);
        if (round.slot != next.slot || uint256(round.round) + 1 != next.round) {
            revert Errors.Audits_RoundsApart(round.slot, round.round, next.slot, next.round);
        }
        if (Transcript.nextState(round.state, round.root) == next.state) {
            revert Errors.Audits_ChainHolds(auditId, round.slot, round.round);
        }
        _forge(auditId, record);
    }

    /// @inheritdoc IAudits
    function proveFalseStart(uint256 auditId, Round calldata round, bytes32[] calldata roundPath) external {
        Record storage record = _requireProvable(auditId);
        _requirePosted(auditId, record, round, roundPath);
        bytes32 seed = COMMITTEES.committee(record.committeeId).seed;
        bytes32 start = Transcript.startState(seed, block.chainid, record.machineId, round.slot, auditId);
        if (round.round != 0 || round.state == start) {
            revert Errors.Audits_StartHolds(auditId, round.slot, round.round);
        }
        _forge(auditId, record);
    }

    /// @inheritdoc IAudits
    function proveBlindPass(uint256 auditId, PickedEntry calldata picked) external {
        Record storage record = _records[auditId];
        // A forgery already proved is no reason to let go who passed it.
        if (record.state == State.Forged) _requireProofTime(auditId, record);
        else record = _requireProvable(auditId);
        if (record.blindPunished) revert Errors.Audits_AlreadyPunished(auditId);
        _requirePickedWrong(auditId, record, picked);

        record.blindPunished = true;
        IStakes.Split memory split;
        split.reporter = msg.sender;
        (, address[] memory blind) = _votersOf(record.committeeId);
        emit BlindPassProved(auditId, msg.sender, blind.length);
        if (record.state != State.Forged) _forge(auditId, record);
        for (uint256 i = 0; i < blind.length; ++i) {
            COMMITTEES.slash(blind[i], VERIFIER_FAULT, split);
        }
    }

    /// @inheritdoc IAudits
    function openRinger(uint256 auditId, bytes32 salt, PickedEntry calldata picked) external onlyMachine(auditId) {
        Record storage record = _requireJudged(auditId);
        uint256 overAt = record.finishedAt + RINGER_PERIOD;
        if (block.timestamp >= overAt) revert Errors.Audits_RingerPeriodOver(auditId, overAt);
        uint256 machineId = record.machineId;
        bytes32 opened = keccak256(abi.encode(machineId, salt, "ringer"));
        if (record.ringer != opened) revert Errors.Audits_NoRinger(auditId, record.ringer, opened);
        _requirePickedWrong(auditId, record, picked);

        bool hadPassed = record.state == State.Passed;
        record.state = State.Ringer;
        _histories[machineId].requestableAt = uint40(block.timestamp + DECOY_PERIOD);
        IStakes.Split memory split;
        address[] memory fooled;
        (split.verifiers, fooled) = _votersOf(record.committeeId);
        emit RingerOpened(auditId, split.verifiers.length, fooled.length);
        if (hadPassed) MACHINES.setClass(machineId, _noClass(), 0);
        for (uint256 i = 0; i < fooled.length; ++i) {
            COMMITTEES.slash(fooled[i], VERIFIER_FAULT, split);
        }
    }

    function _forge(uint256 auditId, Record storage record) private {
        record.state = State.Forged;
        uint256 machineId = record.machineId;
        IStakes.Split memory split;
        split.reporter = msg.sender;
        MACHINES.setClass(machineId, _noClass(), 0);
        uint256 amount = MACHINES.stakeOf(machineId) * FORGERY_BPS / 10_000;
        emit Forged(auditId, machineId, msg.sender, MACHINES.slash(machineId, amount, split));
    }

    function _requireProvable(uint256 auditId) private view returns (Record storage record) {
        record = _requireJudged(auditId);
        _requireProofTime(auditId, record);
    }

    function _requireJudged(uint256 auditId) private view returns (Record storage record) {
        record = _records[auditId];
        State state = record.state;
        if (state != State.Passed && state != State.Failed && state != State.NoVerdict) {
            revert Errors.Audits_WrongState(auditId, state);
        }
    }

    function _requireProofTime(uint256 auditId, Record storage record) private view {
        // What was requested without a commitment cannot turn out to be a ringer: it is open at once.
        uint256 opensAt = record.finishedAt + (record.ringer == 0 ? 0 : RINGER_PERIOD);
        if (block.timestamp < opensAt) revert Errors.Audits_ChallengeNotOpen(auditId, opensAt);
        uint256 overAt = record.finishedAt + CHALLENGE_PERIOD;
        if (block.timestamp >= overAt) revert Errors.Audits_ChallengeOver(auditId, overAt);
    }

    function _requirePosted(uint256 auditId, Record storage record, Round calldata round, bytes32[] calldata path)
        private
        view
    {
        uint256 slots = _slotsOf(record.machineId);
        if (!Transcript.isIn(record.transcript, round, slots, record.rounds, path)) {
            revert Errors.Audits_NotInTranscript(auditId, round.slot, round.round);
        }
    }

    function _requireWrong(
        uint256 auditId,
        uint256 n,
        Round calldata round,
        uint32 row,
        uint32 column,
        bytes calldata leaf,
        bytes32[] calldata leafPath
    ) private pure {
        if (!Product.isIn(round.root, row, column, n, leaf, leafPath)) {
            revert Errors.Audits_NotInProduct(auditId, row, column);
        }
        uint32 value = Product.entry(round.state, row, column, n);
        if (Product.read(leaf, row, column, n) == value) revert Errors.Audits_EntryRight(auditId, row, column, value);
    }

    function _requirePickedWrong(uint256 auditId, Record storage record, PickedEntry calldata picked) private view {
        _requirePosted(auditId, record, picked.round, picked.roundPath);
        bytes32 seed = BEACON.randomness(pickRoundOf(auditId), picked.beaconProof);
        (uint16 round, uint32 row, uint32 column) =
            Picks.pick(seed, picked.pick, picked.round.slot, record.rounds, record.n);
        if (picked.round.round != round) revert Errors.Audits_NotPicked(auditId, picked.round.round, round);
        _requireWrong(auditId, record.n, picked.round, row, column, picked.leaf, picked.leafPath);
    }

    /// @dev Who failed the machine and who passed it, of those whose vote is a verdict.
    function _votersOf(uint256 committeeId) private view returns (address[] memory failing, address[] memory passing) {
        (address[] memory voters, bytes32[] memory votes) = COMMITTEES.votesOf(committeeId);
        (failing, passing) = (new address[](voters.length), new address[](voters.length));
        (uint256 fails, uint256 passes) = (0, 0);
        for (uint256 i = 0; i < voters.length; ++i) {
            (bool valid, Verdict.Parts memory parts) = Verdict.decode(votes[i]);
            if (!valid) continue;
            if (parts.passes) passing[passes++] = voters[i];
            else failing[fails++] = voters[i];
        }
        assembly ("memory-safe") {
            mstore(failing, fails)
            mstore(passing, passes)
        }
    }
}
