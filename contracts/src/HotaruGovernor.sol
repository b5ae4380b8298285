// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Errors} from "./Errors.sol";

/// @title HotaruGovernor
/// @notice Token holders vote on the governed parameters of the ledger; what they accept runs through the timelock, which is
/// the one account that the parameters obey. All OpenZeppelin but the bounds on its own settings, within which no vote can
/// make the next one impossible. There is no guardian, and no proposal can be stopped but by votes or by its proposer before
/// they begin.
contract HotaruGovernor is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    GovernorPreventLateQuorum
{
    /// @param votingDelay Seconds from a proposal to the moment at which votes are weighed.
    /// @param votingPeriod Seconds in which votes are taken.
    /// @param proposalThreshold Votes that a proposer needs.
    /// @param lateQuorumExtension Seconds that remain at least once the quorum is reached; at most the voting period.
    struct Config {
        IVotes token;
        TimelockController timelock;
        uint48 votingDelay;
        uint32 votingPeriod;
        uint256 proposalThreshold;
        uint48 lateQuorumExtension;
    }

    /// @notice Share of all votes that must take part, in percent: reachable while most tokens sleep, and of the
    /// genesis supply still forty million tokens.
    uint256 public constant QUORUM_PERCENT = 4;
    /// @notice A delay or a period of years would freeze the ledger's parameters for good.
    uint256 public constant MAX_VOTING_DELAY = 30 days;
    uint256 public constant MAX_VOTING_PERIOD = 60 days;
    /// @notice One percent of the genesis supply; a threshold that nobody can reach would do the same.
    uint256 public constant MAX_PROPOSAL_THRESHOLD = 10_000_000e18;
    /// @notice A quorum that never comes would freeze the ledger too; one of nothing would let a single token decide.
    uint256 public constant MIN_QUORUM_PERCENT = 1;
    uint256 public constant MAX_QUORUM_PERCENT = 20;

    constructor(Config memory config)
        Governor("Hotaru Governor")
        GovernorSettings(config.votingDelay, config.votingPeriod, config.proposalThreshold)
        GovernorVotes(config.token)
        GovernorVotesQuorumFraction(QUORUM_PERCENT)
        GovernorTimelockControl(config.timelock)
        GovernorPreventLateQuorum(config.lateQuorumExtension)
    {}

    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(proposalId);
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256)
    {
        return super.proposalDeadline(proposalId);
    }

    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _setVotingDelay(uint48 delay) internal override {
        _checkBounds(delay, 0, MAX_VOTING_DELAY);
        super._setVotingDelay(delay);
    }

    function _setVotingPeriod(uint32 period) internal override {
        _checkBounds(period, 1, MAX_VOTING_PERIOD);
        super._setVotingPeriod(period);
    }

    function _setProposalThreshold(uint256 threshold) internal override {
        _checkBounds(threshold, 0, MAX_PROPOSAL_THRESHOLD);
        super._setProposalThreshold(threshold);
    }

    function _updateQuorumNumerator(uint256 percent) internal override {
        _checkBounds(percent, MIN_QUORUM_PERCENT, MAX_QUORUM_PERCENT);
        super._updateQuorumNumerator(percent);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _checkBounds(uint256 value, uint256 min, uint256 max) private pure {
        if (value < min || value > max) revert Errors.HotaruGovernor_OutOfBounds(value, min, max);
    }
}
