// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "./IMachines.sol";

/// @title IAudits
/// @notice Checks of machines by drawn committees: challenge, transcript, secret verdicts, class. And the objective part:
/// whoever holds one wrong entry of a posted transcript can prove it here, and the machine is slashed without a vote.
///
/// Requested --committee over--> Passed, Failed or NoVerdict; without a verdict it is drawn again, MAX_DRAWS times in all.
/// Passed, Failed or NoVerdict --opened within RINGER_PERIOD--> Ringer.
/// Passed, Failed or NoVerdict --proved, from RINGER_PERIOD until CHALLENGE_PERIOD after the verdict--> Forged.
///
/// The challenge of slot g begins at s_0 = keccak256(seed ‖ chainId ‖ machineId ‖ g ‖ auditId), where seed is the
/// committee's. Round t multiplies two n × n matrices made from s_t, root_t commits to the product, and
/// s_{t+1} = keccak256(s_t ‖ root_t). The transcript is the Merkle root over leaves (g, t, s_t, root_t): see docs/proof.md.
interface IAudits {
    enum State {
        None,
        Requested,
        Passed,
        Failed,
        NoVerdict,
        Forged,
        Ringer
    }

    /// @param committeeId Who judges now (see {ICommittees}).
    /// @param draws How many committees have been drawn for it.
    /// @param n Size of the matrices of its challenge.
    /// @param rounds How many products a slot has to make.
    /// @param finishedAt Unix seconds of the verdict; 0 before.
    /// @param transcript Merkle root that the machine posted; 0 before.
    /// @param postedAt Unix seconds at which it was posted; see `pickRoundOf`.
    /// @param ringer Commitment of whoever planted a ringer; random bytes when nobody did, 0 when it cannot be one.
    struct Audit {
        uint256 machineId;
        uint256 committeeId;
        State state;
        uint8 draws;
        uint16 n;
        uint16 rounds;
        uint40 requestedAt;
        uint40 finishedAt;
        uint40 postedAt;
        bytes32 transcript;
        bytes32 ringer;
    }

    /// @notice One round of one slot, as it lies in the transcript.
    struct Round {
        uint8 slot;
        uint16 round;
        bytes32 state;
        bytes32 root;
    }

    /// @notice An entry of a product that chance picked, with what shows that it is as the machine committed to it.
    /// @param pick Which pick of the slot it is, 0 … Picks.PER_SLOT - 1; round, row and column follow from it.
    /// @param roundPath The path of the round to the transcript.
    /// @param leaf The 1 KiB leaf of the product that holds the entry, as committed.
    /// @param leafPath Its Merkle path to `round.root`.
    /// @param beaconProof The proof of the round `pickRoundOf`.
    struct PickedEntry {
        uint8 pick;
        Round round;
        bytes32[] roundPath;
        bytes leaf;
        bytes32[] leafPath;
        bytes beaconProof;
    }

    /// @notice Emitted when an audit begins.
    event Requested(uint256 indexed auditId, uint256 indexed machineId, uint256 committeeId, uint16 n, uint16 rounds);
    /// @notice Emitted when `verifier` has two machines audited side by side.
    event PairRequested(uint256 indexed auditA, uint256 indexed auditB, address indexed verifier);
    /// @notice Emitted when another committee is drawn, because the last one had no verdict.
    event Redrawn(uint256 indexed auditId, uint256 committeeId);
    /// @notice Emitted when the machine commits to its answer.
    event Posted(uint256 indexed auditId, bytes32 transcript);
    /// @notice Emitted when an audit has its outcome; `class` and `classUntil` are zero unless it passed.
    event Finished(
        uint256 indexed auditId, uint256 indexed machineId, State state, IMachines.Class class, uint256 classUntil
    );
    /// @notice Emitted when `prover` proves the transcript forged; `taken` token units were slashed.
    event Forged(uint256 indexed auditId, uint256 indexed machineId, address indexed prover, uint256 taken);
    /// @notice Emitted when `prover` proves that `blind` verifiers passed a wrong entry that they had to check.
    event BlindPassProved(uint256 indexed auditId, address indexed prover, uint256 blind);
    /// @notice Emitted when an audit turns out to have been a ringer: `caught` verifiers failed it, `fooled` were slashed.
    event RingerOpened(uint256 indexed auditId, uint256 caught, uint256 fooled);

