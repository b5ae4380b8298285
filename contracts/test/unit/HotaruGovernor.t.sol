// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Errors} from "../../src/Errors.sol";
import {HotaruGovernor} from "../../src/HotaruGovernor.sol";
import {GovernorWorld} from "../GovernorWorld.sol";

/// @title HotaruGovernorTest
/// @notice test/tree/HotaruGovernor.tree, leaf by leaf.
contract HotaruGovernorTest is GovernorWorld {
    function test_constructor_RevertWhen_TheVotingDelayIsTooLong() public {
        HotaruGovernor.Config memory config = aConfig();
        config.votingDelay = 30 days + 1;
        refuse(config, 30 days + 1, 0, 30 days);
    }

    function test_constructor_RevertWhen_TheVotingPeriodIsTooLong() public {
        HotaruGovernor.Config memory config = aConfig();
        config.votingPeriod = 60 days + 1;
        refuse(config, 60 days + 1, 1, 60 days);
    }

    function test_constructor_RevertWhen_TheThresholdIsTooHigh() public {
        HotaruGovernor.Config memory config = aConfig();
        config.proposalThreshold = 10_000_000e18 + 1;
        refuse(config, 10_000_000e18 + 1, 0, 10_000_000e18);
    }

    function test_constructor_WhenAllIsWithinBounds() public view {
        vm.assertEq(governor.votingDelay(), 1 days, "delay");
        vm.assertEq(governor.votingPeriod(), 1 weeks, "period");
        vm.assertEq(governor.proposalThreshold(), 100_000e18, "threshold");
        vm.assertEq(governor.lateQuorumVoteExtension(), 1 days, "extension");
        vm.assertEq(governor.quorum(time - 1), SUPPLY / 25, "quorum");
        vm.assertEq(governor.timelock(), address(timelock), "timelock");
        vm.assertEq(governor.CLOCK_MODE(), "mode=timestamp", "clock");
    }

    function test_constructor_WhenItIsDeployed() public view {
        bytes32[4] memory roles = [
            timelock.PROPOSER_ROLE(), timelock.EXECUTOR_ROLE(), timelock.CANCELLER_ROLE(), timelock.DEFAULT_ADMIN_ROLE()
        ];
        // Rows: the deployer, a stranger, the governor, the timelock, anyone. Columns as above.
        address[5] memory accounts = [address(this), stranger, address(governor), address(timelock), address(0)];
        bool[4][5] memory expected = [
            [false, false, false, false],
            [false, false, false, false],
            [true, false, true, false],
            [false, false, false, true],
            [false, true, false, false]
        ];
        for (uint256 i = 0; i < 5; ++i) {
            for (uint256 j = 0; j < 4; ++j) {
                vm.assertTrue(timelock.hasRole(roles[j], accounts[i]) == expected[i][j], "role");
            }
        }
        for (uint256 j = 0; j < 4; ++j) {
            vm.assertEq(timelock.getRoleAdmin(roles[j]), timelock.DEFAULT_ADMIN_ROLE(), "admin of roles");
        }
    }

    function test_propose_RevertWhen_TheProposerHasTooFewVotes() public {
        vm.prank(minnow);
        token.transfer(stranger, 1);
        skip(1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorInsufficientProposerVotes.selector, minnow, 100_000e18 - 1, 100_000e18
            )
        );
        vm.prank(minnow);
        governor.propose(list(address(table)), new uint256[](1), list(burnCall(700)), "why");
    }

    function test_execute_WhenTheVoteIsWon() public {
        bytes memory data = burnCall(700);
        uint256 proposalId = propose(address(table), data);
        assertState(proposalId, IGovernor.ProposalState.Pending);
        skip(1 days + 1);
        assertState(proposalId, IGovernor.ProposalState.Active);
        vote(whale, proposalId, FOR);
        skip(1 weeks);
        assertState(proposalId, IGovernor.ProposalState.Succeeded);
        queue(address(table), data);
        assertState(proposalId, IGovernor.ProposalState.Queued);
        skip(MIN_DELAY);
        run(address(table), data);
        assertState(proposalId, IGovernor.ProposalState.Executed);
        vm.assertEq(table.shareFor(0), 700, "share");
    }

    function test_execute_RevertWhen_TheDelayIsNotOver() public {
        bytes memory data = burnCall(700);
        decide(address(table), data);
        vm.warp(time - 1);
        bytes32 id = timelock.hashOperationBatch(
            list(address(table)), new uint256[](1), list(data), 0, bytes20(address(governor)) ^ keccak256("why")
        );
        vm.expectRevert(
            abi.encodeWithSelector(
                TimelockController.TimelockUnexpectedOperationState.selector,
                id,
                bytes32(1 << uint8(TimelockController.OperationState.Ready))
            )
        );
        run(address(table), data);
    }

    function test_queue_RevertWhen_TheQuorumIsMissed() public {
        uint256 proposalId = propose(address(table), burnCall(700));
        skip(1 days + 1);
        vote(minnow, proposalId, FOR);
        skip(1 weeks);
        assertState(proposalId, IGovernor.ProposalState.Defeated);
        refuseQueue(proposalId, IGovernor.ProposalState.Defeated);
    }

    function test_queue_RevertWhen_TheVoteIsLost() public {
        uint256 proposalId = propose(address(table), burnCall(700));
        skip(1 days + 1);
        vote(whale, proposalId, AGAINST);
        vote(minnow, proposalId, FOR);
        skip(1 weeks);
        refuseQueue(proposalId, IGovernor.ProposalState.Defeated);
    }

    function test_castVote_WhenTheQuorumComesLate() public {
        uint256 proposalId = propose(address(table), burnCall(700));
        skip(1 days + 1 weeks);
        vote(whale, proposalId, FOR);
        vm.assertEq(governor.proposalDeadline(proposalId), time + 1 days, "deadline");
        skip(1 days);
        vote(minnow, proposalId, AGAINST);
    }

    function test_setVotingDelay_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.setVotingDelay(0);
    }

    function test_setVotingDelay_RevertWhen_TheNewDelayIsTooLong() public {
        bytes memory data = abi.encodeCall(governor.setVotingDelay, (30 days + 1));
        refuseSetting(data, 30 days + 1, 0, 30 days);
    }

    function test_setVotingDelay_WhenAVoteSetsIt() public {
        bytes memory data = abi.encodeCall(governor.setVotingDelay, (30 days));
        decide(address(governor), data);
        run(address(governor), data);
        vm.assertEq(governor.votingDelay(), 30 days, "delay");
    }

    function test_setVotingPeriod_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.setVotingPeriod(1);
    }

    function test_setVotingPeriod_RevertWhen_TheNewPeriodIsTooLong() public {
        bytes memory data = abi.encodeCall(governor.setVotingPeriod, (60 days + 1));
        refuseSetting(data, 60 days + 1, 1, 60 days);
    }

    function test_setProposalThreshold_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.setProposalThreshold(0);
    }

    function test_setProposalThreshold_RevertWhen_TheNewThresholdIsTooHigh() public {
        bytes memory data = abi.encodeCall(governor.setProposalThreshold, (10_000_000e18 + 1));
        refuseSetting(data, 10_000_000e18 + 1, 0, 10_000_000e18);
    }

    function test_setLateQuorumVoteExtension_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.setLateQuorumVoteExtension(0);
    }

    function test_updateQuorumNumerator_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.updateQuorumNumerator(1);
    }

    function test_updateQuorumNumerator_RevertWhen_TheNewQuorumIsTooHigh() public {
        refuseSetting(abi.encodeCall(governor.updateQuorumNumerator, (21)), 21, 1, 20);
    }

    function test_updateQuorumNumerator_RevertWhen_TheNewQuorumIsNothing() public {
        refuseSetting(abi.encodeCall(governor.updateQuorumNumerator, (0)), 0, 1, 20);
    }

    function test_updateTimelock_RevertWhen_TheCallerIsNotTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.updateTimelock(TimelockController(payable(address(this))));
    }

    function refuse(HotaruGovernor.Config memory config, uint256 value, uint256 min, uint256 max) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.HotaruGovernor_OutOfBounds.selector, value, min, max));
        new HotaruGovernor(config);
    }

    function refuseSetting(bytes memory data, uint256 value, uint256 min, uint256 max) private {
        decide(address(governor), data);
        vm.expectRevert(abi.encodeWithSelector(Errors.HotaruGovernor_OutOfBounds.selector, value, min, max));
        run(address(governor), data);
    }

    function refuseQueue(uint256 proposalId, IGovernor.ProposalState state) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                proposalId,
                state,
                bytes32(1 << uint8(IGovernor.ProposalState.Succeeded))
            )
        );
        queue(address(table), burnCall(700));
    }

    function assertState(uint256 proposalId, IGovernor.ProposalState expected) private view {
        vm.assertEq(uint8(governor.state(proposalId)), uint8(expected), "state");
    }
}
