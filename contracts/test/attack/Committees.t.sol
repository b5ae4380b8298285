// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteeAttacks
/// @notice What a verifier might try: copy, wait, buy himself in, vote twice, run away.
contract CommitteeAttacks is CommitteeWorld {
    address[] private members;

    function setUp() public override {
        super.setUp();
        enrollMany(8);
    }

    function test_attack_frontRun_aCopiedCommitmentOpensNothing() public {
        uint256 committeeId = seated(3);
        bytes32 copied = committees.commitmentOf(committeeId, members[0], "vote", saltOf(members[0]));
        vm.prank(members[1]);
        committees.commit(committeeId, copied);
        commit(committeeId, members[0], "vote");
        commit(committeeId, members[2], "vote");
        reveal(committeeId, members[0], "vote");

        bytes32 own = committees.commitmentOf(committeeId, members[1], "vote", saltOf(members[0]));
        bytes32 salt = saltOf(members[0]);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Committees_NotTheCommittedVote.selector, committeeId, copied, own)
        );
        vm.prank(members[1]);
        committees.reveal(committeeId, "vote", salt);
    }

    function test_attack_replay_aCommitmentOfAnotherCommitteeOpensNothing() public {
        for (uint256 i = 3; i < 8; ++i) {
            leave(verifier(i));
        }
        (uint256 first, uint256 second) = (seated(3), seated(3));
        address who = members[0];
        bytes32 old = committees.commitmentOf(first, who, "vote", saltOf(who));
        vm.prank(who);
        committees.commit(second, old);
        skipPast(committees.committee(second).commitUntil);
        bytes32 own = committees.commitmentOf(second, who, "vote", saltOf(who));
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotTheCommittedVote.selector, second, old, own));
        reveal(second, who, "vote");
    }

    function test_attack_replay_anotherChainHasOtherCommitments() public view {
        bytes32 here = committees.commitmentOf(1, stranger, "vote", "salt");
        bytes32 elsewhere = keccak256(
            abi.encode(block.chainid + 1, address(committees), 1, stranger, bytes32("vote"), bytes32("salt"))
        );
        vm.assertTrue(here != elsewhere, "chain");
        vm.assertEq(
            here,
            keccak256(abi.encode(block.chainid, address(committees), 1, stranger, bytes32("vote"), bytes32("salt"))),
            "all that binds it"
        );
    }

    function test_attack_withheldReveal_costsTheFineAndFreesNobody() public {
        uint256 committeeId = seated(3);
        for (uint256 i = 0; i < 3; ++i) {
            commit(committeeId, members[i], "vote");
        }
        reveal(committeeId, members[0], "vote");
        reveal(committeeId, members[1], "vote");
        // He sees both votes and keeps his. Waiting holds the committee up until its deadline, and no longer.
        skipPast(committees.committee(committeeId).revealUntil);
        dismiss(committeeId);
        (uint256 amount,) = bondOf(members[2]);
        vm.assertEq(amount, 990e18, "fined");
        vm.assertEq(rewards.credits(members[2]), 0, "unpaid");
        vm.assertEq(rewards.credits(members[0]), 1, "who opened is paid");
    }

    function test_attack_lastRevealer_gainsNothing() public {
        uint256 committeeId = seated(3);
        for (uint256 i = 0; i < 3; ++i) {
            commit(committeeId, members[i], i == 2 ? bytes32("other") : bytes32("vote"));
        }
        reveal(committeeId, members[0], "vote");
        reveal(committeeId, members[1], "vote");
        // What he can open is what he committed to, and he is paid as the others are, whatever it says.
        bytes32 salt = saltOf(members[2]);
        vm.prank(members[2]);
        (bool changed,) =
            address(committees).call(abi.encodeCall(ICommittees.reveal, (committeeId, bytes32("vote"), salt)));
        vm.assertTrue(!changed, "his vote is fixed");
        reveal(committeeId, members[2], "other");
        dismiss(committeeId);
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertEq(rewards.credits(members[i]), 1, "flat");
        }
    }

    function test_attack_lateTickets_boughtOnceTheRoundIsKnownAreNotDrawn() public {
        uint256 committeeId = convene(5);
        // Now the round comes out; he buys a hundred times the tickets there are, vacant ones among them.
        leave(verifier(0));
        for (uint256 i = 100; i < 150; ++i) {
            enroll(verifier(i), 16);
        }
        skip(1 minutes);
        members = seat(committeeId);
        vm.assertEq(members.length, 5, "members");
        for (uint256 i = 0; i < 5; ++i) {
            vm.assertTrue(uint160(members[i]) < uint160(verifier(8)), "bought himself in");
        }
    }

    function test_attack_lateTickets_ofTheSameSecondAreNotDrawn() public {
        for (uint256 i = 0; i < 6; ++i) {
            leave(verifier(i));
        }
        for (uint256 i = 100; i < 110; ++i) {
            enroll(verifier(i), 1);
        }
        uint256 committeeId = convene(3);
        vm.assertEq(seat(committeeId).length, 0, "two were there before");
    }

    function test_attack_doubleVote_aSecondCommitOrRevealIsRefused() public {
        uint256 committeeId = seated(3);
        commit(committeeId, members[0], "vote");
        (bytes32 commitment, bytes32 salt) = ("another", saltOf(members[0]));
        vm.prank(members[0]);
        (bool again,) = address(committees).call(abi.encodeCall(ICommittees.commit, (committeeId, commitment)));
        commit(committeeId, members[1], "vote");
        commit(committeeId, members[2], "vote");
        reveal(committeeId, members[0], "vote");
        vm.prank(members[0]);
        (bool twice,) =
            address(committees).call(abi.encodeCall(ICommittees.reveal, (committeeId, bytes32("vote"), salt)));
        vm.assertTrue(!again && !twice, "one vote");
        (address[] memory voters,) = committees.votesOf(committeeId);
        vm.assertEq(voters.length, 1, "voters");
    }

    function test_attack_sybil_manyTicketsOfOneAccountTakeOneSeat() public {
        enroll(stranger, 16);
        skip(1);
        members = seat(convene(9));
        vm.assertEq(members.length, 9, "everybody is drawn once");
    }

    function test_attack_unbondBeforeSlash_leavingSavesNothing() public {
        leave(verifier(0));
        skip(UNBONDING_PERIOD - 1);
        IStakes.Split memory split;
        split.reporter = stranger;
        vm.prank(convener);
        committees.slash(verifier(0), 200e18, split);
        (uint256 amount,) = bondOf(verifier(0));
        vm.assertEq(amount, 800e18, "slashed");
        vm.assertEq(stakes.free(stranger), 40e18, "reporter");
    }

    function test_attack_grindByLeaving_movesNobodyElse() public {
        uint256 committeeId = convene(5);
        bytes memory proof = beacon.proofOf(committees.committee(committeeId).round);
        uint256 snapshot = vm.snapshotState();
        committees.seat(committeeId, proof);
        address[] memory before = committees.membersOf(committeeId);
        vm.revertToState(snapshot);
        // The second sees that he is drawn and runs. The others keep their seats, and the next try fills his.
        leave(before[1]);
        committees.seat(committeeId, proof);
        members = committees.membersOf(committeeId);
        vm.assertEq(members[0], before[0], "first");
        for (uint256 i = 2; i < 5; ++i) {
            vm.assertEq(members[i - 1], before[i], "one seat up");
        }
        vm.assertEq(members.length, 5, "seats");
    }

    function seated(uint256 size) private returns (uint256 committeeId) {
        committeeId = convene(size);
        members = seat(committeeId);
    }
}
