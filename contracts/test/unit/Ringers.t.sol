// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {AuditWorld} from "../AuditWorld.sol";

/// @title RingersTest
/// @notice test/tree/Audits.tree: wrong answers that were planted.
contract RingersTest is AuditWorld {
    function test_openRinger_RevertWhen_AStrangerOpensIt() public {
        uint256 auditId = planted(4, 1);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotMachine.selector, MACHINE, stranger));
        vm.prank(stranger);
        audits.openRinger(auditId, "salt", entry);
    }

    function test_openRinger_RevertWhen_ThereIsNoVerdictYet() public {
        uint256 auditId = plant();
        judge(auditId, 4, 1);
        expectOpen(auditId, 1, "salt", wrongState(auditId, IAudits.State.Requested));
    }

    function test_openRinger_RevertWhen_ItsPeriodIsOver() public {
        uint256 auditId = planted(4, 1);
        uint256 overAt = time + RINGER_PERIOD;
        skip(RINGER_PERIOD);
        expectOpen(auditId, 1, "salt", abi.encodeWithSelector(Errors.Audits_RingerPeriodOver.selector, auditId, overAt));
        time -= 1;
        vm.warp(time);
        open(auditId);
    }

    function test_openRinger_RevertWhen_ItWasNotPlanted() public {
        uint256 auditId = planted(4, 1);
        bytes memory reason =
            abi.encodeWithSelector(Errors.Audits_NoRinger.selector, auditId, ringerOf("salt"), ringerOf("other"));
        expectOpen(auditId, 1, "other", reason);
    }

    function test_openRinger_RevertWhen_ThePickedEntryIsRight() public {
        uint256 auditId = planted(4, 1);
        IAudits.PickedEntry memory entry = picked(auditId, 0, 0);
        vm.prank(key);
        (bool succeeded, bytes memory reason) =
            address(audits).call(abi.encodeCall(IAudits.openRinger, (auditId, "salt", entry)));
        vm.assertTrue(!succeeded && bytes4(reason) == Errors.Audits_EntryRight.selector, "refused");
    }

    function test_openRinger_WhenVerifiersWereFooled() public {
        uint256 auditId = planted(1, 4);
        expectLog(address(audits));
        emit IAudits.RingerOpened(auditId, 4, 1);
        open(auditId);
        address[] memory members = committees.membersOf(committeeOf(auditId));
        assertBond(members[0], 800e18);
        for (uint256 i = 1; i < 5; ++i) {
            assertBond(members[i], 1000e18);
            // A fifth of 200 among four.
            vm.assertEq(stakes.free(members[i]), 10e18, "caught it");
        }
        vm.assertEq(machines.slashed(), 0, "the machine loses nothing");
    }

    function test_openRinger_WhenAllWereFooled() public {
        uint256 auditId = planted(5, 0);
        vm.assertTrue(machines.classUntil() > 0, "passed");
        open(auditId);
        assertState(auditId, IAudits.State.Ringer);
        assertClass(0);
        assertBond(committees.membersOf(committeeOf(auditId))[4], 800e18);
    }

    function test_openRinger_WhenItIsOpened() public {
        uint256 auditId = planted(1, 4);
        open(auditId);
        uint256 allowedAt = time + 7 days;
        skip(RINGER_PERIOD);
        vm.expectRevert(wrongState(auditId, IAudits.State.Ringer));
        this.prove(auditId);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        vm.expectRevert(wrongState(auditId, IAudits.State.Ringer));
        audits.proveBlindPass(auditId, entry);
        skipTo(allowedAt - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_TooSoon.selector, MACHINE, allowedAt));
        request();
        skip(1);
        request();
    }

    function plant() private returns (uint256 auditId) {
        vm.prank(owner);
        auditId = audits.requestWith(MACHINE, ringerOf("salt"));
        run(auditId, Lie.Entries);
    }

    function planted(uint256 passes, uint256 fails) private returns (uint256 auditId) {
        auditId = plant();
        finish(auditId, passes, fails);
    }

    function open(uint256 auditId) private {
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        vm.prank(owner);
        audits.openRinger(auditId, "salt", entry);
    }

    function expectOpen(uint256 auditId, uint8 slot, bytes32 salt, bytes memory reason) private {
        IAudits.PickedEntry memory entry = picked(auditId, slot, 0);
        vm.expectRevert(reason);
        vm.prank(owner);
        audits.openRinger(auditId, salt, entry);
    }

    function prove(uint256 auditId) external {
        proveEntry(auditId, 2, 1);
    }
}
