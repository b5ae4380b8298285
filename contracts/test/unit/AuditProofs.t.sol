// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {AuditWorld} from "../AuditWorld.sol";
import {FakeBeacon} from "../fake/FakeBeacon.sol";

/// @title AuditProofsTest
/// @notice test/tree/Audits.tree: what can be proved of a transcript.
contract AuditProofsTest is AuditWorld {
    /// @dev Rounds of slot 1, where the lies are.
    uint256 private constant FIRST = 2;
    uint256 private constant SECOND = 3;

    function test_proveWrongEntry_RevertWhen_ThereIsNoVerdictYet() public {
        uint256 auditId = request();
        run(auditId, Lie.Entries);
        expectProve(auditId, wrongState(auditId, IAudits.State.Requested));
    }

    function test_proveWrongEntry_RevertWhen_ARingerCanStillBeOpened() public {
        uint256 auditId = audited(Lie.Entries, 5, 0);
        uint256 opensAt = time + RINGER_PERIOD;
        skip(RINGER_PERIOD - 1);
        expectProve(auditId, abi.encodeWithSelector(Errors.Audits_ChallengeNotOpen.selector, auditId, opensAt));
        skip(1);
        proveEntry(auditId, FIRST, 1);
    }

    function test_proveWrongEntry_WhenItCannotBeARinger() public {
        vm.prank(owner);
        uint256 auditId = audits.request(MACHINE);
        run(auditId, Lie.Entries);
        finish(auditId, 5, 0);
        proveEntry(auditId, FIRST, 1);
    }

    function test_proveWrongEntry_RevertWhen_TheChallengePeriodIsOver() public {
        uint256 auditId = audited(Lie.Entries, 5, 0);
        uint256 overAt = time + 24 hours;
        skip(24 hours);
        expectProve(auditId, abi.encodeWithSelector(Errors.Audits_ChallengeOver.selector, auditId, overAt));
        time -= 1;
        vm.warp(time);
        proveEntry(auditId, FIRST, 1);
    }

    function test_proveWrongEntry_RevertWhen_TheRoundIsNotInTheTranscript() public {
        uint256 auditId = provable(Lie.Entries);
        bytes32[] memory path = pathOf(FIRST);
        answer[FIRST].state = "invented";
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotInTranscript.selector, auditId, 1, 0));
        audits.proveWrongEntry(auditId, answer[FIRST], path, 0, 1, products[FIRST], new bytes32[](0));
    }

    function test_proveWrongEntry_RevertWhen_TheLeafIsNotInTheProduct() public {
        uint256 auditId = provable(Lie.None);
        products[FIRST][7] ^= 0x01;
        expectProve(auditId, abi.encodeWithSelector(Errors.Audits_NotInProduct.selector, auditId, 0, 1));
    }

    function test_proveWrongEntry_RevertWhen_TheEntryIsRight() public {
        uint256 auditId = provable(Lie.Entries);
        uint256 value = plainEntry(answer[FIRST].state, 0, 0, SIZE);
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_EntryRight.selector, auditId, 0, 0, value));
        this.prove(auditId, FIRST, 0);
    }

    function test_proveWrongEntry_RevertWhen_ItWasProvedBefore() public {
        uint256 auditId = provable(Lie.Entries);
        proveEntry(auditId, FIRST, 1);
        expectProve(auditId, wrongState(auditId, IAudits.State.Forged));
    }

    function test_proveWrongEntry_WhenTheEntryIsWrong() public {
        uint256 auditId = provable(Lie.Entries);
        expectLog(address(audits));
        emit IAudits.Forged(auditId, MACHINE, stranger, 500e18);
        proveEntry(auditId, SECOND, 5);
        assertForged(auditId, stranger);
    }

    function test_proveBrokenChain_RevertWhen_TheRoundsDoNotFollowEachOther() public {
        uint256 auditId = provable(Lie.Chain);
        expectChain(auditId, SECOND, FIRST, abi.encodeWithSelector(Errors.Audits_RoundsApart.selector, 1, 1, 1, 0));
    }

    function test_proveBrokenChain_RevertWhen_TheRoundsAreOfDifferentSlots() public {
        uint256 auditId = provable(Lie.Chain);
        expectChain(auditId, 0, SECOND, abi.encodeWithSelector(Errors.Audits_RoundsApart.selector, 0, 0, 1, 1));
    }

    function test_proveBrokenChain_RevertWhen_TheChainHolds() public {
        uint256 auditId = provable(Lie.Chain);
        expectChain(auditId, 0, 1, abi.encodeWithSelector(Errors.Audits_ChainHolds.selector, auditId, 0, 0));
    }

    function test_proveBrokenChain_WhenTheChainIsBroken() public {
        uint256 auditId = audited(Lie.Chain, 0, 5);
        skip(RINGER_PERIOD);
        (bytes32[] memory path, bytes32[] memory nextPath) = (pathOf(FIRST), pathOf(SECOND));
        audits.proveBrokenChain(auditId, answer[FIRST], path, answer[SECOND], nextPath);
        assertForged(auditId, address(this));
    }

    function test_proveFalseStart_RevertWhen_TheRoundIsNotTheFirst() public {
        uint256 auditId = provable(Lie.Start);
        expectStart(auditId, SECOND, abi.encodeWithSelector(Errors.Audits_StartHolds.selector, auditId, 1, 1));
    }

    function test_proveFalseStart_RevertWhen_TheSlotStartsAtTheSeed() public {
        uint256 auditId = provable(Lie.Start);
        expectStart(auditId, 0, abi.encodeWithSelector(Errors.Audits_StartHolds.selector, auditId, 0, 0));
    }

    function test_proveFalseStart_WhenTheSlotStartsElsewhere() public {
        uint256 auditId = provable(Lie.Start);
        bytes32[] memory path = pathOf(FIRST);
        audits.proveFalseStart(auditId, answer[FIRST], path);
        assertForged(auditId, address(this));
    }

    function test_proveBlindPass_RevertWhen_TheEntryIsRight() public {
        uint256 auditId = provable(Lie.Entries);
        IAudits.PickedEntry memory entry = picked(auditId, 0, 3);
        (bool succeeded, bytes memory reason) =
            address(audits).call(abi.encodeCall(IAudits.proveBlindPass, (auditId, entry)));
        vm.assertTrue(!succeeded && bytes4(reason) == Errors.Audits_EntryRight.selector, "refused");
    }

    function test_proveBlindPass_RevertWhen_TheRoundIsNotThePickedOne() public {
        uint256 auditId = provable(Lie.Entries);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        uint16 round = entry.round.round;
        uint256 other = 2 + (1 - round);
        (entry.round, entry.roundPath, entry.leaf) = (answer[other], pathOf(other), products[other]);
        expectBlind(auditId, entry, abi.encodeWithSelector(Errors.Audits_NotPicked.selector, auditId, 1 - round, round));
    }

    function test_proveBlindPass_RevertWhen_TheBeaconProofIsOfAnotherRound() public {
        uint256 auditId = provable(Lie.Entries);
        uint64 round = audits.pickRoundOf(auditId);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 0);
        entry.beaconProof = beacon.proofOf(round - 1);
        expectBlind(auditId, entry, abi.encodeWithSelector(FakeBeacon.Beacon_ProofInvalid.selector, round));
    }

    function test_proveBlindPass_RevertWhen_ItWasProvedBefore() public {
        uint256 auditId = provable(Lie.Entries);
        audits.proveBlindPass(auditId, picked(auditId, 1, 0));
        bytes memory reason = abi.encodeWithSelector(Errors.Audits_AlreadyPunished.selector, auditId);
        expectBlind(auditId, picked(auditId, 1, 1), reason);
    }

    function test_proveBlindPass_WhenTheForgeryWasProvedBySomeoneElse() public {
        uint256 auditId = provable(Lie.Entries);
        proveEntry(auditId, FIRST, 1);
        audits.proveBlindPass(auditId, picked(auditId, 1, 0));
        assertForged(auditId, stranger);
        assertBonds(auditId, 800e18, 1000e18);
        // A fifth of four times 200.
        vm.assertEq(stakes.free(address(this)), 160e18, "reporter");
    }

    function test_proveBlindPass_WhenAPickedEntryIsWrong() public {
        uint256 auditId = provable(Lie.Entries);
        IAudits.PickedEntry memory entry = picked(auditId, 1, 63);
        expectLog(address(audits));
        emit IAudits.BlindPassProved(auditId, stranger, 4);
        vm.prank(stranger);
        audits.proveBlindPass(auditId, entry);
        assertForged(auditId, stranger);
        assertBonds(auditId, 800e18, 1000e18);
    }

    /// @dev Four pass it and one fails it.
    function provable(Lie lie) private returns (uint256 auditId) {
        auditId = audited(lie, 4, 1);
        skip(RINGER_PERIOD);
    }

    function prove(uint256 auditId, uint256 index, uint32 column) external {
        bytes32[] memory path = pathOf(index);
        audits.proveWrongEntry(auditId, answer[index], path, 0, column, products[index], new bytes32[](0));
    }

    function expectProve(uint256 auditId, bytes memory reason) private {
        bytes32[] memory path = pathOf(FIRST);
        vm.expectRevert(reason);
        audits.proveWrongEntry(auditId, answer[FIRST], path, 0, 1, products[FIRST], new bytes32[](0));
    }

    function expectChain(uint256 auditId, uint256 index, uint256 next, bytes memory reason) private {
        (bytes32[] memory path, bytes32[] memory nextPath) = (pathOf(index), pathOf(next));
        vm.expectRevert(reason);
        audits.proveBrokenChain(auditId, answer[index], path, answer[next], nextPath);
    }

    function expectStart(uint256 auditId, uint256 index, bytes memory reason) private {
        bytes32[] memory path = pathOf(index);
        vm.expectRevert(reason);
        audits.proveFalseStart(auditId, answer[index], path);
    }

    function expectBlind(uint256 auditId, IAudits.PickedEntry memory entry, bytes memory reason) private {
        vm.expectRevert(reason);
        audits.proveBlindPass(auditId, entry);
    }

    function assertForged(uint256 auditId, address reporter) private view {
        assertState(auditId, IAudits.State.Forged);
        assertClass(0);
        vm.assertEq(machines.slashed(), 500e18, "half of the stake");
        vm.assertEq(machines.reporter(), reporter, "reporter");
    }

    /// @dev The first four of the committee passed the machine, the last failed it.
    function assertBonds(uint256 auditId, uint256 passed, uint256 failed) private view {
        address[] memory members = committees.membersOf(committeeOf(auditId));
        for (uint256 i = 0; i < 5; ++i) {
            assertBond(members[i], i < 4 ? passed : failed);
        }
    }
}
