// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Committees} from "../../src/Committees.sol";
import {Errors} from "../../src/Errors.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteesTest
/// @notice test/tree/Committees.tree: who is enrolled and what it costs him.
contract CommitteesTest is CommitteeWorld {
    function test_constructor_RevertWhen_TheSeedDelayIsLongerThanAMinute() public {
        new Committees(config(60));
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_SeedDelayOutOfBounds.selector, 61, 60));
        new Committees(config(61));
    }

    function test_enroll_RevertWhen_NoTicketIsAskedFor() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_TicketsOutOfBounds.selector, 0, 16));
        enrollOnly(stranger, 0);
    }

    function test_enroll_RevertWhen_ThereWouldBeTooManyTickets() public {
        enroll(stranger, 16);
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_TicketsOutOfBounds.selector, 17, 16));
        enrollOnly(stranger, 1);
    }

    function test_enroll_RevertWhen_TheFreeStakeIsTooSmall() public {
        fund(stranger, 1999e18);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, stranger, 2000e18, 1999e18));
        enrollOnly(stranger, 2);
    }

    function test_enroll_RevertWhen_TheOldStakeIsStillUnbonding() public {
        enroll(stranger, 1);
        leave(stranger);
        uint256 releasableAt = time + UNBONDING_PERIOD;
        fund(stranger, 1000e18);
        skip(UNBONDING_PERIOD - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_StillUnbonding.selector, stranger, releasableAt));
        enrollOnly(stranger, 1);
    }

    function test_enroll_WhenTheStakeIsFree() public {
        fund(stranger, 3000e18);
        expectLog(address(committees));
        emit ICommittees.Enrolled(stranger, 3, 7);
        vm.prank(stranger);
        committees.enroll(3, 7);

        (uint256 amount,) = bondOf(stranger);
        vm.assertTrue(committees.isVerifier(stranger), "verifier");
        vm.assertEq(committees.ticketsOf(stranger), 3, "tickets");
        vm.assertEq(committees.regionOf(stranger), 7, "region");
        vm.assertEq(committees.verifiers(), 1, "verifiers");
        vm.assertEq(amount, 3000e18, "bond");
    }

    function test_enroll_WhenAnEnrolledVerifierTakesMoreTickets() public {
        enroll(stranger, 1);
        enroll(stranger, 2);
        (uint256 amount,) = bondOf(stranger);
        vm.assertEq(amount, 3000e18, "bond");
        vm.assertEq(committees.ticketsOf(stranger), 3, "tickets");
        vm.assertEq(committees.verifiers(), 1, "verifiers");
    }

    function test_enroll_WhenAFineHasToBeFilledUp() public {
        enroll(stranger, 2);
        slash(stranger, 30e18);
        fund(stranger, 30e18);
        enrollOnly(stranger, 0);
        (uint256 amount,) = bondOf(stranger);
        vm.assertEq(amount, 2000e18, "bond");
        vm.assertEq(committees.ticketsOf(stranger), 2, "tickets");
        vm.assertEq(stakes.free(stranger), 0, "free");
    }

    function test_enroll_WhenTheOldStakeHasUnbonded() public {
        enroll(stranger, 2);
        leave(stranger);
        skip(UNBONDING_PERIOD);
        enrollOnly(stranger, 1);
        (uint256 amount, uint256 releasableAt) = bondOf(stranger);
        vm.assertEq(amount, 1000e18, "bond");
        vm.assertEq(releasableAt, 0, "releasable at");
        vm.assertEq(stakes.free(stranger), 1000e18, "free");
        vm.assertEq(committees.ticketsOf(stranger), 1, "tickets");
    }

    function test_enroll_WhenTicketsAreVacant() public {
        enrollMany(5);
        uint256 before = convene(5);
        leave(verifier(1));
        enroll(stranger, 1);
        skip(1);
        // The place is taken again, by someone too new for the older draw, and it is not the sixth.
        vm.assertEq(seat(before).length, 4, "older draw");
        address[] memory members = seat(convene(5));
        vm.assertEq(members.length, 5, "later draw");
        bool found = false;
        for (uint256 i = 0; i < 5; ++i) {
            found = found || members[i] == stranger;
        }
        vm.assertTrue(found, "drawn");
    }

    function test_leave_RevertWhen_TheCallerIsNotEnrolled() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotVerifier.selector, stranger));
        leave(stranger);
    }

    function test_leave_WhenTheCallerIsEnrolled() public {
        enrollMany(4);
        uint256 committeeId = convene(4);
        expectLog(address(committees));
        emit ICommittees.Left(verifier(2));
        leave(verifier(2));

        (uint256 amount, uint256 releasableAt) = bondOf(verifier(2));
        vm.assertEq(amount, 1000e18, "bond");
        vm.assertEq(releasableAt, time + UNBONDING_PERIOD, "releasable at");
        vm.assertEq(committees.verifiers(), 3, "verifiers");
        vm.assertTrue(!committees.isVerifier(verifier(2)), "verifier");
        address[] memory members = seat(committeeId);
        vm.assertEq(members.length, 3, "members");
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertTrue(members[i] != verifier(2), "not drawn");
        }
    }

    function test_leave_WhenTheCallerIsSeated() public {
        enrollMany(3);
        uint256 committeeId = convene(3);
        address[] memory members = seat(committeeId);
        leave(members[0]);
        leave(members[1]);
        commit(committeeId, members[0], "vote");
        skipPast(committees.committee(committeeId).commitUntil);
        reveal(committeeId, members[0], "vote");
        dismiss(committeeId);

        (uint256 voted,) = bondOf(members[0]);
        (uint256 silent,) = bondOf(members[1]);
        vm.assertEq(voted, 1000e18, "voted");
        vm.assertEq(rewards.credits(members[0]), 1, "paid");
        vm.assertEq(silent, 990e18, "silent");
    }

    function test_slash_RevertWhen_AStrangerSlashes() public {
        IStakes.Split memory split;
        vm.expectRevert(abi.encodeWithSelector(Errors.Committees_NotConvener.selector, stranger));
        vm.prank(stranger);
        committees.slash(verifier(0), 1, split);
    }

    function test_slash_WhenSomeTicketsAreNoLongerCovered() public {
        enroll(stranger, 4);
        vm.assertEq(slash(stranger, 400e18), 400e18, "taken");
        vm.assertEq(committees.ticketsOf(stranger), 4, "at the floor");
        expectLog(address(committees));
        emit ICommittees.TicketsLost(stranger, 3);
        slash(stranger, 1);
        vm.assertEq(committees.ticketsOf(stranger), 3, "below it");
        vm.assertEq(committees.verifiers(), 1, "verifiers");
        (, uint256 releasableAt) = bondOf(stranger);
        vm.assertEq(releasableAt, 0, "still locked");
    }

    function test_slash_WhenNoTicketIsCovered() public {
        enroll(stranger, 1);
        expectLog(address(committees));
        emit ICommittees.Left(stranger);
        slash(stranger, 200e18);
        (uint256 amount, uint256 releasableAt) = bondOf(stranger);
        vm.assertEq(amount, 800e18, "bond");
        vm.assertEq(releasableAt, time + UNBONDING_PERIOD, "releasable at");
        vm.assertTrue(!committees.isVerifier(stranger), "verifier");
    }

    function test_slash_WhenHeHasLeft() public {
        enroll(stranger, 1);
        leave(stranger);
        skip(UNBONDING_PERIOD);
        vm.assertEq(slash(stranger, 5000e18), 1000e18, "taken");
        vm.assertEq(stakes.totalOf(stranger), 0, "stake");
    }

    function test_slash_WhenHisStakeIsGone() public {
        enroll(stranger, 1);
        leave(stranger);
        skip(UNBONDING_PERIOD);
        stakes.release(address(committees), uint256(uint160(stranger)));
        expectNoLogs();
        vm.assertEq(slash(stranger, 1), 0, "taken");
        assertNoLogs();
        vm.assertEq(stakes.free(stranger), 1000e18, "free");
    }

    function slash(address who, uint256 amount) private returns (uint256) {
        IStakes.Split memory split;
        vm.prank(convener);
        return committees.slash(who, amount, split);
    }
}
