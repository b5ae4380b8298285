// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {AuditWorld} from "../AuditWorld.sol";

/// @title AuditAttacks
/// @notice What an owner might try, alone or with verifiers: judge himself, answer with an old answer, never be seated,
/// carry a ringer as insurance.
contract AuditAttacks is AuditWorld {
    function test_attack_linkedVerifier_ownerAndKeyNeverJudgeTheirMachine() public {
        enroll(owner, 16);
        enroll(key, 16);
        skip(1);
        for (uint256 draw = 0; draw < 10; ++draw) {
            address[] memory members = seat(committeeOf(request()));
            for (uint256 i = 0; i < members.length; ++i) {
                vm.assertTrue(members[i] != owner && members[i] != key, "his own judge");
            }
            judge(audits.count(), 0, 5);
            audits.finish(audits.count());
            skip(1 days);
        }
    }

    function test_attack_grief_neverSeatingEndsAndKeepsTheClass() public {
        audited(Lie.None, 5, 0);
        uint256 classUntil = time + 30 days;
        skip(1 days);
        uint256 auditId = request();
        for (uint256 i = 0; i < 3; ++i) {
            skip(1 hours + 1);
            audits.finish(auditId);
        }
        assertState(auditId, IAudits.State.NoVerdict);
        assertClass(classUntil);
        vm.assertEq(stakes.total(), 8000e18, "nobody is fined");
        skip(1 days);
        assertState(request(), IAudits.State.Requested);
    }

    function test_attack_replay_anAnswerToAnotherAuditIsAForgery() public {
        uint256 old = audited(Lie.None, 5, 0);
        bytes32 transcript = audits.audit(old).transcript;
        skip(1 days);
        uint256 auditId = request();
        seat(committeeOf(auditId));
        vm.prank(key);
        audits.post(auditId, transcript);
        finish(auditId, 5, 0);
        skip(RINGER_PERIOD);
        bytes32[] memory path = pathOf(0);
        audits.proveFalseStart(auditId, answer[0], path);
        assertState(auditId, IAudits.State.Forged);
        assertClass(0);
    }

    function test_attack_collusion_fiveOfFiveLoseToOneOutsider() public {
        uint256 auditId = audited(Lie.Entries, 5, 0);
        skip(RINGER_PERIOD);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 9);
        vm.prank(stranger);
        audits.proveBlindPass(auditId, entry);
        assertState(auditId, IAudits.State.Forged);
        assertClass(0);
        // A fifth of five times 200 from the verifiers; the machine's part is paid by Machines.
        vm.assertEq(stakes.free(stranger), 200e18, "reporter");
        vm.assertEq(committees.verifiers(), 3, "they are out");
    }

    function test_attack_insurance_aRingerCannotBeOpenedAgainstAProof() public {
        uint256 auditId = planted();
        skip(RINGER_PERIOD);
        // From the first second in which a proof is taken, the ringer stays shut: no front-running saves him.
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        uint256 overAt = time;
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_RingerPeriodOver.selector, auditId, overAt));
        vm.prank(owner);
        audits.openRinger(auditId, "salt", entry);
        proveEntry(auditId, 2, 1);
        vm.assertEq(machines.slashed(), 500e18, "slashed");
    }

    function test_attack_frontRun_aDecoyCannotBeSlashedBeforeItIsOpened() public {
        uint256 auditId = planted();
        skip(RINGER_PERIOD - 1);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        uint256 opensAt = time + 1;
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeNotOpen.selector, auditId, opensAt));
        audits.proveBlindPass(auditId, entry);
        vm.prank(owner);
        audits.openRinger(auditId, "salt", entry);
        assertState(auditId, IAudits.State.Ringer);
    }

    function test_attack_replay_aRingerOfAnotherMachineOpensNothing() public {
        bytes32 others = keccak256(abi.encode(MACHINE + 1, bytes32("salt"), "ringer"));
        vm.prank(owner);
        uint256 auditId = audits.requestWith(MACHINE, others);
        run(auditId, Lie.Entries);
        finish(auditId, 1, 4);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NoRinger.selector, auditId, others, ringerOf("salt")));
        vm.prank(owner);
        audits.openRinger(auditId, "salt", entry);
    }

    function test_attack_unansweredPass_fiveVotesWithoutAnAnswerGiveNothing() public {
        uint256 auditId = request();
        for (uint256 i = 0; i < 3; ++i) {
            seat(committeeOf(auditId));
            finish(auditId, 5, 0);
        }
        assertState(auditId, IAudits.State.NoVerdict);
        assertClass(0);
    }

    function test_attack_minority_twoSilentMembersForceOnlyAnotherDraw() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        judge(auditId, 3, 0);
        audits.finish(auditId);
        assertState(auditId, IAudits.State.Requested);
        (uint256 amount,) = bondOf(committees.membersOf(1)[4]);
        vm.assertEq(amount, 990e18, "and they pay for it");
    }

    function planted() private returns (uint256 auditId) {
        vm.prank(owner);
        auditId = audits.requestWith(MACHINE, ringerOf("salt"));
        run(auditId, Lie.Entries);
        finish(auditId, 5, 0);
    }
}
