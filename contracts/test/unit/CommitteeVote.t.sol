// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {FakeBeacon} from "../fake/FakeBeacon.sol";
import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteeVoteTest
/// @notice test/tree/Committees.tree: the draw and the vote.
contract CommitteeVoteTest is CommitteeWorld {
    uint256 private committeeId;
    address[] private members;

    function setUp() public override {
        super.setUp();
        enrollMany(6);
        committeeId = convene(3);
    }

    function test_convene_RevertWhen_AStrangerConvenes() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotConvener.selector, stranger));
        vm.prank(stranger);
        committees.convene(3, WORK, [address(0), address(0)]);
    }

    function test_convene_RevertWhen_TheSizeIsTooSmall() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_SizeOutOfBounds.selector, 2, 3, 21));
        convene(2);
    }

    function test_convene_RevertWhen_TheSizeIsTooLarge() public {
        convene(21);
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_SizeOutOfBounds.selector, 22, 3, 21));
        convene(22);
    }

    function test_convene_WhenAConvenerConvenes() public {
        uint64 round = beacon.roundAfter(time + SEED_DELAY);
        expectLog(address(committees));
        emit ICommittees.Convened(2, faults, 11, round);
        vm.prank(faults);
        committees.convene(11, WORK, [address(0), address(0)]);

        ICommittees.Committee memory found = committees.committee(2);
        vm.assertEq(committees.count(), 2, "count");
        vm.assertEq(found.convener, faults, "convener");
        vm.assertEq(found.round, round, "round");
        vm.assertEq(found.seatUntil, time + 1 hours, "seat until");
        vm.assertTrue(beacon.timeOf(round) > time + SEED_DELAY, "nobody knows it yet");
        assertPhase(2, ICommittees.Phase.Convened);
        assertPhase(3, ICommittees.Phase.None);
    }

    function test_seat_RevertWhen_TheProofIsOfAnotherRound() public {
        uint64 round = committees.committee(committeeId).round;
        bytes memory proof = beacon.proofOf(round + 1);
        vm.expectRevert(abi.encodeWithSelector(FakeBeacon.Beacon_ProofInvalid.selector, round));
        committees.seat(committeeId, proof);
    }

    function test_seat_RevertWhen_ItIsSeatedAlready() public {
        seat(committeeId);
        bytes memory proof = beacon.proofOf(committees.committee(committeeId).round);
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Committing));
        committees.seat(committeeId, proof);
    }

    function test_seat_RevertWhen_ItsTimeIsOver() public {
        uint256 other = convene(3);
        skip(1 hours);
        vm.assertEq(seat(other).length, 3, "in the last second");
        skip(1);
        bytes memory proof = beacon.proofOf(committees.committee(committeeId).round);
        vm.expectRevert(wrongPhase(committeeId, ICommittees.Phase.Over));
        committees.seat(committeeId, proof);
    }

    function test_seat_WhenEnoughAreEligible() public {
        ICommittees.Committee memory found = committees.committee(committeeId);
        bytes32 seed = beacon.randomness(found.round, beacon.proofOf(found.round));
        members = seat(committeeId);
        found = committees.committee(committeeId);
        vm.assertEq(members.length, 3, "members");
        vm.assertEq(found.seated, 3, "seated");
        vm.assertEq(found.seed, seed, "seed");
        vm.assertEq(found.commitUntil, time + WORK, "commit until");
        vm.assertEq(found.revealUntil, time + WORK + 15 minutes, "reveal until");
        assertPhase(committeeId, ICommittees.Phase.Committing);
    }

    function test_seat_WhenFewerAreEligibleThanAskedFor() public {
        committeeId = convene(6, verifier(0), verifier(4));
        members = seat(committeeId);
        vm.assertEq(members.length, 4, "members");
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertTrue(members[i] != verifier(0) && members[i] != verifier(4), "excluded");
        }
    }

    function test_seat_WhenFewerThanThreeAreEligible() public {
        for (uint256 i = 2; i < 6; ++i) {
            leave(verifier(i));
        }
        expectLog(address(committees));
        ICommittees.Committee memory found = committees.committee(committeeId);
        bytes32 seed = beacon.randomness(found.round, beacon.proofOf(found.round));
        emit ICommittees.Seated(committeeId, seed, new address[](0), time, time);
        seat(committeeId);
        assertPhase(committeeId, ICommittees.Phase.Over);
        dismiss(committeeId);
        (uint256 amount,) = bondOf(verifier(0));
        vm.assertEq(amount, 1000e18, "nobody is fined");
    }

    function test_seat_WhenNobodyEverEnrolled() public {
        deployCommittees();
        committeeId = convene(3);
        vm.assertEq(seat(committeeId).length, 0, "members");
        assertPhase(committeeId, ICommittees.Phase.Over);
    }

    function test_seat_WhenTwoCommitteesHaveTheSameRound() public {
        for (uint256 i = 6; i < 30; ++i) {
            enroll(verifier(i), 1);
        }
        skip(1);
        (uint256 one, uint256 two) = (convene(5), convene(5));
        vm.assertEq(committees.committee(one).round, committees.committee(two).round, "round");
        bytes32 first = keccak256(abi.encode(seat(one)));
        vm.assertTrue(first != keccak256(abi.encode(seat(two))), "members");
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
