// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {FakeBeacon} from "../fake/FakeBeacon.sol";
import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteeDrawTest
/// @notice test/tree/Committees.tree: the draw.
contract CommitteeDrawTest is CommitteeWorld {
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
}
