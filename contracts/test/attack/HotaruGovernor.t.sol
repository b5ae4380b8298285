// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Errors} from "../../src/Errors.sol";
import {IBurnTable} from "../../src/interfaces/IBurnTable.sol";
import {IClassTable} from "../../src/interfaces/IClassTable.sol";
import {GovernorWorld} from "../GovernorWorld.sol";

/// @title HotaruGovernorAttack
/// @notice Who would take the parameters without a vote, or a vote without tokens.
contract HotaruGovernorAttack is GovernorWorld {
    function test_attack_flashLoan_borrowedTokensHaveNoVote() public {
        uint256 proposalId = propose(address(table), burnCall(5000));
        skip(1 days + 1);
        borrow();
        vote(stranger, proposalId, FOR);
        repay();
        (, uint256 votesFor,) = governor.proposalVotes(proposalId);
        vm.assertEq(votesFor, 0, "votes after the snapshot");
    }

    function test_attack_flashLoan_borrowedTokensMakeNoProposal() public {
        borrow();
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, stranger, 0, 100_000e18)
        );
        vm.prank(stranger);
        governor.propose(list(address(table)), new uint256[](1), list(burnCall(5000)), "why");
    }

    function test_attack_flashLoan_tokensOfTheSnapshotsOwnSecondDoNotCountTwice() public {
        uint256 proposalId = propose(address(table), burnCall(5000));
        skip(1 days);
        // In the very second of the snapshot, when it is not over yet, nobody can vote.
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                proposalId,
                IGovernor.ProposalState.Pending,
                bytes32(1 << uint8(IGovernor.ProposalState.Active))
            )
        );
        vote(whale, proposalId, FOR);
        vm.prank(whale);
        token.transfer(stranger, SUPPLY / 20);
        vm.prank(stranger);
        token.delegate(stranger);
        skip(1);
        vote(whale, proposalId, FOR);
        vote(stranger, proposalId, FOR);
        (, uint256 votesFor,) = governor.proposalVotes(proposalId);
        vm.assertEq(votesFor, SUPPLY / 20, "once");
    }

    function test_attack_accessControl_onlyTheTimelockSetsAParameter() public {
        address[4] memory callers = [address(this), address(governor), whale, stranger];
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_NotGovernance.selector, callers[i]));
            vm.prank(callers[i]);
            table.set(new IBurnTable.Step[](1));
            vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NotGovernance.selector, callers[i]));
            vm.prank(callers[i]);
            classTable.set(new IClassTable.Row[](0));
        }
    }

    function test_attack_accessControl_nobodySchedulesPastTheGovernor() public {
        bytes32 role = timelock.PROPOSER_ROLE();
        address[3] memory callers = [address(this), whale, stranger];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, callers[i], role)
            );
            vm.prank(callers[i]);
            timelock.schedule(address(table), 0, burnCall(5000), 0, 0, MIN_DELAY);
        }
    }

    function test_attack_accessControl_theDeployerGrantsNoRole() public {
        bytes32 role = timelock.PROPOSER_ROLE();
        bytes32 admin = timelock.DEFAULT_ADMIN_ROLE();
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), admin)
        );
        timelock.grantRole(role, address(this));
    }

    function test_attack_accessControl_theDelayIsOnlyTheTimelocks() public {
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, address(this)));
        timelock.updateDelay(0);
    }

    function test_attack_replay_anExecutedProposalDoesNotRunTwice() public {
        bytes memory data = burnCall(700);
        decide(address(table), data);
        run(address(table), data);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                governor.getProposalId(list(address(table)), new uint256[](1), list(data), keccak256("why")),
                IGovernor.ProposalState.Executed,
                bytes32(1 << uint8(IGovernor.ProposalState.Queued))
            )
        );
        run(address(table), data);
    }

    function borrow() private {
        vm.prank(account("sleeper"));
        token.transfer(stranger, SUPPLY / 2);
        vm.prank(stranger);
        token.delegate(stranger);
    }

    function repay() private {
        vm.prank(stranger);
        token.transfer(account("sleeper"), SUPPLY / 2);
    }
}
