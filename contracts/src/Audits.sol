// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {IAudits} from "./interfaces/IAudits.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";

/// @title Audits
/// @notice See {IAudits}. Holds no tokens: a verifier's stake lies in Stakes, locked by this contract.
contract Audits is IAudits {
    struct Record {
        uint256 machineId;
        bytes32 seed;
        State state;
        uint40 deadline;
        uint8 quorum;
        uint8 passes;
        uint8 fails;
    }

    struct Proof {
        Class class;
        uint40 validUntil;
    }

    /// @notice Stake a verifier locks, in token units.
    uint256 public constant VERIFIER_STAKE = 1000e18;
    /// @notice Seconds that verifiers have for their verdicts.
    uint256 public constant VERDICT_PERIOD = 1 hours;
    /// @notice Seconds that a passed audit holds.
    uint256 public constant VALIDITY = 30 days;
    /// @notice At most so many verifiers count towards a quorum, so that sorting their verdicts stays cheap.
    uint256 public constant MAX_COMMITTEE = 21;

    IMachines public immutable MACHINES;
    IStakes public immutable STAKES;

    /// @inheritdoc IAudits
    uint256 public count;
    /// @inheritdoc IAudits
    uint256 public verifiers;
    /// @inheritdoc IAudits
    mapping(address account => bool) public isVerifier;
    /// @inheritdoc IAudits
    mapping(uint256 machineId => uint256 auditId) public latestAudit;
    /// @inheritdoc IAudits
    mapping(uint256 auditId => mapping(address verifier => bool)) public hasAttested;
    mapping(uint256 auditId => Record) private _records;
    mapping(uint256 auditId => Class[]) private _passing;
    mapping(uint256 machineId => Proof) private _proofs;

    constructor(IMachines machines, IStakes stakes) {
        MACHINES = machines;
        STAKES = stakes;
    }

    /// @inheritdoc IAudits
    function request(uint256 machineId) external returns (uint256 auditId) {
        if (msg.sender != address(MACHINES) && !MACHINES.isOwnerOrKey(machineId, msg.sender)) {
            revert Errors.Audits_NotMachine(machineId, msg.sender);
        }
        uint256 latest = latestAudit[machineId];
        if (_records[latest].state == State.Requested) expire(latest);

        auditId = ++count;
        latestAudit[machineId] = auditId;
        bytes32 seed = keccak256(abi.encode(block.chainid, address(this), auditId, blockhash(block.number - 1)));
        uint256 deadline = block.timestamp + VERDICT_PERIOD;
        _records[auditId] = Record({
            machineId: machineId,
            seed: seed,
            state: State.Requested,
            deadline: uint40(deadline),
            quorum: _quorum(),
            passes: 0,
            fails: 0
        });
        emit Requested(auditId, machineId, seed, deadline);
    }

    /// @inheritdoc IAudits
    function enroll() external {
        if (isVerifier[msg.sender]) revert Errors.Audits_AlreadyVerifier(msg.sender);
        isVerifier[msg.sender] = true;
        ++verifiers;
        emit Enrolled(msg.sender);

        STAKES.lock(msg.sender, VERIFIER_STAKE);
    }

    /// @inheritdoc IAudits
    function leave() external {
        if (!isVerifier[msg.sender]) revert Errors.Audits_NotVerifier(msg.sender);
        isVerifier[msg.sender] = false;
        --verifiers;
        emit Left(msg.sender);

        STAKES.unlock(msg.sender, VERIFIER_STAKE);
    }

    /// @inheritdoc IAudits
    function attest(uint256 auditId, bool passed, Class calldata class) external {
        Record storage record = _requireRequested(auditId);
        if (!isVerifier[msg.sender]) revert Errors.Audits_NotVerifier(msg.sender);
        if (block.timestamp > record.deadline) revert Errors.Audits_DeadlineOver(auditId, record.deadline);
        if (hasAttested[auditId][msg.sender]) revert Errors.Audits_AlreadyAttested(auditId, msg.sender);

        hasAttested[auditId][msg.sender] = true;
        emit Attested(auditId, msg.sender, passed, class);

        if (passed) {
            _passing[auditId].push(class);
            if (++record.passes == record.quorum) _pass(auditId, record);
        } else {
            if (++record.fails == record.quorum) _fail(auditId, record);
        }
    }

    /// @inheritdoc IAudits
    function expire(uint256 auditId) public {
        Record storage record = _requireRequested(auditId);
        if (block.timestamp <= record.deadline) revert Errors.Audits_StillOpen(auditId, record.deadline);
        record.state = State.NoVerdict;
        emit Finished(auditId, record.machineId, State.NoVerdict, Class(0, 0, 0, 0), 0);
    }

    /// @inheritdoc IAudits
    function classOf(uint256 machineId) external view returns (Class memory class, uint256 validUntil) {
        Proof memory proof = _proofs[machineId];
        return (proof.class, proof.validUntil);
    }

    /// @inheritdoc IAudits
    function isFresh(uint256 machineId) external view returns (bool) {
        return block.timestamp < _proofs[machineId].validUntil;
    }

    /// @inheritdoc IAudits
    function audit(uint256 auditId)
        external
        view
        returns (uint256 machineId, State state, bytes32 seed, uint256 deadline, uint256 attestations)
    {
        Record memory record = _records[auditId];
        return (record.machineId, record.state, record.seed, record.deadline, uint256(record.passes) + record.fails);
    }

    /// @inheritdoc IAudits
    function quorumOf(uint256 auditId) external view returns (uint256) {
        return _records[auditId].quorum;
    }

    function _pass(uint256 auditId, Record storage record) private {
        Class memory class = _median(_passing[auditId]);
        uint256 validUntil = block.timestamp + VALIDITY;
        record.state = State.Passed;
        _proofs[record.machineId] = Proof(class, uint40(validUntil));
        emit Finished(auditId, record.machineId, State.Passed, class, validUntil);
    }

    function _fail(uint256 auditId, Record storage record) private {
        record.state = State.Failed;
        delete _proofs[record.machineId];
        emit Finished(auditId, record.machineId, State.Failed, Class(0, 0, 0, 0), 0);
    }

    function _requireRequested(uint256 auditId) private view returns (Record storage record) {
        record = _records[auditId];
        if (record.state != State.Requested) revert Errors.Audits_NotRequested(auditId, record.state);
    }

    /// @dev Two thirds of the verifiers there are now, rounded up; one where there is none yet.
    function _quorum() private view returns (uint8) {
        uint256 committee = verifiers < MAX_COMMITTEE ? verifiers : MAX_COMMITTEE;
        return committee == 0 ? 1 : uint8((2 * committee + 2) / 3);
    }

    function _median(Class[] memory classes) private pure returns (Class memory) {
        uint256[] memory kinds = new uint256[](classes.length);
        uint256[] memory computes = new uint256[](classes.length);
        uint256[] memory memories = new uint256[](classes.length);
        uint256[] memory slots = new uint256[](classes.length);
        for (uint256 i = 0; i < classes.length; ++i) {
            kinds[i] = classes[i].kind;
            computes[i] = classes[i].computeBand;
            memories[i] = classes[i].memoryBand;
            slots[i] = classes[i].slots;
        }
        return Class({
            kind: uint8(_middle(kinds)),
            computeBand: uint16(_middle(computes)),
            memoryBand: uint16(_middle(memories)),
            slots: uint8(_middle(slots))
        });
    }

    /// @dev The lower middle: between two verdicts the machine is sold as the lesser.
    function _middle(uint256[] memory values) private pure returns (uint256) {
        return Arrays.sort(values)[(values.length - 1) / 2];
    }
}
