// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IPrices} from "./interfaces/IPrices.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";

/// @title Reporters
/// @notice Who may sign prices: governance admits, stake enrolls, two prices for one second expel.
abstract contract Reporters is IPrices, EIP712 {
    /// @dev One word, which a post reads and writes for each signer.
    struct Reporter {
        bool isAdmitted;
        bool isEnrolled;
        uint40 observedAt;
    }

    /// @notice Stake of a reporter, in token units: as a verifier's, whose word also costs others money.
    uint256 public constant REPORTER_STAKE = 1000e18;
    /// @notice What two prices for one second cost: enough that nobody does it twice, and something is left to lose.
    uint256 public constant EQUIVOCATION_FINE = REPORTER_STAKE / 2;
    /// @notice Keeps the signatures and the sort of a post cheap.
    uint256 public constant MAX_REPORTERS = 21;
    bytes32 private constant OBSERVATION_TYPEHASH = keccak256("Observation(uint64 usdPerToken,uint40 observedAt)");

    IStakes public immutable STAKES;
    /// @notice The timelock of the governor.
    address public immutable GOVERNANCE;

    uint256 private _admitted;
    address[] private _enrolled;
    mapping(address account => Reporter) internal _reporters;
    mapping(address account => mapping(uint256 observedAt => bool)) private _isProved;

    constructor(IStakes stakes, address governance, address[] memory admitted) EIP712("Hotaru Prices", "1") {
        STAKES = stakes;
        GOVERNANCE = governance;
        for (uint256 i = 0; i < admitted.length; ++i) {
            _set(admitted[i], true);
        }
    }

    /// @inheritdoc IPrices
    function setReporter(address reporter, bool admitted) external {
        if (msg.sender != GOVERNANCE) revert Errors.Prices_NotGovernance(msg.sender);
        _set(reporter, admitted);
        if (!admitted && _reporters[reporter].isEnrolled) _leave(reporter);
    }

    /// @inheritdoc IPrices
    function enroll() external {
        Reporter storage reporter = _reporters[msg.sender];
        if (!reporter.isAdmitted) revert Errors.Prices_NotAdmitted(msg.sender);
        if (reporter.isEnrolled) revert Errors.Prices_AlreadyEnrolled(msg.sender);
        uint256 subject = _subjectOf(msg.sender);
        (,, uint256 releasableAt) = STAKES.bond(address(this), subject);
        if (block.timestamp < releasableAt) revert Errors.Prices_StillUnbonding(msg.sender, releasableAt);

        reporter.isEnrolled = true;
        _enrolled.push(msg.sender);
        emit Enrolled(msg.sender);

        if (releasableAt != 0) STAKES.release(address(this), subject);
        STAKES.lock(subject, msg.sender, REPORTER_STAKE);
    }

    /// @inheritdoc IPrices
    function leave() external {
        if (!_reporters[msg.sender].isEnrolled) revert Errors.Prices_NotEnrolled(msg.sender);
        _leave(msg.sender);
    }

    /// @inheritdoc IPrices
    function proveEquivocation(address reporter, Observation calldata one, Observation calldata other) external {
        if (one.observedAt != other.observedAt || one.usdPerToken == other.usdPerToken) {
            revert Errors.Prices_NotEquivocal(reporter);
        }
        if (_isProved[reporter][one.observedAt]) revert Errors.Prices_AlreadyProved(reporter, one.observedAt);
        _requireSigner(reporter, one);
        _requireSigner(reporter, other);
        (, uint256 bonded,) = STAKES.bond(address(this), _subjectOf(reporter));
        if (bonded == 0) revert Errors.Prices_NotEnrolled(reporter);

        _isProved[reporter][one.observedAt] = true;
        if (_reporters[reporter].isAdmitted) _set(reporter, false);
        if (_reporters[reporter].isEnrolled) _leave(reporter);
        IStakes.Split memory split;
        split.reporter = msg.sender;
        uint256 taken = STAKES.slash(_subjectOf(reporter), EQUIVOCATION_FINE, 0, split);
        emit Equivocated(reporter, msg.sender, taken);
    }

    /// @inheritdoc IPrices
    function reporters() external view returns (address[] memory) {
        return _enrolled;
    }

    function _majority() internal view returns (uint256) {
        return _enrolled.length / 2 + 1;
    }

    /// @dev Who signed; the zero address, which nobody enrolls, when it is no signature.
    function _signerOf(Observation calldata observation) internal view returns (address signer) {
        bytes32 content = keccak256(abi.encode(OBSERVATION_TYPEHASH, observation.usdPerToken, observation.observedAt));
        (signer,,) = ECDSA.tryRecover(_hashTypedDataV4(content), observation.signature);
    }

    function _set(address account, bool admitted) private {
        Reporter storage reporter = _reporters[account];
        if (reporter.isAdmitted == admitted) revert Errors.Prices_ReporterUnchanged(account, admitted);
        reporter.isAdmitted = admitted;
        _admitted = admitted ? _admitted + 1 : _admitted - 1;
        if (_admitted > MAX_REPORTERS) revert Errors.Prices_TooManyReporters(_admitted, MAX_REPORTERS);
        emit ReporterSet(account, admitted);
    }

    function _leave(address account) private {
        _reporters[account].isEnrolled = false;
        uint256 last = _enrolled.length - 1;
        for (uint256 i = 0; i < last; ++i) {
            if (_enrolled[i] == account) _enrolled[i] = _enrolled[last];
        }
        _enrolled.pop();
        emit Left(account);

        STAKES.unbond(_subjectOf(account));
    }

    function _requireSigner(address reporter, Observation calldata observation) private view {
        address signer = _signerOf(observation);
        if (signer != reporter) revert Errors.Prices_NotSigner(reporter, signer);
    }

    /// @dev The subject of a reporter's bond in Stakes.
    function _subjectOf(address reporter) private pure returns (uint256) {
        return uint256(uint160(reporter));
    }
}
