// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {FaultWorld} from "../FaultWorld.sol";

/// @title FaultsFuzz
/// @notice Faults under any calls in any order: nothing is taken twice or without a verdict, and nothing stays for ever.
contract FaultsFuzz is FaultWorld {
    uint256 private constant STEPS = 48;
    bytes4 private constant PANIC = 0x4e487b71;

    function testFuzz_whateverHappensEveryFaultEndsAndEveryBondGoes(uint256 seed) public {
        uint256 whole = stakes.total() + stakes.pending();
        // A lease that is paid already, so that its renter may report as far back as anybody.
        ILeases.Lease memory lease = aLease();
        (lease.accepted, lease.paidUntil) = (true, type(uint40).max);
        leases.set(LEASE, lease);
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 before = machineStake();
            uint256 executed = guiltyExecuted();
            step(uint256(keccak256(abi.encode(seed, i))));
            if (guiltyExecuted() == executed) vm.assertEq(machineStake(), before, "without a verdict");
            vm.assertEq(stakes.total() + stakes.pending(), whole, "tokens");
        }
        finish();
        vm.assertEq(stakes.total() + stakes.pending(), whole, "tokens at the end");
        assertSchedule();
    }

    function step(uint256 random) private {
        uint256 faultId = 1 + (random >> 8) % (faults.count() + 1);
        uint256 action = random % 8;
        if (action <= 1) {
            attemptReport(random >> 16);
        } else if (action == 2) {
            skip((random >> 16) % [uint256(4 minutes), 3 hours, 30 hours, 50 hours][(random >> 80) % 4]);
        } else if (action == 3) {
            attemptVote(faultId, random >> 16);
        } else if (action == 4) {
            attempt(owner, abi.encodeCall(faults.recover, (faultId)));
        } else if (action == 5) {
            attempt((random >> 16) % 2 == 0 ? owner : reporter, abi.encodeCall(faults.appeal, (faultId)));
        } else if (action == 6) {
            attempt(renter, abi.encodeCall(faults.execute, (faultId)));
        } else {
            attempt(renter, abi.encodeCall(faults.judge, (faultId)));
        }
    }

    function attemptReport(uint256 random) private {
        uint256 since = time - (random >> 8) % 26 hours;
        bool byRenter = random % 3 == 0;
        IFaults.Kind kind = IFaults.Kind((random >> 4) % 3);
        attempt(
            byRenter ? renter : reporter,
            abi.encodeCall(faults.report, (MACHINE, byRenter ? LEASE : 0, kind, uint40(since), ""))
        );
    }

    function attemptVote(uint256 faultId, uint256 random) private {
        uint256 committeeId = faults.fault(faultId).committeeId;
        if (committees.phaseOf(committeeId) != ICommittees.Phase.Convened) return;
        uint256 guilties = [uint256(5), 4, 3, 0, 0][random % 5];
        uint256 innocents = [uint256(0), 0, 2, 5, 0][random % 5];
        vote(faultId, 5, guilties, innocents, time - (random >> 8) % 10 hours);
        attempt(renter, abi.encodeCall(faults.judge, (faultId)));
    }

    /// @dev A refusal is fine, a broken sum is not.
    function attempt(address caller, bytes memory call) private {
        vm.prank(caller);
        (bool done, bytes memory reason) = address(faults).call(call);
        vm.assertTrue(done || bytes4(reason) != PANIC, "panic");
    }

    /// @dev Time and calls that anybody can make are enough to end whatever there is.
    function finish() private {
        for (uint256 faultId = 1; faultId <= faults.count(); ++faultId) {
            IFaults.State state = faults.fault(faultId).state;
            if (state == IFaults.State.Reported || state == IFaults.State.Appealed) {
                // Nobody voted, or the committee is over already.
                uint256 committeeId = faults.fault(faultId).committeeId;
                if (committees.phaseOf(committeeId) == ICommittees.Phase.Convened) vote(faultId, 0, 0, 0, 0);
                faults.judge(faultId);
                state = faults.fault(faultId).state;
            }
            if (state == IFaults.State.Guilty || state == IFaults.State.Innocent) execute(faultId);
            state = faults.fault(faultId).state;
            vm.assertTrue(state == IFaults.State.Executed || state == IFaults.State.NoVerdict, "end");
            vm.assertEq(bondOf(2 * faultId), 0, "report bond");
            vm.assertEq(bondOf(2 * faultId + 1), 0, "appeal bond");
        }
    }

    /// @dev No fault costs more than all the time the machine has been away in this test would.
    function assertSchedule() private view {
        uint256 most = 0;
        for (uint256 faultId = 1; faultId <= faults.count(); ++faultId) {
            IFaults.Fault memory found = faults.fault(faultId);
            if (found.state != IFaults.State.Executed || !found.guilty) continue;
            most += faults.penaltyBps(found.kind, time - 1_800_000_000 + 26 hours);
        }
        vm.assertLe(machines.asked(), STAKE * most / 10_000, "taken");
    }

    function guiltyExecuted() private view returns (uint256 number) {
        for (uint256 faultId = 1; faultId <= faults.count(); ++faultId) {
            IFaults.Fault memory found = faults.fault(faultId);
            if (found.guilty && found.state == IFaults.State.Executed) ++number;
        }
    }
}
