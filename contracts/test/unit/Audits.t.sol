// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {Ledger} from "../Ledger.sol";

/// @title AuditsTest
/// @notice test/tree/Audits.tree, leaf by leaf.
contract AuditsTest is Ledger {
    uint256 private machineId;
    uint256 private auditId;

    function setUp() public override {
        super.setUp();
        machineId = register(4);
        auditId = audits.latestAudit(machineId);
    }

    function test_enroll_RevertWhen_TheStakeIsMissing() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, stranger, 1000e18, 0));
        vm.prank(stranger);
        audits.enroll();
    }

    function test_enroll_RevertWhen_TheCallerIsEnrolledAlready() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_AlreadyVerifier.selector, verifier(0)));
        vm.prank(verifier(0));
        audits.enroll();
    }

    function test_enroll_WhenTheStakeIsFree() public {
        fund(stranger, 1000e18);
        stake(stranger, 1000e18);
        expectLog(address(audits));
        emit IAudits.Enrolled(stranger);
        vm.prank(stranger);
        audits.enroll();

        vm.assertTrue(audits.isVerifier(stranger), "verifier");
        vm.assertEq(audits.verifiers(), 4, "verifiers");
        vm.assertEq(stakes.locked(stranger, address(audits)), 1000e18, "locked");
    }

    function test_leave_RevertWhen_TheCallerIsNotEnrolled() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, stranger));
        vm.prank(stranger);
        audits.leave();
    }

    function test_leave_WhenTheCallerIsEnrolled() public {
        expectLog(address(audits));
        emit IAudits.Left(verifier(0));
        leave(0);

        (uint256 amount,) = stakes.unbonding(verifier(0), address(audits));
        vm.assertEq(amount, 1000e18, "unbonding");
        vm.assertEq(audits.verifiers(), 2, "verifiers");
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, verifier(0)));
        attest(auditId, 0, true, aClass(4));
    }

    function test_request_RevertWhen_AStrangerAsks() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotMachine.selector, machineId, stranger));
        vm.prank(stranger);
        audits.request(machineId);
    }

    function test_request_RevertWhen_VerdictsMayStillCome() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_StillOpen.selector, auditId, time + 1 hours));
        vm.prank(owner);
        audits.request(machineId);
    }

    function test_request_WhenTheKeyAsks() public {
        pass();
        vm.roll(block.number + 1);
        vm.prank(key);
        uint256 next = audits.request(machineId);

        (uint256 of_, IAudits.State state, bytes32 seed, uint256 deadline, uint256 attestations) = audits.audit(next);
        (,, bytes32 seedBefore,,) = audits.audit(auditId);
        vm.assertEq(of_, machineId, "machine");
        vm.assertEq(uint256(state), uint256(IAudits.State.Requested), "state");
        vm.assertTrue(seed != seedBefore && seed != 0, "seed");
        vm.assertEq(deadline, time + 1 hours, "deadline");
        vm.assertEq(attestations, 0, "attestations");
        vm.assertEq(audits.quorumOf(next), 2, "quorum");
        vm.assertEq(audits.latestAudit(machineId), next, "latest");
    }

    function test_request_WhenThereIsNoVerifierYet() public {
        pass();
        for (uint256 i = 0; i < 3; ++i) {
            leave(i);
        }
        vm.assertEq(audits.quorumOf(request()), 1, "quorum");
    }

    function test_request_WhenTheLastAuditRanOut() public {
        skip(1 hours + 1);
        uint256 next = request();
        assertState(auditId, IAudits.State.NoVerdict);
        assertState(next, IAudits.State.Requested);
    }

    function test_attest_RevertWhen_TheCallerIsNoVerifier() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, stranger));
        vm.prank(stranger);
        audits.attest(auditId, true, aClass(4));
    }

    function test_attest_RevertWhen_TheAuditWasNeverRequested() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotRequested.selector, 9, IAudits.State.None));
        attest(9, 0, true, aClass(4));
    }

    function test_attest_RevertWhen_TheDeadlineIsOver() public {
        uint256 deadline = time + 1 hours;
        skip(1 hours);
        attest(auditId, 1, true, aClass(4));
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_DeadlineOver.selector, auditId, deadline));
        attest(auditId, 0, true, aClass(4));
    }

    function test_attest_RevertWhen_TheVerifierHasAttested() public {
        attest(auditId, 0, true, aClass(4));
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_AlreadyAttested.selector, auditId, verifier(0)));
        attest(auditId, 0, false, aClass(4));
    }

    function test_attest_RevertWhen_TheAuditIsFinished() public {
        pass();
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotRequested.selector, auditId, IAudits.State.Passed));
        attest(auditId, 2, true, aClass(4));
    }

    function test_attest_WhenTheQuorumIsNotReached() public {
        expectLog(address(audits));
        emit IAudits.Attested(auditId, verifier(0), true, aClass(4));
        attest(auditId, 0, true, aClass(4));
        attest(auditId, 1, false, aClass(4));

        (,,,, uint256 attestations) = audits.audit(auditId);
        vm.assertEq(attestations, 2, "attestations");
        vm.assertTrue(!audits.isFresh(machineId), "fresh");
        assertState(auditId, IAudits.State.Requested);
    }

    function test_attest_WhenTheQuorumPasses() public {
        attest(auditId, 0, true, IAudits.Class({kind: 1, computeBand: 7, memoryBand: 30, slots: 4}));
        // Of two verdicts the lower counts, in each field.
        IAudits.Class memory lower = IAudits.Class({kind: 0, computeBand: 7, memoryBand: 29, slots: 3});
        expectLog(address(audits));
        emit IAudits.Finished(
            auditId,
            machineId,
            IAudits.State.Passed,
            IAudits.Class({kind: 0, computeBand: 7, memoryBand: 29, slots: 3}),
            time + 30 days
        );
        lower.computeBand = 9;
        attest(auditId, 1, true, lower);

        (IAudits.Class memory class, uint256 validUntil) = audits.classOf(machineId);
        vm.assertTrue(audits.isFresh(machineId), "fresh");
        vm.assertEq(class.computeBand, 7, "compute");
        vm.assertEq(class.memoryBand, 29, "memory");
        vm.assertEq(validUntil, time + 30 days, "valid until");
    }

    function test_attest_WhenTheQuorumFails() public {
        pass();
        uint256 next = request();
        attest(next, 0, false, aClass(4));
        attest(next, 1, true, aClass(4));
        vm.assertTrue(audits.isFresh(machineId), "fresh before");
        attest(next, 2, false, aClass(4));

        (, uint256 validUntil) = audits.classOf(machineId);
        vm.assertTrue(!audits.isFresh(machineId), "fresh after");
        vm.assertEq(validUntil, 0, "valid until");
        assertState(next, IAudits.State.Failed);
    }

    function test_attest_WhenThePassGrowsOld() public {
        pass();
        skip(30 days - 1);
        vm.assertTrue(audits.isFresh(machineId), "in the last second");
        skip(1);
        vm.assertTrue(!audits.isFresh(machineId), "after it");
    }

    function test_expire_RevertWhen_VerdictsMayStillBeGiven() public {
        uint256 deadline = time + 1 hours;
        skip(1 hours);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_StillOpen.selector, auditId, deadline));
        audits.expire(auditId);
    }

    function test_expire_RevertWhen_ItIsFinished() public {
        pass();
        skip(2 hours);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotRequested.selector, auditId, IAudits.State.Passed));
        audits.expire(auditId);
    }

    function test_expire_WhenTheDeadlinePassedWithoutAQuorum() public {
        pass();
        uint256 next = request();
        skip(1 hours + 1);
        audits.expire(next);

        assertState(next, IAudits.State.NoVerdict);
        vm.assertTrue(audits.isFresh(machineId), "older pass");
    }

    function pass() private {
        attest(auditId, 0, true, aClass(4));
        attest(auditId, 1, true, aClass(4));
    }

    function request() private returns (uint256) {
        vm.prank(owner);
        return audits.request(machineId);
    }

    function leave(uint256 by) private {
        vm.prank(verifier(by));
        audits.leave();
    }

    function assertState(uint256 id, IAudits.State expected) private view {
        (, IAudits.State state,,,) = audits.audit(id);
        vm.assertEq(uint256(state), uint256(expected), "state");
    }
}
