// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IFaults} from "../../src/interfaces/IFaults.sol";
import {Judgement} from "../../src/libraries/Judgement.sol";
import {Errors} from "../../src/Errors.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultVerdictsTest
/// @notice test/tree/Faults.tree, the leaves of `judge`.
contract FaultVerdictsTest is FaultWorld {
    function test_judge_RevertWhen_ThereIsNoSuchFault() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_Unknown.selector, 1));
        faults.judge(1);
    }

    function test_judge_RevertWhen_TheCommitteeIsNotOver() public {
        uint256 faultId = reported();
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Faults_CommitteeNotOver.selector, faultId, 1, ICommittees.Phase.Convened)
        );
        faults.judge(faultId);
    }

    function test_judge_RevertWhen_ItHasBeenJudged() public {
        uint256 faultId = guilty();
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Guilty));
        faults.judge(faultId);
    }

    function test_judge_WhenTwoThirdsSayGuilty() public {
        uint256 faultId = reported();
        vote(faultId, 5, 4, 1, time);
        skip(1 hours);
        expectLog(address(faults));
        emit IFaults.Judged(faultId, IFaults.State.Guilty, time - 1 hours);
        faults.judge(faultId);
        IFaults.Fault memory found = faults.fault(faultId);
        vm.assertTrue(found.guilty, "guilty");
        vm.assertTrue(!found.isFinal, "final");
        vm.assertEq(found.verdictAt, time, "at");
        vm.assertEq(uint256(committees.phaseOf(1)), uint256(ICommittees.Phase.Dismissed), "phase");
        vm.assertEq(bondOf(2 * faultId), REPORT_BOND, "bond");
        vm.assertEq(machineStake(), STAKE, "stake");
    }

    function test_judge_WhenFewerThanTwoThirdsSayGuilty() public {
        assertVerdict(5, 3, 2, IFaults.State.NoVerdict);
        vm.assertEq(bondOf(2), 0, "bond");
        vm.assertEq(stakes.free(reporter), FUNDS, "free");
        vm.assertEq(uint256(committees.phaseOf(1)), uint256(ICommittees.Phase.Dismissed), "phase");
    }

    function test_judge_WhenTheGuiltyVotesComeFromOneRegion() public {
        for (uint256 i = 0; i < 5; ++i) {
            committees.setRegion(verifier(i), 255);
        }
        assertVerdict(5, 5, 0, IFaults.State.NoVerdict);
    }

    function test_judge_WhenOnlyTwoSayGuilty() public {
        assertVerdict(3, 2, 0, IFaults.State.NoVerdict);
    }

    function test_judge_WhenTwoThirdsSayInnocent() public {
        assertVerdict(5, 1, 4, IFaults.State.Innocent);
        vm.assertTrue(!faults.fault(1).guilty, "guilty");
        vm.assertEq(faults.fault(1).since, time, "since");
    }

    function test_judge_WhenFewerThanTwoThirdsSayInnocent() public {
        assertVerdict(5, 0, 3, IFaults.State.NoVerdict);
    }

    function test_judge_WhenVotesAreNoJudgements() public {
        uint256 faultId = reported();
        bytes32[] memory votes = new bytes32[](5);
        for (uint256 i = 0; i < 5; ++i) {
            votes[i] = Judgement.encode(true, uint40(time));
        }
        // A mark behind, and guilty since never: three are left.
        votes[1] |= bytes32(uint256(1));
        votes[3] = Judgement.encode(true, 0);
        address[] memory voters = new address[](5);
        for (uint256 i = 0; i < 5; ++i) {
            voters[i] = verifier(i);
        }
        committees.finish(1, 5, voters, votes);
        faults.judge(faultId);
        assertState(faultId, IFaults.State.NoVerdict);
    }

    function test_judge_WhenNobodyWasSeated() public {
        assertVerdict(0, 0, 0, IFaults.State.NoVerdict);
    }

    function test_judge_WhenVotersNameDifferentSeconds() public {
        uint256 faultId = report(reporter, 0, UNREACHABLE, time - 1 hours);
        uint256[4] memory ago = [uint256(10 minutes), 40 minutes, 50 minutes, 20 minutes];
        voteSince(ago);
        faults.judge(faultId);
        // Of 50, 40, 20 and 10 minutes ago the two in the middle are 40 and 20.
        vm.assertEq(faults.fault(faultId).since, time - 20 minutes, "since");
    }

    function test_judge_WhenVotersNameSecondsBeforeTheReportedOne() public {
        uint256 faultId = reported();
        judge(faultId, 5, time - 1);
        vm.assertEq(faults.fault(faultId).since, time, "since");
    }

    function test_judge_WhenVotersNameSecondsToCome() public {
        uint256 faultId = reported();
        skip(30 minutes);
        judge(faultId, 5, time + 1);
        vm.assertEq(faults.fault(faultId).since, time, "since");
    }

    function test_judge_WhenAnAppealIsUpheld() public {
        uint256 faultId = guilty();
        uint256 since = time;
        appeal(owner, faultId);
        skip(1 hours);
        judge(faultId, 10, time);
        IFaults.Fault memory found = faults.fault(faultId);
        assertState(faultId, IFaults.State.Guilty);
        vm.assertTrue(found.isFinal, "final");
        vm.assertEq(found.committeeId, 2, "committee");
        vm.assertEq(found.verdictAt, time, "at");
        vm.assertEq(found.since, since + 1 hours, "since");
        vm.assertEq(bondOf(2 * faultId + 1), 0, "bond");
        vm.assertEq(stakes.free(owner), FUNDS - APPEAL_BOND, "owner");
        // A fifth for the reporter, whose own bond is locked yet, and a fifth for the ten.
        vm.assertEq(stakes.free(reporter), FUNDS - REPORT_BOND + 30e18, "reporter");
        vm.assertEq(stakes.free(verifier(9)), 3e18, "verifier");
    }

    function test_judge_WhenAnAppealTurnsGuiltyIntoInnocent() public {
        uint256 faultId = guilty();
        appeal(owner, faultId);
        judge(faultId, 11, 0);
        IFaults.Fault memory found = faults.fault(faultId);
        assertState(faultId, IFaults.State.Innocent);
        vm.assertTrue(found.isFinal && !found.guilty, "final");
        vm.assertEq(found.committeeId, 2, "committee");
        vm.assertEq(stakes.free(owner), FUNDS, "owner");
        vm.assertEq(bondOf(2 * faultId), REPORT_BOND, "bond");
    }

    function test_judge_WhenTheMachineWasSaidToBeBackBeforeVotesWereIn() public {
        uint256 faultId = reported();
        recover(faultId);
        skip(20 minutes);
        judge(faultId, 5, time - 20 minutes);
        vm.assertEq(faults.fault(faultId).until, 0, "believed");
        recover(faultId);
        vm.assertEq(faults.fault(faultId).until, time, "said again");
    }

    function test_judge_WhenTheMachineWasSaidToBeBackAfterVotesWereIn() public {
        uint256 faultId = reported();
        vote(faultId, 5, 5, 0, time);
        skip(1);
        recover(faultId);
        faults.judge(faultId);
        vm.assertEq(faults.fault(faultId).until, time, "not believed");
    }

    function test_judge_WhenAnAppealTurnsInnocentIntoGuilty() public {
        uint256 faultId = innocent();
        appeal(reporter, faultId);
        skip(1 hours);
        judge(faultId, 11, time - 30 minutes);
        IFaults.Fault memory found = faults.fault(faultId);
        assertState(faultId, IFaults.State.Guilty);
        vm.assertTrue(found.isFinal && found.guilty, "final");
        vm.assertEq(found.since, time - 30 minutes, "since");
        vm.assertEq(stakes.free(reporter), FUNDS - REPORT_BOND, "reporter");
    }

    function test_judge_WhenAnInnocentVerdictIsUpheld() public {
        uint256 faultId = innocent();
        appeal(reporter, faultId);
        judge(faultId, 11, 0);
        assertState(faultId, IFaults.State.Innocent);
        vm.assertEq(stakes.free(reporter), FUNDS - REPORT_BOND - APPEAL_BOND, "reporter");
        vm.assertEq(stakes.free(owner), FUNDS + 30e18, "owner");
    }

    function test_judge_WhenAnAppealEndsWithoutAVerdict() public {
        uint256 faultId = guilty();
        uint256 since = time;
        appeal(owner, faultId);
        vm.assertEq(faults.fault(faultId).committeeId, 2, "asked now");
        skip(1 hours);
        vote(faultId, 11, 7, 4, time);
        expectLog(address(faults));
        emit IFaults.Judged(faultId, IFaults.State.Guilty, since);
        faults.judge(faultId);
        IFaults.Fault memory found = faults.fault(faultId);
        vm.assertTrue(found.isFinal && found.guilty, "final");
        vm.assertEq(found.committeeId, 1, "committee");
        vm.assertEq(found.since, since, "since");
        vm.assertEq(stakes.free(owner), FUNDS, "owner");
    }

    function assertVerdict(uint256 seated, uint256 guilties, uint256 innocents, IFaults.State expected) private {
        uint256 faultId = reported();
        vote(faultId, seated, guilties, innocents, time);
        faults.judge(faultId);
        assertState(faultId, expected);
    }

    /// @dev Four of five say guilty, each since so long ago; in another order than that of time.
    function voteSince(uint256[4] memory ago) private {
        address[] memory voters = new address[](4);
        bytes32[] memory votes = new bytes32[](4);
        for (uint256 i = 0; i < 4; ++i) {
            voters[i] = verifier(i);
            votes[i] = Judgement.encode(true, uint40(time - ago[i]));
        }
        committees.finish(1, 5, voters, votes);
    }
}
