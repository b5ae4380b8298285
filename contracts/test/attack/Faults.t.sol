// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Errors} from "../../src/Errors.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultsAttack
/// @notice Who would be paid for a fault that is none, or not pay for one that is.
contract FaultsAttack is FaultWorld {
    function test_attack_selfReport_hisOwnLeaseGivesAnOwnerNoPenaltyBack() public {
        ILeases.Lease memory lease = aLease();
        lease.rate = 1e30;
        leases.set(LEASE, lease);
        punish(renter, LEASE, UNREACHABLE, 130 hours);
        uint256 lost = STAKE - machineStake();
        vm.assertEq(lost, 500e18, "lost");
        // Half as the renter and a fifth of the rest as the reporter.
        vm.assertEq(stakes.free(renter) - FUNDS, lost * 60 / 100, "back");
    }

    function test_attack_doubleJeopardy_threeRentersOneOutage() public {
        for (uint256 leaseId = 1; leaseId <= 3; ++leaseId) {
            leases.set(leaseId, aLease());
            report(renter, leaseId, UNREACHABLE, time - leaseId * 1 minutes);
            judge(leaseId, 5, time);
        }
        skip(1 hours);
        for (uint256 faultId = 1; faultId <= 3; ++faultId) {
            recover(faultId);
        }
        skip(47 hours);
        for (uint256 faultId = 1; faultId <= 3; ++faultId) {
            faults.execute(faultId);
            vm.assertTrue(leases.closedAsOf(faultId) != NEVER, "lease");
        }
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
    }

    function test_attack_shield_aFriendsShortFaultDoesNotHideTheLongOne() public {
        uint256 long = report(renter, LEASE, UNREACHABLE, time);
        judge(long, 5, time);
        skip(48 hours - 1);
        appeal(owner, long);
        // The friend reports the last minutes of five days, and is executed first.
        skip(73 hours - 10 minutes);
        uint256 short = report(reporter, 0, UNREACHABLE, time);
        judge(short, 5, time);
        skip(10 minutes);
        recover(short);
        recover(long);
        skip(48 hours);
        faults.execute(short);
        vm.assertEq(machineStake(), STAKE - 40e18, "short");
        judge(long, 11, 1);
        faults.execute(long);
        // 4600 more, of what was left.
        vm.assertEq(machineStake(), 960e18 - 960e18 * 4600 / 10_000, "long");
    }

    function test_attack_falseRecovery_saysItIsBackWithoutBeingSo() public {
        uint256 first = guilty();
        skip(4 minutes);
        recover(first);
        // The reporter need not wait for the first to be over, and the two add up to one outage.
        uint256 second = report(reporter, 0, UNREACHABLE, time);
        judge(second, 5, time);
        skip(4 minutes);
        recover(second);
        execute(first);
        vm.assertEq(machineStake(), 980e18, "first");
        faults.execute(second);
        vm.assertEq(machineStake(), 960.4e18, "both");
    }

    function test_attack_falseRecovery_saidAtOnceAfterEachReport() public {
        uint256[5] memory ids;
        for (uint256 i = 0; i < ids.length; ++i) {
            ids[i] = reported();
            skip(2);
            recover(ids[i]);
            skip(20 minutes);
            // What a verifier votes: it did not answer, and since when says only the reporter.
            judge(ids[i], 5, faults.fault(ids[i]).since);
            recover(ids[i]);
        }
        skip(48 hours);
        for (uint256 i = 0; i < ids.length; ++i) {
            faults.execute(ids[i]);
        }
        vm.assertEq(machineStake(), STAKE - 40e18, "away for a hundred minutes");
    }

    function test_attack_exitBeforeSlash_whatUnbondsStillAnswers() public {
        uint256 faultId = guilty();
        machines.exit(MACHINE);
        skip(1 hours);
        recover(faultId);
        execute(faultId);
        vm.assertEq(machineStake(), STAKE - 40e18, "stake");
    }

    function test_attack_saleBeforeSlash_theBuyerOfADeedGetsTheAccusedsShare() public {
        uint256 faultId = innocent();
        address buyer = account("buyer");
        machines.setOwner(MACHINE, buyer);
        execute(faultId);
        vm.assertEq(stakes.free(buyer), 10e18, "buyer");
    }

    function test_attack_capture_threeOfFiveConvictNobody() public {
        uint256 faultId = reported();
        vote(faultId, 5, 3, 0, time);
        faults.judge(faultId);
        assertState(faultId, IFaults.State.NoVerdict);
        vm.assertEq(machineStake(), STAKE, "stake");
    }

    function test_attack_griefing_aVerdictIsNotCountedTwice() public {
        uint256 faultId = guilty();
        appeal(owner, faultId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Appealed));
        faults.execute(faultId);
        judge(faultId, 11, 0);
        faults.execute(faultId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Faults_WrongState.selector, faultId, IFaults.State.Executed));
        faults.judge(faultId);
        vm.assertEq(machineStake(), STAKE, "stake");
    }
}
