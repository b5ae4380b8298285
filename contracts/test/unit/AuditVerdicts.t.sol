// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {AuditWorld} from "../AuditWorld.sol";

/// @title AuditVerdictsTest
/// @notice test/tree/Audits.tree: how votes become a verdict.
contract AuditVerdictsTest is AuditWorld {
    function test_finish_RevertWhen_ItWasNeverRequested() public {
        vm.expectRevert(wrongState(9, IAudits.State.None));
        audits.finish(9);
    }

    function test_finish_RevertWhen_ItIsFinished() public {
        uint256 auditId = audited(Lie.None, 0, 5);
        vm.expectRevert(wrongState(auditId, IAudits.State.Failed));
        audits.finish(auditId);
    }

    function test_finish_RevertWhen_TheCommitteeIsNotOver() public {
        uint256 auditId = request();
        skip(1 hours);
        vm.expectRevert(wrongAuditPhase(auditId, ICommittees.Phase.Convened));
        audits.finish(auditId);
    }

    function test_finish_WhenTheQuorumPasses() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        bytes32[] memory votes = new bytes32[](5);
        votes[0] = passing(1, 30, 22, 9);
        votes[1] = failing();
        votes[2] = passing(0, 33, 20, 3);
        votes[3] = passing(1, 31, 23, 9);
        votes[4] = passing(1, 29, 24, 1);
        voteAll(committeeOf(auditId), votes);
        // Of four verdicts the second lowest counts, in each field; of the slots no more than the machine has.
        expectLog(address(audits));
        emit IAudits.Finished(auditId, MACHINE, IAudits.State.Passed, IMachines.Class(1, 30, 22, 2), time + 30 days);
        audits.finish(auditId);

        (uint8 kind, uint16 compute, uint16 memory_, uint8 slots) = machines.class();
        vm.assertEq(kind, 1, "kind");
        vm.assertEq(compute, 30, "compute");
        vm.assertEq(memory_, 22, "memory");
        vm.assertEq(slots, 2, "slots");
        assertClass(time + 30 days);
        vm.assertEq(audits.audit(auditId).finishedAt, time, "finished at");
        assertPhase(committeeOf(auditId), ICommittees.Phase.Dismissed);
        vm.assertEq(rewards.credits(committees.membersOf(1)[1]), 1, "who failed it is paid the same");
    }

    function test_finish_WhenTheQuorumPassesWithoutATranscript() public {
        uint256 auditId = request();
        seat(committeeOf(auditId));
        finish(auditId, 5, 0);
        assertState(auditId, IAudits.State.Requested);
        vm.assertEq(audits.audit(auditId).draws, 2, "draws");
    }

    function test_finish_WhenTheQuorumFails() public {
        audited(Lie.None, 4, 1);
        assertClass(time + 30 days);
        skip(1 days);
        uint256 auditId = request();
        seat(committeeOf(auditId));
        judge(auditId, 1, 4);
        expectLog(address(audits));
        emit IAudits.Finished(auditId, MACHINE, IAudits.State.Failed, IMachines.Class(0, 0, 0, 0), 0);
        audits.finish(auditId);
        assertClass(0);
    }

    function test_finish_WhenThereIsNoQuorum() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        judge(auditId, 3, 2);
        expectLog(address(audits));
        emit IAudits.Redrawn(auditId, 2);
        audits.finish(auditId);

        IAudits.Audit memory found = audits.audit(auditId);
        vm.assertEq(found.committeeId, 2, "committee");
        vm.assertEq(found.draws, 2, "draws");
        vm.assertEq(found.transcript, 0, "transcript");
        vm.assertEq(found.postedAt, 0, "posted at");
        assertPhase(1, ICommittees.Phase.Dismissed);
        // The machine answers the new committee.
        run(auditId, Lie.None);
        finish(auditId, 5, 0);
        assertState(auditId, IAudits.State.Passed);
    }

    function test_finish_WhenVotesAreNoVerdicts() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        bytes32[] memory votes = new bytes32[](5);
        for (uint256 i = 0; i < 5; ++i) {
            votes[i] = passing(1, 30, 29, 2);
        }
        votes[3] |= bytes32(uint256(1));
        votes[4] = "pass";
        voteAll(committeeOf(auditId), votes);
        audits.finish(auditId);
        assertState(auditId, IAudits.State.Requested);
    }

    function test_finish_WhenNobodySeatsTheCommittee() public {
        uint256 auditId = request();
        skip(1 hours + 1);
        audits.finish(auditId);
        assertPhase(committeeOf(auditId), ICommittees.Phase.Convened);
        vm.assertEq(audits.audit(auditId).draws, 2, "draws");
        vm.assertEq(stakes.total(), 8000e18, "nobody is fined");
    }

    function test_finish_WhenTheThirdCommitteeHasNoQuorum() public {
        audited(Lie.None, 5, 0);
        uint256 classUntil = time + 30 days;
        skip(1 days);
        uint256 auditId = request();
        for (uint256 i = 0; i < 2; ++i) {
            skip(1 hours + 1);
            audits.finish(auditId);
        }
        run(auditId, Lie.None);
        judge(auditId, 3, 2);
        expectLog(address(audits));
        emit IAudits.Finished(auditId, MACHINE, IAudits.State.NoVerdict, IMachines.Class(0, 0, 0, 0), 0);
        audits.finish(auditId);
        assertState(auditId, IAudits.State.NoVerdict);
        assertClass(classUntil);
    }
}
