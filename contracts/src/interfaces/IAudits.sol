// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "./IMachines.sol";

/// @title IAudits
/// @notice Checks of machines by drawn committees: challenge, transcript, secret verdicts, class. And the objective part:
/// whoever holds one wrong entry of a posted transcript can prove it here, and the machine is slashed without a vote.
///
/// Requested --committee over--> Passed, Failed or NoVerdict; a NoVerdict is drawn again, at most MAX_DRAWS times.
/// Passed --a wrong entry is proved within CHALLENGE_PERIOD--> Forged.
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
    /// @param postedAt Unix seconds at which it was posted; the first beacon round after that picks the entries.
    /// @param ringer Commitment of whoever planted a ringer; random bytes when nobody did.
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

    /// @notice Emitted when an audit begins.
    event Requested(uint256 indexed auditId, uint256 indexed machineId, uint256 committeeId, uint16 n, uint16 rounds);
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
    /// @notice Emitted when an audit turns out to have been a ringer: `caught` verifiers failed it, `fooled` were slashed.
    event RingerOpened(uint256 indexed auditId, uint256 caught, uint256 fooled);

    /// @notice Requests an audit. Machines at registration, or the machine's owner or key, once a day.
    function request(uint256 machineId) external returns (uint256 auditId);
    /// @notice `request` with a commitment of a ringer (see `openRinger`); any 32 bytes when it is none.
    function requestWith(uint256 machineId, bytes32 ringer) external returns (uint256 auditId);
    /// @notice Requests the audit that chance demands: anyone, with the proof of the beacon round whose randomness hits this
    /// machine. One machine in TICK_ODDS is hit in each TICK_SECONDS.
    function requestByChance(uint256 machineId, uint64 round, bytes calldata beaconProof)
        external
        returns (uint256 auditId);
    /// @notice Posts the Merkle root of the machine's answer. Only the machine's key or owner, once, while the committee works.
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

    /// @notice One audit; zeros when it was never requested.
    function audit(uint256 auditId) external view returns (Audit memory);
    /// @notice The machine's newest audit; 0 when none.
    function latestAudit(uint256 machineId) external view returns (uint256 auditId);
    /// @notice The seed of the audit's challenge; 0 before its committee is seated.
    function seedOf(uint256 auditId) external view returns (bytes32);
    /// @notice How many audits were ever requested; their numbers are 1 … count.
    function count() external view returns (uint256);
}
