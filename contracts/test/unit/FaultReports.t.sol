// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Errors} from "../../src/Errors.sol";
import {FakeFaultCommittees} from "../fake/FakeFaultCommittees.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultReportsTest
/// @notice test/tree/Faults.tree, the leaves of `report`.
contract FaultReportsTest is FaultWorld {
    function test_report_RevertWhen_TheMachineWasNeverRegistered() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotOnNetwork.selector, 2, IMachines.State.None));
        faults.report(2, 0, UNREACHABLE, uint40(time), "");
    }

    function test_report_RevertWhen_TheMachineHasExited() public {
        machines.setState(MACHINE, IMachines.State.Exited);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotOnNetwork.selector, MACHINE, IMachines.State.Exited));
        reported();
    }

    function test_report_RevertWhen_TheFaultBeginsInTheFuture() public {
        expectOutOfBounds(time + 1, time - 24 hours, time);
        report(reporter, 0, UNREACHABLE, time + 1);
    }

    function test_report_RevertWhen_TheFaultBeganASecondTooLongAgo() public {
        expectOutOfBounds(time - 24 hours - 1, time - 24 hours, time);
        report(reporter, 0, UNREACHABLE, time - 24 hours - 1);
    }

    function test_report_WhenTheFaultBeganAsLongAgoAsMayBe() public {
        vm.assertEq(report(reporter, 0, UNREACHABLE, time - 24 hours), 1, "number");
    }

    function test_report_RevertWhen_TheCallerDoesNotRentTheLease() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotRenter.selector, LEASE, reporter));
        report(reporter, LEASE, UNREACHABLE, time);
    }

    function test_report_RevertWhen_TheLeaseIsOfAnotherMachine() public {
        ILeases.Lease memory lease = aLease();
        lease.machineId = 2;
        leases.set(LEASE, lease);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_NotOnMachine.selector, LEASE, MACHINE));
        report(renter, LEASE, UNREACHABLE, time);
    }

    function test_report_RevertWhen_TheFaultBeganBeforeTheLease() public {
        expectOutOfBounds(time - 2 hours - 1, time - 2 hours, time);
        report(renter, LEASE, UNREACHABLE, time - 2 hours - 1);
    }

    function test_report_WhenTheFaultBeganInTheLeasesFirstSecond() public {
        vm.assertEq(report(renter, LEASE, UNREACHABLE, time - 2 hours), 1, "number");
    }

    function test_report_WhenTheLeaseHasBeenPaidAlready() public {
        ILeases.Lease memory lease = aLease();
        (lease.accepted, lease.unpaidFrom) = (true, uint40(time));
        leases.set(LEASE, lease);
        vm.assertEq(report(renter, LEASE, UNREACHABLE, time - 1 hours), 1, "number");
    }

    function test_report_RevertWhen_TheFaultBeganAfterTheLeaseWasOver() public {
        endedAt(time - 1 hours);
        expectOutOfBounds(time - 1 hours, time - 24 hours, time - 1 hours - 1);
        report(renter, LEASE, UNREACHABLE, time - 1 hours);
    }

    function test_report_WhenTheFaultBeganInTheLeasesLastSecond() public {
        endedAt(time - 1 hours);
        vm.assertEq(report(renter, LEASE, UNREACHABLE, time - 1 hours - 1), 1, "number");
    }

    function test_report_WhenTheLeaseWaitsForItsStart() public {
        ILeases.Lease memory lease = aLease();
        (lease.state, lease.unpaidFrom, lease.paidUntil) = (ILeases.State.Open, uint40(time - 5 minutes), 0);
        leases.set(LEASE, lease);
        expectOutOfBounds(time - 5 minutes - 1, time - 5 minutes, time);
        report(renter, LEASE, IFaults.Kind.NoStart, time - 5 minutes - 1);
        vm.assertEq(report(renter, LEASE, IFaults.Kind.NoStart, time - 5 minutes), 1, "number");
    }

    function test_report_RevertWhen_AnotherOfTheSameLeaseIsOpen() public {
        guilty();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_AlreadyOpen.selector, MACHINE, 0, 1));
        report(renter, 0, IFaults.Kind.Unlike, time);
    }

    function test_report_WhenAnotherLeaseOfTheMachineIsReported() public {
        reported();
        vm.assertEq(report(renter, LEASE, UNREACHABLE, time), 2, "number");
        vm.assertEq(faults.count(), 2, "count");
    }

    function test_report_WhenTheMachineCameBackInBetween() public {
        uint256 first = reported();
        skip(1 hours);
        recover(first);
        vm.assertEq(report(renter, 0, UNREACHABLE, time), 2, "number");
    }

    function test_report_RevertWhen_TheFaultBeganBeforeTheMachineCameBack() public {
        execute(guilty());
        uint256 back = time;
        skip(1 hours);
        expectOutOfBounds(back - 1, back, time);
        report(reporter, 0, UNREACHABLE, back - 1);
    }

    function test_report_WhenTheLastEndedWithoutAVerdict() public {
        uint256 first = reported();
        skip(1 hours);
        recover(first);
        vote(first, 0, 0, 0, 0);
        faults.judge(first);
        vm.assertEq(report(reporter, 0, UNREACHABLE, time - 1 hours), 2, "number");
    }

    function test_report_RevertWhen_TheReporterHasTooLittleFreeStake() public {
        vm.prank(reporter);
        stakes.withdraw(FUNDS - REPORT_BOND + 1);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, reporter, REPORT_BOND, REPORT_BOND - 1)
        );
        reported();
    }

    function test_report_WhenARenterReports() public {
        expectLog(address(faults));
        emit IFaults.Reported(1, MACHINE, renter, IFaults.Kind.Unlike, LEASE, time - 1 hours, 1, keccak256("log"));
        report(renter, LEASE, IFaults.Kind.Unlike, time - 1 hours);

        IFaults.Fault memory found = faults.fault(1);
        assertState(1, IFaults.State.Reported);
        vm.assertEq(found.machineId, MACHINE, "machine");
        vm.assertEq(found.leaseId, LEASE, "lease");
        vm.assertEq(found.committeeId, 1, "committee");
        vm.assertEq(found.reporter, renter, "reporter");
        vm.assertEq(uint256(found.kind), uint256(IFaults.Kind.Unlike), "kind");
        vm.assertEq(found.reportedAt, time, "reported at");
        vm.assertEq(found.since, time - 1 hours, "since");
        vm.assertEq(found.evidence, keccak256("log"), "evidence");
        vm.assertEq(found.bond, REPORT_BOND, "bond");
        vm.assertEq(bondOf(2), REPORT_BOND, "locked");
        FakeFaultCommittees.Asked memory asked = committees.asked(1);
        vm.assertEq(asked.size, 5, "size");
        vm.assertEq(asked.workSeconds, 15 minutes, "work");
        vm.assertEq(asked.excluded[0], owner, "owner");
        vm.assertEq(asked.excluded[1], renter, "renter");
    }

    function endedAt(uint256 at) private {
        ILeases.Lease memory lease = aLease();
        (lease.state, lease.unpaidFrom, lease.paidUntil) = (ILeases.State.Closed, uint40(at), uint40(at));
        leases.set(LEASE, lease);
    }

    function expectOutOfBounds(uint256 since, uint256 earliest, uint256 latest) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_SinceOutOfBounds.selector, since, earliest, latest));
    }
}