    /// @notice Requests an audit, unless one is in progress. Machines at registration, or the machine's owner or key, once an
    /// hour, and not while the last one can still be opened as a ringer.
    function request(uint256 machineId) external returns (uint256 auditId);
    /// @notice `request` with the commitment of a ringer, keccak256(abi.encode(machineId, salt, "ringer")). An agent gives
    /// random bytes when it is none: so nobody knows which audits are.
    function requestWith(uint256 machineId, bytes32 ringer) external returns (uint256 auditId);
    /// @notice Requests the audit that chance demands: anyone, with the proof of the beacon round whose randomness hits this
    /// machine. One machine in TICK_ODDS is hit in each TICK_SECONDS.
    function requestByChance(uint256 machineId, uint64 round, bytes calldata beaconProof)
        external
        returns (uint256 auditId);
    /// @notice Requests audits of two machines that may be one card, in one block: their committees are drawn by the same round
    /// and work at the same time. Any verifier with a ticket, once in PAIR_INTERVAL. Not while the last audit of either can still be opened
    /// as a ringer, nor in DECOY_PERIOD when it was.
    function requestPair(uint256 machineA, uint256 machineB) external returns (uint256 auditA, uint256 auditB);
    /// @notice Posts the Merkle root of the machine's answer. Only the machine's key or owner, while the committee works, once
    /// for each committee.
    function post(uint256 auditId, bytes32 transcript) external;
    /// @notice Counts the verdicts of a committee that is over: class, failure, or another draw. Anyone.
    function finish(uint256 auditId) external;

    /// @notice Proves that entry (row, column) of the product of `round` is not what the machine committed to.
    /// @param leaf The 1 KiB leaf of the product that holds the entry, as committed.
    /// @param leafPath Its Merkle path to `round.root`.
    /// @param roundPath The path of the round to the transcript.
    function proveWrongEntry(
        uint256 auditId,
        Round calldata round,
        bytes32[] calldata roundPath,
        uint32 row,
        uint32 column,
        bytes calldata leaf,
        bytes32[] calldata leafPath
    ) external;
    /// @notice Proves that two rounds that follow each other do not: s_{t+1} ≠ keccak256(s_t ‖ root_t).
    function proveBrokenChain(
        uint256 auditId,
        Round calldata round,
        bytes32[] calldata roundPath,
        Round calldata next,
        bytes32[] calldata nextPath
    ) external;
    /// @notice Proves that a slot's first round does not begin at the audit's seed.
    function proveFalseStart(uint256 auditId, Round calldata round, bytes32[] calldata roundPath) external;
    /// @notice Proves that a picked entry is wrong: whoever passed it cannot have checked it, and is slashed. Once an audit;
    /// proves the forgery too, where nobody has yet.
    function proveBlindPass(uint256 auditId, PickedEntry calldata picked) external;
    /// @notice Says that the audit was a ringer, a wrong answer planted to see who looks. Verifiers that passed it are slashed
    /// in favour of those that failed it; the machine loses nothing but a class from this audit, and its owner requests no
    /// other for DECOY_PERIOD. Only the machine's owner or key, within RINGER_PERIOD of the verdict.
    function openRinger(uint256 auditId, bytes32 salt, PickedEntry calldata picked) external;

    /// @notice One audit; zeros when it was never requested.
    function audit(uint256 auditId) external view returns (Audit memory);
    /// @notice Unix seconds from which a verifier may ask for another pair; 0 when he never did.
    function pairableAt(address verifier) external view returns (uint256);
    /// @notice The machine's newest audit; 0 when none.
    function latestAudit(uint256 machineId) external view returns (uint256 auditId);
    /// @notice Unix seconds from which the machine's owner or key may request its next audit.
    function requestableAt(uint256 machineId) external view returns (uint256);
    /// @notice The beacon round that picks the entries to check: the first one later than PICK_DELAY after the transcript was
    /// posted; 0 before that.
    function pickRoundOf(uint256 auditId) external view returns (uint64);
    /// @notice The seed of the audit's challenge; 0 before its committee is seated.
    function seedOf(uint256 auditId) external view returns (bytes32);
    /// @notice How many audits were ever requested; their numbers are 1 … count.
    function count() external view returns (uint256);
}
