// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeFaultCommittees} from "../fake/FakeFaultCommittees.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultsTest
/// @notice test/tree/Faults.tree, the leaves of `appeal`, `recover` and the readings.
contract FaultsTest is FaultWorld {
    function test_appeal_RevertWhen_ThereIsNoVerdictYet() public {
        uint256 faultId = reported();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Reported));
        appeal(reporter, faultId);
    }

    function test_appeal_WhenTheLastSecondOfThePeriodIsReached() public {
        uint256 faultId = guilty();
        skip(48 hours - 1);
        appeal(owner, faultId);
        assertState(faultId, IFaults.State.Appealed);
    }

    function test_appeal_RevertWhen_ThePeriodIsOver() public {
        uint256 faultId = guilty();
        skip(48 hours);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_AppealPeriodOver.selector, faultId, time));
        appeal(owner, faultId);
    }

    function test_appeal_RevertWhen_ItCameOfAnAppeal() public {
        uint256 faultId = guilty();
        appeal(owner, faultId);
        judge(faultId, 11, 0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_Final.selector, faultId));
        appeal(reporter, faultId);
    }

    function test_appeal_RevertWhen_TheReporterOfAGuiltyMachineAppeals() public {
        uint256 faultId = guilty();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotLoser.selector, faultId, reporter));
        appeal(reporter, faultId);
    }

    function test_appeal_RevertWhen_TheOwnerOfAnInnocentMachineAppeals() public {
        uint256 faultId = innocent();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotLoser.selector, faultId, owner));
        appeal(owner, faultId);
    }

    function test_appeal_WhenTheMachineWasSold() public {
        uint256 faultId = guilty();
        machines.setOwner(MACHINE, renter);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotLoser.selector, faultId, owner));
        appeal(owner, faultId);
        appeal(renter, faultId);
        vm.assertEq(faults.fault(faultId).appellant, renter, "appellant");
    }

    function test_appeal_WhenTheReporterOfAnInnocentMachineAppeals() public {
        uint256 faultId = innocent();
        expectLog(address(faults));
        emit IFaults.Appealed(faultId, reporter, 2);
        appeal(reporter, faultId);
        IFaults.Fault memory found = faults.fault(faultId);
        vm.assertEq(found.appellant, reporter, "appellant");
        vm.assertEq(found.committeeId, 2, "committee");
        vm.assertEq(found.appealBond, APPEAL_BOND, "bond");
        vm.assertEq(bondOf(2 * faultId + 1), APPEAL_BOND, "locked");
        FakeFaultCommittees.Asked memory asked = committees.asked(2);
        vm.assertEq(asked.size, 11, "size");
        vm.assertEq(asked.excluded[0], owner, "owner");
        vm.assertEq(asked.excluded[1], reporter, "reporter");
    }

    function test_recover_RevertWhen_ThereIsNoOpenFault() public {
        uint256 faultId = guilty();
        execute(faultId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Executed));
        recover(faultId);
    }

    function test_recover_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        uint256 faultId = reported();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotOwnerOrKey.selector, faultId, reporter));
        vm.prank(reporter);
        faults.recover(faultId);
    }

    function test_recover_RevertWhen_TheMachineCameBackBefore() public {
        uint256 faultId = reported();
        recover(faultId);
        uint256 until = time;
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_AlreadyRecovered.selector, faultId, until));
        recover(faultId);
    }

    function test_recover_WhenTheOwnerSaysSo() public {
        uint256 faultId = guilty();
        skip(5 minutes);
        expectLog(address(faults));
        emit IFaults.Recovered(faultId, time);
        vm.prank(owner);
        faults.recover(faultId);
        vm.assertEq(faults.fault(faultId).until, time, "until");
    }

    function test_penaltyBps_WhenTheMachineIsUnreachable() public view {
        assertOutageTiers(IFaults.Kind.Unreachable);
    }

    function test_penaltyBps_WhenTheMachineStartsNothing() public view {
        assertOutageTiers(IFaults.Kind.NoStart);
    }

    function test_penaltyBps_WhenTheMachineIsUnlikeItsClass() public view {
        vm.assertEq(faults.penaltyBps(IFaults.Kind.Unlike, 0), 0, "never");
        vm.assertEq(faults.penaltyBps(IFaults.Kind.Unlike, 1), 1200, "at once");
        assertEdge(IFaults.Kind.Unlike, 4 hours, 1200, 2400);
        assertEdge(IFaults.Kind.Unlike, 24 hours, 2400, 3200);
        assertEdge(IFaults.Kind.Unlike, 48 hours, 3200, 6000);
        assertEdge(IFaults.Kind.Unlike, 120 hours, 6000, 10_000);
        vm.assertEq(faults.penaltyBps(IFaults.Kind.Unlike, type(uint256).max), 10_000, "for ever");
    }

    function test_fault_WhenItWasNeverReported() public view {
        IFaults.Fault memory nothing;
        vm.assertEq(keccak256(abi.encode(faults.fault(1))), keccak256(abi.encode(nothing)), "fault");
    }

    function assertOutageTiers(IFaults.Kind kind) private view {
        vm.assertEq(faults.penaltyBps(kind, 0), 0, "at once");
        assertEdge(kind, 3 minutes, 0, 200);
        assertEdge(kind, 7 minutes, 200, 400);
        assertEdge(kind, 48 hours, 400, 3000);
        assertEdge(kind, 120 hours, 3000, 5000);
        vm.assertEq(faults.penaltyBps(kind, type(uint256).max), 5000, "for ever");
    }

    function assertEdge(IFaults.Kind kind, uint256 edge, uint256 lower, uint256 upper) private view {
        vm.assertEq(faults.penaltyBps(kind, edge), lower, "at the edge");
        vm.assertEq(faults.penaltyBps(kind, edge + 1), upper, "past the edge");
    }
}
