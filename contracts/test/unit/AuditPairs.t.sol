// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {AuditWorld} from "../AuditWorld.sol";

/// @title AuditPairsTest
/// @notice test/tree/Audits.tree: two machines that may be one card, audited side by side.
contract AuditPairsTest is AuditWorld {
    uint256 private constant OTHER = 8;

    address private immutable suspicious = account("suspicious");

    function setUp() public override {
        super.setUp();
        enroll(suspicious, 1);
        skip(1);
    }

    function test_requestPair_RevertWhen_TheCallerIsNoVerifier() public {
        expectPair(stranger, MACHINE, OTHER, abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, stranger));
        expectPair(owner, MACHINE, OTHER, abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, owner));
    }

    function test_requestPair_RevertWhen_TheVerifierHasLeft() public {
        vm.prank(suspicious);
        committees.leave();
        expectPair(suspicious, MACHINE, OTHER, abi.encodeWithSelector(Errors.Audits_NotVerifier.selector, suspicious));
    }

    function test_requestPair_RevertWhen_BothAreOneMachine() public {
        expectPair(suspicious, OTHER, OTHER, abi.encodeWithSelector(Errors.Audits_PairOfOne.selector, OTHER));
    }

    function test_requestPair_RevertWhen_ADayHasNotPassed() public {
        uint256 allowedAt = time + 1 days;
        pair(suspicious, MACHINE, OTHER);
        skip(1 days - 1);
        bytes memory reason = abi.encodeWithSelector(Errors.Audits_PairTooSoon.selector, suspicious, allowedAt);
        expectPair(suspicious, 9, 10, reason);
        enroll(stranger, 1);
        pair(stranger, 11, 12);
        skip(1);
        pair(suspicious, 9, 10);
    }

    function test_requestPair_RevertWhen_AnAuditOfEitherIsInProgress() public {
        uint256 auditId = request();
        bytes memory reason = abi.encodeWithSelector(Errors.Audits_InProgress.selector, MACHINE, auditId);
        expectPair(suspicious, MACHINE, OTHER, reason);
        expectPair(suspicious, OTHER, MACHINE, reason);
        vm.assertEq(audits.latestAudit(OTHER), 0, "nothing of it has begun");
        vm.assertEq(audits.pairableAt(suspicious), 0, "and his day is left to him");
        pair(suspicious, OTHER, 9);
    }

    function test_requestPair_RevertWhen_AMachineIsNotOnTheNetwork() public {
        machines.setState(IMachines.State.Exited);
        expectPair(
            suspicious,
            MACHINE,
            OTHER,
            abi.encodeWithSelector(Errors.Audits_MachineNotOnNetwork.selector, MACHINE, IMachines.State.Exited)
        );
    }

    function test_requestPair_RevertWhen_EitherMayStillBeOpenedAsARinger() public {
        audited(Lie.None, 5, 0);
        uint256 openedUntil = time + RINGER_PERIOD;
        skip(RINGER_PERIOD - 1);
        bytes memory reason = abi.encodeWithSelector(Errors.Audits_TooSoon.selector, MACHINE, openedUntil);
        expectPair(suspicious, MACHINE, OTHER, reason);
        expectPair(suspicious, OTHER, MACHINE, reason);
        skip(1);
        pair(suspicious, OTHER, MACHINE);
    }

    function test_requestPair_RevertWhen_EitherIsADecoyInItsWeek() public {
        uint256 weekOver = openDecoy();
        skipTo(weekOver - 1);
        bytes memory reason = abi.encodeWithSelector(Errors.Audits_TooSoon.selector, MACHINE, weekOver);
        expectPair(suspicious, MACHINE, OTHER, reason);
        expectPair(suspicious, OTHER, MACHINE, reason);
    }

    function test_requestPair_WhenTheWeekOfADecoyIsOver() public {
        skipTo(openDecoy());
        pair(suspicious, OTHER, MACHINE);
    }

    function test_requestPair_WhenTheOwnerHasJustHadAnAudit() public {
        audited(Lie.None, 5, 0);
        skip(RINGER_PERIOD);
        uint256 requestableAt = audits.requestableAt(MACHINE);
        vm.assertTrue(time < requestableAt, "his hour is not over");
        pair(suspicious, MACHINE, OTHER);
        vm.assertEq(audits.requestableAt(MACHINE), requestableAt, "his own request is left to him");
    }

    function test_requestPair_WhenAVerifierSuspectsTwoMachines() public {
        expectLog(address(audits));
        emit IAudits.Requested(1, MACHINE, 1, SIZE, ROUNDS);
        expectLog(address(audits));
        emit IAudits.Requested(2, OTHER, 2, SIZE, ROUNDS);
        expectLog(address(audits));
        emit IAudits.PairRequested(1, 2, suspicious);
        (uint256 auditA, uint256 auditB) = pair(suspicious, MACHINE, OTHER);

        vm.assertEq(audits.audit(auditA).machineId, MACHINE, "first");
        vm.assertEq(audits.audit(auditB).machineId, OTHER, "second");
        vm.assertEq(audits.audit(auditA).ringer | audits.audit(auditB).ringer, 0, "no ringers");
        vm.assertEq(audits.pairableAt(suspicious), time + 1 days, "his next");
        ICommittees.Committee memory a = committees.committee(committeeOf(auditA));
        ICommittees.Committee memory b = committees.committee(committeeOf(auditB));
        vm.assertEq(a.round, b.round, "one round draws both");
        seat(committeeOf(auditA));
        seat(committeeOf(auditB));
        (a, b) = (committees.committee(committeeOf(auditA)), committees.committee(committeeOf(auditB)));
        vm.assertEq(a.commitUntil, b.commitUntil, "and they work at the same time");
    }

    /// @dev The machine's audit turns out to have been a ringer, that fooled nobody. Returns when its owner may request again.
    function openDecoy() private returns (uint256 weekOver) {
        vm.prank(owner);
        uint256 auditId = audits.requestWith(MACHINE, ringerOf("salt"));
        run(auditId, Lie.Entries);
        finish(auditId, 0, 5);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        vm.prank(owner);
        audits.openRinger(auditId, "salt", entry);
        return time + 7 days;
    }

    function pair(address by, uint256 machineA, uint256 machineB) private returns (uint256 auditA, uint256 auditB) {
        vm.prank(by);
        return audits.requestPair(machineA, machineB);
    }

    function expectPair(address by, uint256 machineA, uint256 machineB, bytes memory reason) private {
        vm.expectRevert(reason);
        pair(by, machineA, machineB);
    }
}
