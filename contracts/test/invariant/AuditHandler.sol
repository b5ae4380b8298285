// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Answers} from "./Answers.sol";
import {JudgeWorld} from "./JudgeWorld.sol";

/// @title AuditHandler
/// @notice Audits from the request to the last proof: machines answer rightly or with one lie, committees judge as they
/// like, and everybody proves what he can and tries to prove what is not so.
contract AuditHandler is JudgeWorld, Answers {
    /// @param lie What is wrong with the answer, if anything.
    /// @param hasCommitment Whether it was requested with random bytes, or with a real ringer's commitment.
    struct Case {
        Lie lie;
        bool posted;
        bool hasCommitment;
        bool isRinger;
        bool judged;
        uint256 finishedAt;
        address[] passed;
        address[] failed;
    }

    uint256[] internal auditIds;
    mapping(uint256 auditId => Case) private cases;
    mapping(address verifier => uint256) private pairedAt;
    mapping(uint256 machineId => uint256) private decoyUntil;

    function ask(uint256 seed) external seeded(seed) {
        uint256 machineId = 1 + draw(2);
        uint256 last = audits.latestAudit(machineId);
        if (audits.audit(last).state == IAudits.State.Requested) return;
        uint256 allowedAt = audits.requestableAt(machineId);
        if (allowedAt > time + 1 hours) return;
        if (allowedAt > time) skip(allowedAt - time);
        if (mayBeDecoy(machineId)) {
            bytes memory early = abi.encodeCall(audits.requestWith, (machineId, 0));
            refused(ownerOf(machineId), address(audits), early, "I22: asked again before a ringer is opened");
            return;
        }
        uint256 kind = draw(3);
        bytes32 commitment = kind == 0 ? bytes32(0) : kind == 1 ? keccak256("bytes") : ringerOf(machineId);
        vm.prank(ownerOf(machineId));
        uint256 auditId = audits.requestWith(machineId, commitment);
        (cases[auditId].hasCommitment, cases[auditId].isRinger) = (kind != 0, kind == 2);
        auditIds.push(auditId);
        noteConvened(audits.audit(auditId).committeeId, ownerOf(machineId), account(keyName(machineId)));
    }

    /// @dev Two machines side by side: whoever is a verifier, once a day, and one round draws both committees (I20).
    function askPair(uint256 seed) external seeded(seed) {
        address who = crowd[draw(crowd.length)];
        bool may = committees.isVerifier(who) && time >= pairedAt[who] + 1 days;
        for (uint256 machineId = 1; machineId <= 2; ++machineId) {
            bool runs = audits.audit(audits.latestAudit(machineId)).state == IAudits.State.Requested;
            may = may && !runs && !mayBeDecoy(machineId) && time >= decoyUntil[machineId];
        }
        if (!may) {
            refused(who, address(audits), abi.encodeCall(audits.requestPair, (1, 2)), "I20: a pair that may not be");
            return;
        }
        vm.prank(who);
        (uint256 first, uint256 second) = audits.requestPair(1, 2);
        pairedAt[who] = time;
        auditIds.push(first);
        auditIds.push(second);
        (uint256 one, uint256 other) = (audits.audit(first).committeeId, audits.audit(second).committeeId);
        noteConvened(one, ownerOf(1), account(keyName(1)));
        noteConvened(other, ownerOf(2), account(keyName(2)));
        vm.assertEq(committees.committee(one).round, committees.committee(other).round, "I20: a pair of two rounds");
    }

    /// @dev From the draw to the count (I21); now and then nobody draws.
    function judge(uint256 seed) external seeded(seed) {
        uint256 auditId = audits.latestAudit(1 + draw(2));
        IAudits.Audit memory audit_ = audits.audit(auditId);
        if (audit_.state != IAudits.State.Requested) return;
        forgetVotes();
        if (chance(90)) seatBySomebody(audit_.committeeId);
        if (committees.phaseOf(audit_.committeeId) == ICommittees.Phase.Convened) {
            skip(committees.committee(audit_.committeeId).seatUntil + 1 - time);
        }
        cases[auditId].posted = false;
        if (committees.phaseOf(audit_.committeeId) == ICommittees.Phase.Committing) {
            if (chance(90)) post(auditId, audit_.machineId);
            bytes32 pass = passing(aClass(uint8(audit_.machineId)));
            bool honestPasses = chance(60);
            (bytes32 most, bytes32 few) = honestPasses ? (pass, failing()) : (failing(), pass);
            voteByChance(audit_.committeeId, most, few, chance(80) ? 90 : 50);
        }
        finish(auditId, audit_);
    }

    /// @dev I22, and of I15 that nobody pays twice for one forgery.
    function prove(uint256 seed) external seeded(seed) {
        if (auditIds.length == 0) return;
        uint256 auditId = auditIds[auditIds.length - 1 - draw(auditIds.length < 4 ? auditIds.length : 4)];
        Case storage case_ = cases[auditId];
        if (!case_.judged || !case_.posted) return;
        Answer memory answer = answerTo(auditId, case_.lie);
        bytes memory proof = case_.lie == Lie.None ? bytes("") : proofOfLie(auditId, case_.lie, answer);
        uint256 opensAt = case_.finishedAt + (case_.hasCommitment ? 10 minutes : 0);
        if (chance(70) && time < opensAt) skip(opensAt - time);
        proveWhatIsNotSo(auditId, case_.lie, answer);
        if (case_.lie == Lie.None) return;
        bool inTime = time >= opensAt && time < case_.finishedAt + 24 hours;
        if (!inTime || !isProvable(auditId)) refused(stranger, address(audits), proof, "I22: a proof out of its time");
        else forge(auditId, proof);
    }

    /// @dev A pass of an entry that had to be looked at costs who passed it, once, also after the forgery is proved.
    function proveBlindPass(uint256 seed) external seeded(seed) {
        if (auditIds.length == 0) return;
        uint256 auditId = auditIds[auditIds.length - 1 - draw(auditIds.length < 4 ? auditIds.length : 4)];
        Case storage case_ = cases[auditId];
        if (case_.lie != Lie.Entry || !case_.judged || !case_.posted) return;
        (bool found, IAudits.PickedEntry memory picked) = pickOfLie(auditId);
        if (!found) return;
        bool isForged = audits.audit(auditId).state == IAudits.State.Forged;
        uint256 opensAt = case_.finishedAt + (case_.hasCommitment ? 10 minutes : 0);
        bool inTime = time >= opensAt && time < case_.finishedAt + 24 hours;
        bytes memory call = abi.encodeCall(audits.proveBlindPass, (auditId, picked));
        if (!inTime || (!isForged && !isProvable(auditId))) {
            refused(stranger, address(audits), call, "I22: a proof out of its time");
            return;
        }
        vm.prank(stranger);
        audits.proveBlindPass(auditId, picked);
        for (uint256 i = 0; i < case_.passed.length; ++i) {
            takeBond(case_.passed[i], 200e18);
        }
        refused(stranger, address(audits), call, "I15: a blind pass is punished twice");
        case_.posted = false;
    }

    function openRinger(uint256 seed) external seeded(seed) {
        if (auditIds.length == 0) return;
        uint256 auditId = auditIds[auditIds.length - 1 - draw(auditIds.length < 2 ? auditIds.length : 2)];
        Case storage case_ = cases[auditId];
        if (case_.lie != Lie.Entry || !case_.judged || !case_.posted) return;
        (bool found, IAudits.PickedEntry memory picked) = pickOfLie(auditId);
        if (!found) return;
        uint256 machineId = audits.audit(auditId).machineId;
        bytes memory call = abi.encodeCall(audits.openRinger, (auditId, "salt", picked));
        bool may = case_.isRinger && isProvable(auditId) && time < case_.finishedAt + 10 minutes;
        if (!may) {
            refused(ownerOf(machineId), address(audits), call, "I22: opened as a ringer that is none");
            return;
        }
        uint256 stakeBefore = machines.stakeOf(machineId);
        vm.prank(ownerOf(machineId));
        audits.openRinger(auditId, "salt", picked);
        for (uint256 i = 0; i < case_.passed.length; ++i) {
            takeBond(case_.passed[i], 200e18);
        }
        decoyUntil[machineId] = time + 7 days;
        vm.assertEq(machines.stakeOf(machineId), stakeBefore, "I15: a ringer costs its machine stake");
        case_.posted = false;
    }

    function sweepSlashes(uint256 seed) external seeded(seed) {
        sweep();
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        checkBonds();
        vm.assertEq(audits.audit(auditIds.length + 1000).machineId, 0, "I30: an audit that never was");
        vm.assertEq(committees.membersOf(committees.count() + 1).length, 0, "I30: a committee that never was");
    }

    function post(uint256 auditId, uint256 machineId) private {
        Case storage case_ = cases[auditId];
        case_.lie = Lie(draw(4));
        (case_.posted, lieSeed[auditId]) = (true, draw(type(uint256).max));
        bytes32 transcript = answerTo(auditId, case_.lie).transcript;
        vm.prank(account(keyName(machineId)));
        audits.post(auditId, transcript);
        bytes memory again = abi.encodeCall(audits.post, (auditId, "another"));
        refused(account(keyName(machineId)), address(audits), again, "I22: an answer is exchanged");
    }

    /// @dev I21: two thirds of the seated decide by votes that are verdicts; else another draw, three in all, then nothing.
    function finish(uint256 auditId, IAudits.Audit memory before) private {
        uint256 machineId = before.machineId;
        Case storage case_ = cases[auditId];
        delete case_.passed;
        delete case_.failed;
        for (uint256 i = 0; i < revealed.length; ++i) {
            if (revealed[i] == failing()) case_.failed.push(revealers[i]);
            else if (revealed[i] != keccak256("x")) case_.passed.push(revealers[i]);
        }
        uint256 quorum = (2 * committees.membersOf(before.committeeId).length + 2) / 3;
        IAudits.State expected = IAudits.State.NoVerdict;
        if (quorum > 0 && case_.failed.length >= quorum) expected = IAudits.State.Failed;
        else if (quorum > 0 && case_.passed.length >= quorum && case_.posted) expected = IAudits.State.Passed;
        bool redrawn = expected == IAudits.State.NoVerdict && before.draws < 3;
        (, uint40 classUntil) = machines.pointsOf(machineId);

        audits.finish(auditId);
        noteDismissed(before.committeeId);
        IAudits.Audit memory after_ = audits.audit(auditId);
        if (redrawn) expected = IAudits.State.Requested;
        vm.assertEq(uint256(after_.state), uint256(expected), "I21: the outcome is not that of the votes");
        uint256 until = expected == IAudits.State.Passed ? time + 30 days : classUntil;
        if (expected == IAudits.State.Failed) until = 0;
        uint32 points;
        (points, classUntil) = machines.pointsOf(machineId);
        uint32 weight = until == 0 ? 0 : classTable.weigh(machines.machine(machineId).class);
        vm.assertEq(points, weight, "I21: the points are not those of the class table");
        vm.assertEq(classUntil, until, "I21: the class is not that of the outcome");
        if (redrawn) noteConvened(after_.committeeId, ownerOf(machineId), account(keyName(machineId)));
        else (case_.judged, case_.finishedAt) = (true, time);
    }

    /// @dev The machine loses half its stake, rewards first, and all that is taken is given (I15, I16).
    function forge(uint256 auditId, bytes memory proof) private {
        uint256 machineId = audits.audit(auditId).machineId;
        rewards.sync(machineId);
        uint256 amount = machines.stakeOf(machineId) / 2;
        uint256 had = machines.stakeOf(machineId) + rewards.accountOf(machineId).unvested;
        uint256 inStakes = stakes.total() + stakes.pending();
        (uint256 minted, uint256 free) = (rewards.minted(), stakes.free(stranger));
        vm.prank(stranger);
        (bool done,) = address(audits).call(proof);
        vm.assertTrue(done, "I22: a lie cannot be proved");
        uint256 has = machines.stakeOf(machineId) + rewards.accountOf(machineId).unvested;
        vm.assertEq(had - has, amount, "I15: a forgery takes another sum than half the stake");
        vm.assertEq(stakes.free(stranger) - free, amount / 5, "I16: the prover does not get a fifth");
        vm.assertEq(stakes.total() + stakes.pending(), inStakes + rewards.minted() - minted, "I16: the slash leaks");
        refused(stranger, address(audits), proof, "I15: a forgery is punished twice");
    }

    function takeBond(address who, uint256 amount) private {
        bondBook[who] -= bondBook[who] < amount ? bondBook[who] : amount;
    }

    /// @dev Whether the last audit of the machine can still turn out to have been a ringer.
    function mayBeDecoy(uint256 machineId) private view returns (bool) {
        IAudits.Audit memory last = audits.audit(audits.latestAudit(machineId));
        return last.ringer != 0 && time < last.finishedAt + 10 minutes;
    }

    function isProvable(uint256 auditId) private view returns (bool) {
        IAudits.State state = audits.audit(auditId).state;
        return state == IAudits.State.Passed || state == IAudits.State.Failed || state == IAudits.State.NoVerdict;
    }

    function proveWhatIsNotSo(uint256 auditId, Lie lie, Answer memory answer) private {
        bytes[] memory proofs = falseProofs(auditId, lie, answer, draw(type(uint256).max));
        for (uint256 i = 0; i < proofs.length; ++i) {
            refused(stranger, address(audits), proofs[i], "I22: what is right is proved wrong");
        }
    }
}
