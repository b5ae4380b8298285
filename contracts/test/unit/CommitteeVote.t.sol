// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteeVoteTest
/// @notice test/tree/Committees.tree: the vote.
contract CommitteeVoteTest is CommitteeWorld {
    uint256 private committeeId;
    address[] private members;

    function setUp() public override {
        super.setUp();
        enrollMany(6);
        committeeId = convene(3);
    }

    function test_commit_RevertWhen_ItIsNotSeated() public {
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Convened));
        vm.prank(verifier(0));
        committees.commit(committeeId, "commitment");
    }

    function test_commit_RevertWhen_TheCallerWasNotDrawn() public {
        seat(committeeId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotMember.selector, committeeId, stranger));
        vm.prank(stranger);
        committees.commit(committeeId, "commitment");
    }

    function test_commit_RevertWhen_TheCallerHasCommitted() public {
        members = seat(committeeId);
        commit(committeeId, members[0], "vote");
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_AlreadyCommitted.selector, committeeId, members[0]));
        vm.prank(members[0]);
        committees.commit(committeeId, "another");
    }

    function test_commit_RevertWhen_CommitsAreClosed() public {
        members = seat(committeeId);
        skip(WORK);
        commit(committeeId, members[0], "in the last second");
        skip(1);
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Revealing));
        vm.prank(members[1]);
        committees.commit(committeeId, "commitment");
    }

    function test_commit_WhenAMemberCommits() public {
        members = seat(committeeId);
        expectLog(address(committees));
        emit ICommittees.Committed(committeeId, members[1]);
        vm.prank(members[1]);
        committees.commit(committeeId, "commitment");
        vm.assertEq(committees.committee(committeeId).committed, 1, "committed");
        assertPhase(committeeId, ICommittees.Phase.Committing);
    }

    function test_commit_WhenTheLastMemberCommits() public {
        commitAll();
        assertPhase(committeeId, ICommittees.Phase.Revealing);
    }

    function test_reveal_RevertWhen_CommitsAreStillOpen() public {
        members = seat(committeeId);
        commit(committeeId, members[0], "vote");
        expectReveal(0, "vote", wrongPhase(committeeId, ICommittees.Phase.Committing));
    }

    function test_reveal_RevertWhen_TheVoteIsZero() public {
        commitAll();
        expectReveal(0, 0, abi.encodeWithSelector(Errors.Committees_VoteEmpty.selector, committeeId));
    }

    function test_reveal_RevertWhen_TheCallerHasNotCommitted() public {
        members = seat(committeeId);
        commit(committeeId, members[0], "vote");
        skipPast(committees.committee(committeeId).commitUntil);
        bytes memory reason = abi.encodeWithSelector(Errors.Committees_NotCommitted.selector, committeeId, members[1]);
        expectReveal(1, "vote", reason);
    }

    function test_reveal_RevertWhen_TheCallerHasRevealed() public {
        commitAll();
        reveal(committeeId, members[0], "vote");
        bytes memory reason =
            abi.encodeWithSelector(Errors.Committees_AlreadyRevealed.selector, committeeId, members[0]);
        expectReveal(0, "vote", reason);
    }

    function test_reveal_RevertWhen_TheVoteIsNotTheCommittedOne() public {
        commitAll();
        bytes memory reason = abi.encodeWithSelector(
            Errors.Committees_NotTheCommittedVote.selector,
            committeeId,
            committees.commitmentOf(committeeId, members[0], "vote", saltOf(members[0])),
            committees.commitmentOf(committeeId, members[0], "other", saltOf(members[0]))
        );
        expectReveal(0, "other", reason);
    }

    function test_reveal_RevertWhen_RevealsAreClosed() public {
        commitAll();
        skipTo(committees.committee(committeeId).revealUntil);
        reveal(committeeId, members[0], "vote");
        skip(1);
        expectReveal(1, "vote", wrongPhase(committeeId, ICommittees.Phase.Over));
    }

    function test_reveal_WhenAMemberReveals() public {
        commitAll();
        reveal(committeeId, members[2], "vote");
        expectLog(address(committees));
        emit ICommittees.Revealed(committeeId, members[1], "vote");
        reveal(committeeId, members[1], "vote");

        (address[] memory voters, bytes32[] memory votes) = committees.votesOf(committeeId);
        vm.assertEq(voters.length, 2, "voters");
        vm.assertEq(voters[0], members[1], "first");
        vm.assertEq(voters[1], members[2], "second");
        vm.assertEq(votes[0], "vote", "vote");
        vm.assertEq(committees.committee(committeeId).revealed, 2, "revealed");
        assertPhase(committeeId, ICommittees.Phase.Revealing);
    }

    function test_reveal_WhenTheLastCommittedMemberReveals() public {
        members = seat(committeeId);
        commit(committeeId, members[0], "vote");
        skipPast(committees.committee(committeeId).commitUntil);
        reveal(committeeId, members[0], "vote");
        assertPhase(committeeId, ICommittees.Phase.Over);
    }

    function test_dismiss_RevertWhen_TheCallerDidNotConveneIt() public {
        skip(1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotConvener.selector, faults));
        vm.prank(faults);
        committees.dismiss(committeeId);
    }

    function test_dismiss_RevertWhen_ItIsNotOver() public {
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Convened));
        dismiss(committeeId);
        commitAll();
        skipTo(committees.committee(committeeId).revealUntil);
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Revealing));
        dismiss(committeeId);
    }

    function test_dismiss_RevertWhen_ItIsDismissedAlready() public {
        skip(1 hours + 1);
        dismiss(committeeId);
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Dismissed));
        dismiss(committeeId);
    }

    function test_dismiss_WhenSomeWereSilent() public {
        commitAll();
        reveal(committeeId, members[1], "vote");
        skipPast(committees.committee(committeeId).revealUntil);
        expectLog(address(committees));
        emit ICommittees.Dismissed(committeeId, 1, 2);
        dismiss(committeeId);

        for (uint256 i = 0; i < 3; ++i) {
            (uint256 amount,) = bondOf(members[i]);
            vm.assertEq(amount, i == 1 ? 1000e18 : 990e18, "bond");
            vm.assertEq(rewards.credits(members[i]), i == 1 ? 1 : 0, "pay");
            vm.assertTrue(committees.isVerifier(members[i]), "verifier");
        }
    }

    function test_dismiss_WhenNobodySeatedIt() public {
        skip(1 hours + 1);
        expectLog(address(committees));
        emit ICommittees.Dismissed(committeeId, 0, 0);
        dismiss(committeeId);
        vm.assertEq(stakes.total(), 6000e18, "stake");
    }

    function commitAll() private {
        members = seat(committeeId);
        for (uint256 i = 0; i < members.length; ++i) {
            commit(committeeId, members[i], "vote");
        }
    }

    function expectReveal(uint256 by, bytes32 ballot, bytes memory reason) private {
        bytes32 salt = saltOf(members[by]);
        vm.expectRevert(reason);
        vm.prank(members[by]);
        committees.reveal(committeeId, ballot, salt);
    }
}
