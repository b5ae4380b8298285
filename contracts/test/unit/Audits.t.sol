// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../../src/Audits.sol";
import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {AuditWorld} from "../AuditWorld.sol";
import {FakeBeacon} from "../fake/FakeBeacon.sol";

/// @title AuditsTest
/// @notice test/tree/Audits.tree: how an audit begins, and what the machine answers.
contract AuditsTest is AuditWorld {
    function test_constructor_RevertWhen_TheSizeIsNoPowerOfTwo() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeOutOfBounds.selector, 24, 2));
        new Audits(auditConfig(24, 2, 0));
    }

    function test_constructor_RevertWhen_TheSizeIsOutOfBounds() public {
        new Audits(auditConfig(32_768, 1024, 60));
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeOutOfBounds.selector, 8, 2));
        new Audits(auditConfig(8, 2, 0));
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeOutOfBounds.selector, 0, 2));
        new Audits(auditConfig(0, 2, 0));
    }

    function test_constructor_RevertWhen_TheRoundsAreOutOfBounds() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeOutOfBounds.selector, 16, 0));
        new Audits(auditConfig(16, 0, 0));
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_ChallengeOutOfBounds.selector, 16, 1025));
        new Audits(auditConfig(16, 1025, 0));
    }

    function test_constructor_RevertWhen_ThePickDelayIsLongerThanAMinute() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_PickDelayOutOfBounds.selector, 61, 60));
        new Audits(auditConfig(16, 2, 61));
    }

    function test_request_RevertWhen_AStrangerAsks() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotMachine.selector, MACHINE, stranger));
        vm.prank(stranger);
        audits.request(MACHINE);
    }

    function test_request_RevertWhen_TheMachineHasExited() public {
        machines.setState(IMachines.State.Exited);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Audits_MachineNotOnNetwork.selector, MACHINE, IMachines.State.Exited)
        );
        request();
    }

    function test_request_RevertWhen_AnAuditIsInProgress() public {
        uint256 auditId = request();
        skip(1 hours);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_InProgress.selector, MACHINE, auditId));
        request();
    }

    function test_request_RevertWhen_AnHourHasNotPassed() public {
        uint256 allowedAt = time + 1 hours;
        audited(Lie.None, 5, 0);
        skipTo(allowedAt - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_TooSoon.selector, MACHINE, allowedAt));
        request();
        skip(1);
        request();
    }

    /// @dev Else its owner would have the next audit under way when he opens the last, and no week without a class.
    function test_request_RevertWhen_TheLastAuditMayStillBeOpenedAsARinger() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        judge(auditId, 5, 0);
        skip(1 hours);
        audits.finish(auditId);
        uint256 allowedAt = time + RINGER_PERIOD;
        skip(RINGER_PERIOD - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_TooSoon.selector, MACHINE, allowedAt));
        request();
        skip(1);
        request();
    }

    function test_request_WhenTheKeyAsks() public {
        enroll(owner, 16);
        enroll(key, 16);
        skip(1);
        expectLog(address(audits));
        emit IAudits.Requested(1, MACHINE, 1, SIZE, ROUNDS);
        vm.prank(key);
        vm.assertEq(audits.request(MACHINE), 1, "number");

        IAudits.Audit memory found = audits.audit(1);
        vm.assertEq(found.machineId, MACHINE, "machine");
        vm.assertEq(found.draws, 1, "draws");
        vm.assertEq(found.n, SIZE, "n");
        vm.assertEq(found.rounds, ROUNDS, "rounds");
        vm.assertEq(found.requestedAt, time, "requested at");
        vm.assertEq(audits.latestAudit(MACHINE), 1, "latest");
        vm.assertEq(audits.requestableAt(MACHINE), time + 1 hours, "requestable at");
        vm.assertEq(audits.seedOf(1), 0, "no seed yet");
        address[] memory members = seat(1);
        vm.assertEq(members.length, 5, "members");
        for (uint256 i = 0; i < 5; ++i) {
            vm.assertTrue(members[i] != owner && members[i] != key, "not its own judge");
        }
        vm.assertEq(audits.seedOf(1), committees.committee(1).seed, "seed");
        vm.assertEq(committees.committee(1).commitUntil, time + 32 minutes, "work");
    }

    function test_request_WhenMachinesAsks() public {
        vm.prank(address(machines));
        uint256 auditId = audits.request(MACHINE);
        assertState(auditId, IAudits.State.Requested);
        vm.assertEq(audits.requestableAt(MACHINE), 0, "requestable at");
    }

    function test_requestWith_WhenARingerIsPlanted() public {
        vm.prank(key);
        uint256 auditId = audits.requestWith(MACHINE, ringerOf("salt"));
        vm.assertEq(audits.audit(auditId).ringer, ringerOf("salt"), "ringer");
    }

    function test_requestByChance_RevertWhen_TheRoundIsNotTheFirstOfItsTick() public {
        uint64 round = tick() + 1;
        skip(3);
        expectChance(round, round, abi.encodeWithSelector(Errors.Audits_NoTick.selector, round));
        expectChance(0, 0, abi.encodeWithSelector(Errors.Audits_NoTick.selector, 0));
    }

    function test_requestByChance_RevertWhen_TheRoundIsNotPublished() public {
        uint64 round = tick();
        uint256 publishedAt = beacon.timeOf(round);
        time = publishedAt - 1;
        vm.warp(time);
        expectChance(
            round,
            round,
            abi.encodeWithSelector(Errors.Audits_TickNotNow.selector, round, publishedAt, publishedAt + 1 hours)
        );
    }

    function test_requestByChance_RevertWhen_TheWindowIsOver() public {
        uint64 round = tick();
        hit(round);
        uint256 publishedAt = beacon.timeOf(round);
        skipPast(publishedAt + 1 hours);
        expectChance(
            round,
            round,
            abi.encodeWithSelector(Errors.Audits_TickNotNow.selector, round, publishedAt, publishedAt + 1 hours)
        );
        time -= 1;
        vm.warp(time);
        chance(round);
    }

    function test_requestByChance_RevertWhen_TheProofIsOfAnotherRound() public {
        uint64 round = tick();
        expectChance(round, round + 1, abi.encodeWithSelector(FakeBeacon.Beacon_ProofInvalid.selector, round));
    }

    function test_requestByChance_RevertWhen_TheRoundDoesNotHitTheMachine() public {
        uint64 round = tick();
        beacon.set(round, "misses");
        expectChance(round, round, abi.encodeWithSelector(Errors.Audits_NotHit.selector, MACHINE, round));
    }

    function test_requestByChance_RevertWhen_TheTickWasUsed() public {
        uint64 round = tick();
        hit(round);
        uint256 auditId = chance(round);
        run(auditId, Lie.None);
        finish(auditId, 5, 0);
        expectChance(round, round, abi.encodeWithSelector(Errors.Audits_TickUsed.selector, MACHINE, round));
    }

    function test_requestByChance_RevertWhen_AnAuditRunsAlready() public {
        uint64 round = tick();
        hit(round);
        uint256 auditId = request();
        expectChance(round, round, abi.encodeWithSelector(Errors.Audits_InProgress.selector, MACHINE, auditId));
    }

    function test_requestByChance_WhenTheRoundHitsTheMachine() public {
        uint64 round = tick();
        hit(round);
        uint256 auditId = chance(round);
        assertState(auditId, IAudits.State.Requested);
        vm.assertEq(audits.audit(auditId).ringer, 0, "no ringer");
        vm.assertEq(audits.requestableAt(MACHINE), 0, "the owner's own request is left");
    }

    function test_post_RevertWhen_AStrangerPosts() public {
        uint256 auditId = request();
        seat(committeeOf(auditId));
        expectPost(auditId, stranger, "t", abi.encodeWithSelector(Errors.Audits_NotMachine.selector, MACHINE, stranger));
    }

    function test_post_RevertWhen_TheAuditIsFinished() public {
        uint256 auditId = audited(Lie.None, 5, 0);
        expectPost(auditId, key, "t", wrongState(auditId, IAudits.State.Passed));
    }

    function test_post_RevertWhen_TheCommitteeDoesNotWork() public {
        uint256 auditId = request();
        expectPost(auditId, key, "t", wrongAuditPhase(auditId, ICommittees.Phase.Convened));
        address[] memory members = seat(committeeOf(auditId));
        commit(committeeOf(auditId), members[0], failing());
        skip(32 minutes + 1);
        expectPost(auditId, key, "t", wrongAuditPhase(auditId, ICommittees.Phase.Revealing));
    }

    function test_post_RevertWhen_TheTranscriptIsZero() public {
        uint256 auditId = request();
        seat(committeeOf(auditId));
        expectPost(auditId, key, 0, abi.encodeWithSelector(Errors.Audits_TranscriptEmpty.selector, auditId));
    }

    function test_post_RevertWhen_TheMachineHasPosted() public {
        uint256 auditId = request();
        run(auditId, Lie.None);
        bytes32 first = audits.audit(auditId).transcript;
        expectPost(auditId, owner, "t", abi.encodeWithSelector(Errors.Audits_AlreadyPosted.selector, auditId, first));
    }

    function test_post_WhenTheMachineAnswers() public {
        uint256 auditId = request();
        seat(committeeOf(auditId));
        vm.assertEq(audits.pickRoundOf(auditId), 0, "no picks yet");
        skip(32 minutes);
        expectLog(address(audits));
        emit IAudits.Posted(auditId, "transcript");
        vm.prank(owner);
        audits.post(auditId, "transcript");

        vm.assertEq(audits.audit(auditId).transcript, "transcript", "transcript");
        vm.assertEq(audits.audit(auditId).postedAt, time, "posted at");
        vm.assertTrue(beacon.timeOf(audits.pickRoundOf(auditId)) > time + PICK_DELAY, "nobody knows the picks");
    }

    /// @dev The first round of the next tick, and the second at which it comes out.
    function tick() private returns (uint64 round) {
        round = beacon.roundAfter((time / 600 + 1) * 600 - 1);
        skipTo(beacon.timeOf(round));
    }

    function hit(uint64 round) private {
        uint256 value = 1;
        while (uint256(keccak256(abi.encode(value, MACHINE))) % 432 != 0) {
            ++value;
        }
        beacon.set(round, bytes32(value));
    }

    function chance(uint64 round) private returns (uint256) {
        bytes memory proof = beacon.proofOf(round);
        vm.prank(stranger);
        return audits.requestByChance(MACHINE, round, proof);
    }

    function expectChance(uint64 round, uint64 proved, bytes memory reason) private {
        bytes memory proof = beacon.proofOf(proved);
        vm.expectRevert(reason);
        audits.requestByChance(MACHINE, round, proof);
    }

    function expectPost(uint256 auditId, address by, bytes32 transcript, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(by);
        audits.post(auditId, transcript);
    }
}
