// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAudits
/// @notice Checks of machines by staked verifiers. First cut: an open quorum of enrolled verifiers, each attesting once;
/// the draw, commit and reveal of design §4.3 come behind the same reading side (`classOf`, `isFresh`).
///
/// Requested --quorum of equal verdicts--> Passed or Failed; Requested --deadline--> NoVerdict. A new failure ends the
/// validity of an older pass at once; no verdict changes nothing.
interface IAudits {
    enum State {
        None,
        Requested,
        Passed,
        Failed,
        NoVerdict
    }

    /// @notice What was measured.
    /// @param kind 0 cpu, 1 gpu.
    /// @param computeBand Log2 bucket of compute (see packages/proof).
    /// @param memoryBand Log2 bucket of memory (see packages/proof).
    /// @param slots How many slots answered.
    struct Class {
        uint8 kind;
        uint16 computeBand;
        uint16 memoryBand;
        uint8 slots;
    }

    /// @notice Emitted when an audit begins; verifiers derive their challenges from `seed` and answer until `deadline`.
    event Requested(uint256 indexed auditId, uint256 indexed machineId, bytes32 seed, uint256 deadline);
    /// @notice Emitted for each verdict.
    event Attested(uint256 indexed auditId, address indexed verifier, bool passed, Class class);
    /// @notice Emitted when an audit has its outcome; `class` and `validUntil` are zero unless it passed.
    event Finished(uint256 indexed auditId, uint256 indexed machineId, State state, Class class, uint256 validUntil);
    /// @notice Emitted when `verifier` has locked his stake and may attest.
    event Enrolled(address indexed verifier);
    /// @notice Emitted when `verifier` may no longer attest and his stake unbonds.
    event Left(address indexed verifier);

    /// @notice Requests an audit of a machine. Only Machines, or the machine's owner or key; one at a time.
    /// @dev The seed is drawn from the last block: enough to tell audits apart, not against one who builds blocks. A
    /// beacon replaces it together with the draw.
    function request(uint256 machineId) external returns (uint256 auditId);
    /// @notice Locks the verifier stake of the caller and lets him attest.
    function enroll() external;
    /// @notice Takes the caller off the list of verifiers and starts unbonding his stake.
    function leave() external;
    /// @notice One verdict of one verifier, until the deadline; the quorum-th equal verdict finishes the audit. The class is
    /// the median of the passing verdicts, field by field, the lower of two middles.
    function attest(uint256 auditId, bool passed, Class calldata class) external;
    /// @notice Closes an audit whose deadline passed without a quorum. Anyone.
    function expire(uint256 auditId) external;

    /// @notice What the machine was last proved to be, and until when that holds (unix seconds; 0 when never, or when the
    /// last audit failed).
    function classOf(uint256 machineId) external view returns (Class memory class, uint256 validUntil);
    /// @notice Whether the last audit of the machine passed and still holds.
    function isFresh(uint256 machineId) external view returns (bool);
    /// @notice One audit; zeros when it was never requested. `attestations` counts verdicts so far, of both kinds.
    function audit(uint256 auditId)
        external
        view
        returns (uint256 machineId, State state, bytes32 seed, uint256 deadline, uint256 attestations);
    /// @notice The machine's newest audit; 0 when none.
    function latestAudit(uint256 machineId) external view returns (uint256 auditId);
    /// @notice Whether `verifier` has given his verdict in this audit.
    function hasAttested(uint256 auditId, address verifier) external view returns (bool);
    /// @notice How many equal verdicts this audit needs, fixed at its request.
    function quorumOf(uint256 auditId) external view returns (uint256);
    /// @notice How many audits were ever requested; their numbers are 1 … count.
    function count() external view returns (uint256);
    /// @notice How many verifiers are enrolled.
    function verifiers() external view returns (uint256);
    /// @notice Whether `account` is enrolled.
    function isVerifier(address account) external view returns (bool);
}
