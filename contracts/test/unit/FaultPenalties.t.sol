// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Errors} from "../../src/Errors.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultPenaltiesTest
/// @notice test/tree/Faults.tree, the leaves of `execute`.
contract FaultPenaltiesTest is FaultWorld {
    function test_execute_RevertWhen_ThereIsNoVerdictToExecute() public {
        uint256 faultId = reported();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Reported));
        faults.execute(faultId);
    }

    function test_execute_RevertWhen_TheAppealPeriodIsInItsLastSecond() public {
        uint256 faultId = guilty();
        skip(48 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_StillAppealable.selector, faultId, time + 1));
        faults.execute(faultId);
    }

    function test_execute_WhenTheAppealPeriodIsJustOver() public {
        uint256 faultId = guilty();
        skip(48 hours);
        faults.execute(faultId);
        assertState(faultId, IFaults.State.Executed);
    }

    function test_execute_WhenItIsFinal() public {
        uint256 faultId = guilty();
        appeal(owner, faultId);
        judge(faultId, 11, time);
        faults.execute(faultId);
        assertState(faultId, IFaults.State.Executed);
    }

    function test_execute_RevertWhen_ItIsExecutedAgain() public {
        uint256 faultId = guilty();
        execute(faultId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Executed));
        faults.execute(faultId);
    }

    function test_execute_WhenTheMachineIsInnocent() public {
        uint256 faultId = report(renter, LEASE, UNREACHABLE, time);
        judge(faultId, 5, 0);
        skip(48 hours);
        expectLog(address(faults));
        emit IFaults.Executed(faultId, false, 0, 0, 0);
        faults.execute(faultId);
        vm.assertEq(machines.slashes(), 0, "slashes");
        vm.assertEq(leases.closedAsOf(LEASE), NEVER, "lease");
        vm.assertEq(bondOf(2 * faultId), 0, "bond");
        vm.assertEq(stakes.free(renter), FUNDS - REPORT_BOND, "renter");
        // A fifth of the bond each for the accused and for the five.
        vm.assertEq(stakes.free(owner), FUNDS + 10e18, "owner");
        vm.assertEq(stakes.free(verifier(4)), 2e18, "verifier");
    }

    function test_execute_WhenTheMachineIsGuilty() public {
        uint256 faultId = guilty();
        skip(1 hours);
        recover(faultId);
        skip(47 hours);
        expectLog(address(faults));
        emit IFaults.Executed(faultId, true, 1 hours, 40e18, 0);
        faults.execute(faultId);
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
        vm.assertEq(stakes.free(reporter), FUNDS + 8e18, "reporter");
        vm.assertEq(stakes.free(verifier(0)), 1.6e18, "verifier");
        vm.assertEq(stakes.pending(), 24e18, "rest");
        vm.assertEq(bondOf(2 * faultId), 0, "bond");
    }

    function test_execute_WhenTheMachineWasAwayWithinTheGrace() public {
        uint256 faultId = punish(renter, LEASE, UNREACHABLE, 3 minutes);
        vm.assertEq(machines.slashes(), 0, "slashes");
        vm.assertEq(machineStake(), STAKE, "stake");
        vm.assertEq(leases.closedAsOf(LEASE), faults.fault(faultId).since, "lease");
        vm.assertEq(stakes.free(renter), FUNDS, "renter");
    }

    function test_execute_WhenTheMachineIsNotBack() public {
        uint256 faultId = guilty();
        skip(48 hours + 1);
        expectLog(address(faults));
        emit IFaults.Executed(faultId, true, 48 hours + 1, 300e18, 0);
        faults.execute(faultId);
        vm.assertEq(faults.fault(faultId).until, time, "until");
    }

    function test_execute_WhenMaintenanceWasAnnouncedBefore() public {
        machines.setMaintenance(MACHINE, time + 2 minutes, time + 10 hours);
        uint256 faultId = guilty();
        // What is announced next takes the place of the old in Machines, and changes nothing here.
        machines.setMaintenance(MACHINE, time + 100 hours, time + 104 hours);
        skip(10 hours + 1 minutes);
        recover(faultId);
        execute(faultId);
        vm.assertEq(machineStake(), STAKE, "three minutes");

        machines.setMaintenance(MACHINE, time - 1 hours, time + 1 hours);
        faultId = guilty();
        skip(1 hours + 3 minutes + 1);
        recover(faultId);
        execute(faultId);
        vm.assertEq(machineStake(), STAKE - 20e18, "three minutes and a second");
    }

    function test_execute_WhenMaintenanceIsAnnouncedAfterTheReport() public {
        uint256 faultId = guilty();
        machines.setMaintenance(MACHINE, time, time + 2 hours);
        skip(2 hours);
        recover(faultId);
        execute(faultId);
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
    }

    function test_execute_WhenALeaseSuffered() public {
        leases.setRefund(77);
        uint256 faultId = report(renter, LEASE, UNREACHABLE, time - 1 hours);
        judge(faultId, 5, time - 1 hours);
        recover(faultId);
        skip(48 hours);
        expectLog(address(faults));
        emit IFaults.Executed(faultId, true, 1 hours, 40e18, 77);
        faults.execute(faultId);
        vm.assertEq(leases.closedAsOf(LEASE), time - 49 hours, "lease");
        // The hour at the price of the lease, and of what is left a fifth as its reporter.
        uint256 lost = RATE * 1 hours;
        vm.assertEq(stakes.free(renter), FUNDS + lost + (40e18 - lost) / 5, "renter");
    }

    function test_execute_WhenTheRentersLossIsMoreThanHalfThePenalty() public {
        setRate(1e18);
        punish(renter, LEASE, UNREACHABLE, 1 hours);
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
        vm.assertEq(stakes.free(renter), FUNDS + 20e18 + 4e18, "renter");
    }

    function test_execute_WhenTheMachineWasAwayForMoreThanADay() public {
        punish(renter, LEASE, UNREACHABLE, 30 hours);
        uint256 lost = RATE * 24 hours;
        vm.assertEq(stakes.free(renter), FUNDS + lost + (40e18 - lost) / 5, "renter");
    }

    function test_execute_WhenVotersWereAgainstTheVerdict() public {
        uint256 faultId = reported();
        vote(faultId, 5, 4, 1, time);
        faults.judge(faultId);
        skip(1 hours);
        recover(faultId);
        execute(faultId);
        vm.assertEq(stakes.free(verifier(3)), 2e18, "for");
        vm.assertEq(stakes.free(verifier(4)), 0, "against");
    }

    function test_execute_WhenTwoRentersReportOneOutage() public {
        uint256 first = report(renter, LEASE, UNREACHABLE, time);
        uint256 second = report(reporter, 0, IFaults.Kind.NoStart, time);
        judge(first, 5, time);
        judge(second, 5, time);
        skip(1 hours);
        recover(first);
        recover(second);
        execute(first);
        faults.execute(second);
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
        vm.assertEq(stakes.free(reporter), FUNDS, "reporter");
    }

    function test_execute_WhenTheSecondReportShowsTheOutageLonger() public {
        uint256 first = report(renter, LEASE, UNREACHABLE, time);
        uint256 second = report(reporter, 0, UNREACHABLE, time);
        judge(first, 5, time);
        judge(second, 5, time);
        skip(5 minutes);
        recover(first);
        skip(1 hours);
        recover(second);
        execute(first);
        vm.assertEq(machineStake(), 980e18, "first");
        faults.execute(second);
        // What is left of 400 after 200, of the stake that is left.
        vm.assertEq(machineStake(), 960.4e18, "second");
    }

    function test_execute_WhenAnotherOutageFollowsLater() public {
        punish(reporter, 0, UNREACHABLE, 1 hours);
        punish(reporter, 0, UNREACHABLE, 1 hours);
        vm.assertEq(machineStake(), 921.6e18, "stake");
    }

    function test_execute_WhenItIsUnlikeWhatItShouldBeAndWasAway() public {
        uint256 first = report(renter, LEASE, IFaults.Kind.Unlike, time);
        uint256 second = reported();
        judge(first, 5, time);
        judge(second, 5, time);
        skip(1 hours);
        recover(first);
        recover(second);
        execute(first);
        vm.assertEq(machineStake(), 880e18, "unlike");
        faults.execute(second);
        vm.assertEq(machineStake(), 844.8e18, "away");
    }

    function test_execute_WhenTheMachineWasBackBeforeItWasAway() public {
        uint256 faultId = report(reporter, 0, IFaults.Kind.Unlike, time);
        vote(faultId, 5, 5, 0, time + 2 hours);
        skip(1);
        recover(faultId);
        skip(1 hours);
        faults.judge(faultId);
        execute(faultId);
        assertState(faultId, IFaults.State.Executed);
        vm.assertEq(machines.slashes(), 0, "slashes");
    }

    function test_execute_WhenTheMachineHasNoStakeLeft() public {
        machines.add(2, owner, key, 0);
        ILeases.Lease memory lease = aLease();
        lease.machineId = 2;
        leases.set(LEASE, lease);
        vm.prank(renter);
        uint256 faultId = faults.report(2, LEASE, UNREACHABLE, uint40(time), "");
        judge(faultId, 5, time);
        execute(faultId);
        assertState(faultId, IFaults.State.Executed);
        vm.assertTrue(leases.closedAsOf(LEASE) != NEVER, "lease");
        vm.assertEq(stakes.free(renter), FUNDS, "renter");
    }

    function setRate(uint128 rate) private {
        ILeases.Lease memory lease = aLease();
        lease.rate = rate;
        leases.set(LEASE, lease);
    }
}
