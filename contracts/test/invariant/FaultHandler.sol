// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Judgement} from "../../src/libraries/Judgement.sol";
import {JudgeWorld} from "./JudgeWorld.sol";

/// @title FaultHandler
/// @notice Faults from the report to the penalty: committees judge as they like, who loses may appeal, and machines come
/// back, sometimes, or leave the network before they are punished.
contract FaultHandler is JudgeWorld {
    /// @dev A span for which a machine has paid.
    struct Outage {
        uint256 machineId;
        bool isUnlike;
        uint256 from;
        uint256 until;
        uint256 bps;
    }

    uint256 private constant LEAVER = 3;
    Outage[] private outages;
    uint256[] private leaseIds;
    mapping(uint256 machineId => mapping(uint256 leaseId => uint256)) private lastFault;

    function rent(uint256 seed) external seeded(seed) {
        uint256 machineId = 1 + draw(2);
        mend(machineId);
        uint64 slots = uint64(machineId) & ~leases.busySlots(machineId);
        if (slots == 0) return;
        uint256 leaseId = open(anOrder(machineId, slots, uint32(1 hours + draw(3 days))));
        start(leaseId);
        leaseIds.push(leaseId);
    }

    function report(uint256 seed) external seeded(seed) {
        (uint256 machineId, uint256 leaseId, address by) = (1 + draw(chance(60) ? 1 : MACHINES), 0, stranger);
        // A verifier too, who will not judge what he reported.
        if (chance(40)) by = verifier(draw(VERIFIERS));
        if (chance(50) && leaseIds.length > 0) {
            leaseId = leaseIds[leaseIds.length - 1];
            ILeases.Lease memory lease = leases.lease(leaseId);
            if (lease.state != ILeases.State.Running) return;
            (machineId, by) = (lease.machineId, renter);
        }
        (IMachines.State state,) = machines.stateOf(machineId);
        if (state == IMachines.State.Exited || !mayReport(machineId, leaseId)) return;
        fund(by, 50e18);
        stake(by, 50e18);
        IFaults.Kind kind = IFaults.Kind(draw(chance(70) ? 1 : 3));
        vm.prank(by);
        uint256 faultId = faults.report(machineId, leaseId, kind, uint40(time), keccak256("log"));
        lastFault[machineId][leaseId] = faultId;
        noteConvened(faults.fault(faultId).committeeId, ownerOf(machineId), by);
    }

    /// @dev From the draw to the count (I21).
    function judge(uint256 seed) external seeded(seed) {
        uint256 faultId = pick(IFaults.State.Reported, IFaults.State.Appealed);
        if (faultId == 0) return;
        IFaults.Fault memory fault = faults.fault(faultId);
        forgetVotes();
        if (chance(85)) seatBySomebody(fault.committeeId);
        if (committees.committee(fault.committeeId).commitUntil == 0) {
            uint256 seatUntil = committees.committee(fault.committeeId).seatUntil;
            if (time <= seatUntil) skip(seatUntil + 1 - time);
        } else {
            bytes32 guilty = Judgement.encode(true, uint40(time - draw(20 minutes)));
            bytes32 innocent = Judgement.encode(false, 0);
            bool isGuilty = chance(70);
            (bytes32 most, bytes32 few) = isGuilty ? (guilty, innocent) : (innocent, guilty);
            voteByChance(fault.committeeId, most, few, chance(80) ? 92 : 50);
        }
        count(faultId, fault);
    }

    function appeal(uint256 seed) external seeded(seed) {
        uint256 faultId = pick(IFaults.State.Guilty, IFaults.State.Innocent);
        if (faultId == 0) return;
        IFaults.Fault memory fault = faults.fault(faultId);
        address loser = fault.guilty ? ownerOf(fault.machineId) : fault.reporter;
        address winner = fault.guilty ? fault.reporter : ownerOf(fault.machineId);
        bytes memory call = abi.encodeCall(faults.appeal, (faultId));
        refused(winner, address(faults), call, "I21: who has won appeals");
        if (fault.isFinal || time >= fault.verdictAt + 48 hours) {
            refused(loser, address(faults), call, "I21: appealed too late or twice");
            return;
        }
        fund(loser, 150e18);
        stake(loser, 150e18);
        vm.prank(loser);
        faults.appeal(faultId);
        noteConvened(faults.fault(faultId).committeeId, ownerOf(fault.machineId), fault.reporter);
    }

    function recover(uint256 seed) external seeded(seed) {
        if (faults.count() == 0) return;
        uint256 faultId = faults.count() - draw(faults.count() < 3 ? faults.count() : 3);
        IFaults.Fault memory fault = faults.fault(faultId);
        bool over = fault.state == IFaults.State.NoVerdict || fault.state == IFaults.State.Executed;
        if (over || fault.until != 0) return;
        vm.prank(account(keyName(fault.machineId)));
        faults.recover(faultId);
    }

    function execute(uint256 seed) external seeded(seed) {
        uint256 faultId = pick(IFaults.State.Guilty, IFaults.State.Innocent);
        if (faultId == 0) return;
        IFaults.Fault memory fault = faults.fault(faultId);
        bytes memory call = abi.encodeCall(faults.execute, (faultId));
        if (!fault.isFinal && time < fault.verdictAt + 48 hours) {
            refused(stranger, address(faults), call, "I15: punished before it is final");
            if (chance(40)) return;
            skip(fault.verdictAt + 48 hours - time);
        }
        uint256 inStakes = stakes.total() + stakes.pending();
        rewards.sync(fault.machineId);
        uint256 minted = rewards.minted();
        if (fault.guilty) punish(faultId, fault);
        else acquit(faultId, fault);
        vm.assertEq(stakes.total() + stakes.pending(), inStakes + rewards.minted() - minted, "I16: the slash leaks");
        refused(stranger, address(faults), call, "I15: a fault is punished twice");
    }

    /// @dev One machine leaves the network; what it did before follows its stake until that is released (I14).
    function exit(uint256 seed) external seeded(seed) {
        (IMachines.State state,) = machines.stateOf(LEAVER);
        if (state != IMachines.State.Exited) {
            if (chance(70)) return;
            vm.prank(ownerOf(LEAVER));
            machines.exit(LEAVER);
        } else {
            (,, uint256 releasableAt) = stakes.bond(address(machines), LEAVER);
            if (releasableAt == 0 || time < releasableAt) return;
            stakes.release(address(machines), LEAVER);
        }
    }

    function sweepSlashes(uint256 seed) external seeded(seed) {
        sweep();
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        checkBonds();
        for (uint256 id = 1; id <= faults.count(); ++id) {
            IFaults.State state = faults.fault(id).state;
            bool isOver = state == IFaults.State.NoVerdict || state == IFaults.State.Executed;
            (, uint256 bond,) = stakes.bond(address(faults), 2 * id);
            vm.assertEq(bond, isOver ? 0 : 50e18, "I21: a report's bond is not locked as long as it is open");
            (, bond,) = stakes.bond(address(faults), 2 * id + 1);
            vm.assertEq(
                bond,
                state == IFaults.State.Appealed ? 150e18 : 0,
                "I21: an appeal's bond is not locked while it is open"
            );
        }
    }

    function mayReport(uint256 machineId, uint256 leaseId) private view returns (bool) {
        uint256 lastId = lastFault[machineId][leaseId];
        if (lastId == 0) return true;
        IFaults.Fault memory last = faults.fault(lastId);
        bool isOver = last.state == IFaults.State.NoVerdict || last.state == IFaults.State.Executed;
        return isOver || last.until != 0;
    }

    /// @dev The latest fault in one of two states; 0 when none is.
    function pick(IFaults.State one, IFaults.State other) private view returns (uint256) {
        for (uint256 id = faults.count(); id > 0; --id) {
            IFaults.State state = faults.fault(id).state;
            if (state == one || state == other) return id;
        }
        return 0;
    }

    function count(uint256 faultId, IFaults.Fault memory before) private {
        IFaults.State expected = verdictOf(before.committeeId);
        bool isAppeal = before.state == IFaults.State.Appealed;
        bool isDecided = expected != IFaults.State.NoVerdict;
        if (isAppeal && !isDecided) expected = before.guilty ? IFaults.State.Guilty : IFaults.State.Innocent;
        uint256 free = stakes.free(before.reporter);
        uint256 appellants = stakes.free(before.appellant);
        bool isUpheld = isDecided && (expected == IFaults.State.Guilty) == before.guilty;
        faults.judge(faultId);
        noteDismissed(before.committeeId);
        vm.assertEq(
            uint256(faults.fault(faultId).state), uint256(expected), "I21: the verdict is not that of the votes"
        );
        if (isDecided && expected == IFaults.State.Guilty) {
            uint256 until = faults.fault(faultId).until;
            uint256 votedUntil = committees.committee(before.committeeId).commitUntil;
            vm.assertTrue(until == 0 || until > votedUntil, "I15: it was back before it was found away");
        }
        if (isAppeal) {
            uint256 back = isUpheld ? 0 : 150e18;
            vm.assertEq(stakes.free(before.appellant), appellants + back, "I21: an appeal's bond goes the wrong way");
        }
        if (expected == IFaults.State.NoVerdict) {
            vm.assertEq(stakes.free(before.reporter), free + 50e18, "I21: no verdict, and the bond is not back");
        }
    }

    /// @dev Two thirds of the seated; guilty by three at least, from two regions at least.
    function verdictOf(uint256 committeeId) private view returns (IFaults.State) {
        uint256 quorum = (2 * committees.membersOf(committeeId).length + 2) / 3;
        (uint256 innocents, uint256 guilties, uint256 regions) = (0, 0, 0);
        for (uint256 i = 0; i < revealed.length; ++i) {
            (bool valid, bool guilty,) = Judgement.decode(revealed[i]);
            if (!valid) continue;
            if (guilty) (guilties, regions) = (guilties + 1, regions | committees.regionOf(revealers[i]));
            else ++innocents;
        }
        if (quorum > 0 && innocents >= quorum) return IFaults.State.Innocent;
        // Regions are 1 and 2 here.
        bool isGuilty = guilties >= 3 && guilties >= quorum && regions == 3;
        return isGuilty ? IFaults.State.Guilty : IFaults.State.NoVerdict;
    }

    /// @dev What one outage costs is by its length, once, however many reported it (I15).
    function punish(uint256 faultId, IFaults.Fault memory fault) private {
        bool isUnlike = fault.kind == IFaults.Kind.Unlike;
        uint256 until = fault.until == 0 ? time : fault.until;
        // It says that it was back before anybody saw it away: there is nothing to charge.
        if (until < fault.since) until = fault.since;
        Outage memory whole = Outage(fault.machineId, isUnlike, fault.since, until, 0);
        if (until > fault.since) absorb(whole);
        uint256 had = worthOf(fault.machineId);
        uint256 stake_ = machines.stakeOf(fault.machineId);
        uint256 free = stakes.free(fault.reporter);
        faults.execute(faultId);
        uint256 taken = had - worthOf(fault.machineId);
        uint256 scheduled = schedule(isUnlike, whole.until - whole.from);
        if (whole.bps == 0) {
            // Nothing was charged for a part of it: all of it is due now, its gaps apart.
            uint256 least = schedule(isUnlike, until - fault.since);
            vm.assertLe(stake_ * least / 10_000, taken, "I15: an outage does not cost what the schedule says");
        }
        uint256 most = scheduled > whole.bps ? scheduled - whole.bps : 0;
        vm.assertLe(taken, stake_ * most / 10_000, "I15: an outage costs more than the schedule says");
        if (stake_ > 0) whole.bps += taken * 10_000 / stake_;
        if (until > fault.since) outages.push(whole);
        vm.assertLe(free + 50e18, stakes.free(fault.reporter), "I21: who was right has not his bond back");
        if (fault.leaseId == 0) return;
        vm.assertEq(
            uint256(leases.lease(fault.leaseId).state), uint256(ILeases.State.Closed), "I10: the failed lease goes on"
        );
    }

    /// @dev What touches an outage is one with it.
    function absorb(Outage memory whole) private {
        (uint256 from, uint256 until) = (whole.from, whole.until);
        for (uint256 i = outages.length; i > 0; --i) {
            Outage memory part = outages[i - 1];
            bool isSame = part.machineId == whole.machineId && part.isUnlike == whole.isUnlike;
            if (!isSame || part.from > until + 3 minutes || from > part.until + 3 minutes) continue;
            if (part.from < whole.from) whole.from = part.from;
            if (part.until > whole.until) whole.until = part.until;
            whole.bps += part.bps;
            outages[i - 1] = outages[outages.length - 1];
            outages.pop();
        }
    }

    function acquit(uint256 faultId, IFaults.Fault memory fault) private {
        uint256 had = worthOf(fault.machineId);
        uint256 free = stakes.free(ownerOf(fault.machineId));
        faults.execute(faultId);
        vm.assertEq(worthOf(fault.machineId), had, "I15: an innocent machine is slashed");
        vm.assertLe(free + 10e18, stakes.free(ownerOf(fault.machineId)), "I16: the owner gets no fifth of the bond");
    }

    function worthOf(uint256 machineId) private view returns (uint256) {
        return machines.stakeOf(machineId) + rewards.accountOf(machineId).unvested;
    }

    function schedule(bool isUnlike, uint256 away) private pure returns (uint256) {
        if (isUnlike) {
            if (away == 0) return 0;
            return away <= 4 hours
                ? 1200
                : away <= 24 hours ? 2400 : away <= 48 hours ? 3200 : away <= 120 hours ? 6000 : 10_000;
        }
        if (away <= 3 minutes) return 0;
        return away <= 7 minutes ? 200 : away <= 48 hours ? 400 : away <= 120 hours ? 3000 : 5000;
    }
}
