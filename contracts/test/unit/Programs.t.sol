// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {FakeHook} from "../fake/FakeHook.sol";
import {ProgramWorld} from "../ProgramWorld.sol";

/// @title ProgramsTest
/// @notice test/tree/Programs.tree: create, join, leave, sync and roll.
contract ProgramsTest is ProgramWorld {
    IPrograms.Fact private constant AVAILABILITY = IPrograms.Fact.Availability;

    function test_join_RevertWhen_ThereIsNoSuchProgramme() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Unknown.selector, 1));
        join(1, 1);
    }

    function test_join_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        uint256 id = create(AVAILABILITY, 5);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_NotMachine.selector, 1, stranger));
        vm.prank(stranger);
        programs.join(id, 1);
    }

    function test_join_RevertWhen_TheLastEpochHasBegun() public {
        uint256 id = create(AVAILABILITY, 5);
        uint256 until = now_() + 6;
        skipEpochs(4);
        join(id, 1);
        skipEpochs(1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Over.selector, id, until));
        join(id, 2);
    }

    function test_join_RevertWhen_TheMachineTakesPartAlready() public {
        uint256 id = create(AVAILABILITY, 5);
        join(id, 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_AlreadyJoined.selector, id, 1));
        join(id, 1);
    }

    function test_join_RevertWhen_TheMachineTakesPartInTooMany() public {
        for (uint256 i = 0; i < 8; ++i) {
            join(create(AVAILABILITY, 5), 1);
        }
        uint256 id = create(AVAILABILITY, 5);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_TooMany.selector, 1, 8));
        join(id, 1);
        leave(3, 1);
        join(id, 1);
    }

    function test_join_RevertWhen_TheHookSaysNo() public {
        (uint256 id, FakeHook hook) = createHooked();
        hook.set(FakeHook.Answer.No);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Refused.selector, id, 1));
        join(id, 1);
    }

    function test_join_WhenTheHookSaysYes() public {
        (uint256 id,) = createHooked();
        join(id, 1);
        vm.assertEq(programs.programsOf(1).length, 1, "in");
    }

    function test_join_WhenTheProgrammeHasNotBegun() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.fromEpoch += 3;
        uint256 id = create(terms);
        weigh(1, 10, now_() + 100);
        expectLog(address(programs));
        emit IPrograms.Joined(id, 1, terms.fromEpoch);
        expectLog(address(programs));
        emit IPrograms.Weighed(id, 1, 10, terms.fromEpoch, now_() + 100);
        join(id, 1);
        IPrograms.Member memory member = programs.memberOf(id, 1);
        vm.assertEq(member.from, terms.fromEpoch, "from");
        vm.assertEq(member.until, type(uint32).max, "until");
        vm.assertEq(member.points, 10, "points");
        vm.assertEq(member.pointsUntil, now_() + 100, "points until");
        skipEpochs(6);
        vm.assertEq(claim(id, 1), 2000e18, "its first two epochs");
    }

    function test_join_WhenTheProgrammeRuns() public {
        uint256 id = create(AVAILABILITY, 5);
        skipEpochs(2);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(2);
        vm.assertEq(claim(id, 1), 1000e18, "one epoch");
    }

    function test_leave_RevertWhen_TheMachineIsAStrangers() public {
        uint256 id = create(AVAILABILITY, 5);
        join(id, 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_NotMachine.selector, 1, stranger));
        vm.prank(stranger);
        programs.leave(id, 1);
    }

    function test_leave_RevertWhen_TheMachineDoesNotTakePart() public {
        uint256 id = create(AVAILABILITY, 5);
        join(id, 1);
        leave(id, 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_NotJoined.selector, id, 1));
        leave(id, 1);
    }

    function test_leave_WhenItTakesPart() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(2);
        expectLog(address(programs));
        emit IPrograms.Left(id, 1, now_() + 1);
        leave(id, 1);
        skipEpochs(9);
        vm.assertEq(claim(id, 1), 2000e18, "the epoch before and the one in which it left");
        vm.assertEq(programs.programsOf(1).length, 0, "out");
    }

    function test_leave_WhenItLeavesAfterItsPointsChangedTwice() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(2);
        weigh(1, 20, now_() + 100);
        programs.sync(id, 1);
        skipEpochs(2);
        weigh(1, 30, now_() + 100);
        leave(id, 1);
        skipEpochs(1);
        vm.assertEq(claim(id, 1), 4000e18, "four epochs");
    }

    function test_leave_WhenTheProgrammeHasNotBegunYet() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.fromEpoch += 2;
        uint256 id = create(terms);
        weigh(1, 10, now_() + 100);
        weigh(2, 30, now_() + 100);
        join(id, 1);
        join(id, 2);
        leave(id, 1);
        skipEpochs(9);
        vm.assertEq(claim(id, 1), 0, "nothing");
        vm.assertLe(3000e18, claim(id, 2) + 100, "all is the other's");
    }

    function test_leave_WhenItLeavesAndJoinsAgain() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(1);
        leave(id, 1);
        skipEpochs(3);
        join(id, 1);
        skipEpochs(3);
        vm.assertEq(claim(id, 1), 3000e18, "one before, two after");
    }

    function test_leave_WhenItTakesPartInSeveral() public {
        for (uint256 i = 0; i < 4; ++i) {
            join(create(AVAILABILITY, 5), 1);
        }
        leave(2, 1);
        leave(4, 1);
        uint256[] memory left = programs.programsOf(1);
        vm.assertEq(left.length, 2, "two");
        vm.assertEq(left[0], 1, "the first");
        vm.assertEq(left[1], 3, "and the third");
    }

    function test_sync_RevertWhen_TheMachineTakesNoPart() public {
        uint256 id = create(AVAILABILITY, 5);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_NotJoined.selector, id, 1));
        programs.sync(id, 1);
    }

    function test_sync_WhenItsClassIsLost() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(3);
        weigh(1, 0, 0);
        programs.sync(id, 1);
        vm.assertEq(programs.memberOf(id, 1).owed, 2000e18, "the epochs before are owed");
        skipEpochs(3);
        vm.assertEq(claim(id, 1), 2000e18, "and no others");
    }

    function test_sync_WhenItsPointsRise() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        weigh(2, 10, now_() + 100);
        join(id, 1);
        join(id, 2);
        skipEpochs(1);
        weigh(1, 30, now_() + 100);
        programs.sync(id, 1);
        skipEpochs(2);
        vm.assertEq(claim(id, 1), 1250e18, "a half and three quarters");
        vm.assertEq(claim(id, 2), 750e18, "a half and a quarter");
    }

    function test_roll_RevertWhen_TheProgrammeWasNeverCreated() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Unknown.selector, 7));
        programs.roll(7, 1);
    }

    function test_roll_WhenTheEndIsReached() public {
        uint256 id = create(AVAILABILITY, 3);
        uint256 until = now_() + 4;
        skipEpochs(20);
        programs.roll(id, 100);
        vm.assertEq(programs.nextEpochOf(id), until, "the end");
    }

    function test_roll_WhenFewerEpochsAreAskedFor() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        uint256 epoch = now_() + 1;
        skipEpochs(9);
        expectLog(address(programs));
        emit IPrograms.Rolled(id, epoch, 10, 0);
        expectLog(address(programs));
        emit IPrograms.Rolled(id, epoch + 1, 10, 0);
        programs.roll(id, 2);
        vm.assertEq(programs.nextEpochOf(id), epoch + 2, "two");
    }

    function createHooked() private returns (uint256 id, FakeHook hook) {
        hook = new FakeHook();
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.hook = address(hook);
        id = create(terms);
    }
}
