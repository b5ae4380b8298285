// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {WholeWorld} from "./WholeWorld.sol";

/// @title RewardHandler
/// @notice Machines are rented, at prices of which some exhaust the work pot, audited anew and slashed, and claim in any
/// order. Beside the ledger it keeps what was burnt by whom in which epoch, and what was paid for it.
contract RewardHandler is WholeWorld {
    struct Kappa {
        uint256 fromEpoch;
        uint256 bps;
    }

    string private constant MUST_NOT = "I5: done by somebody who must not";
    uint256 private immutable START = time / EPOCH_SECONDS;
    /// @dev A machine burnt something in an epoch: of machine and epoch.
    uint256[2][] private fires;
    uint256[] private open_;
    Kappa[] private kappas;
    mapping(uint256 machineId => mapping(uint256 epoch => uint256)) private burntBy;
    mapping(uint256 machineId => mapping(uint256 epoch => bool)) private isClaimed;
    mapping(uint256 epoch => uint256) private workOf;
    uint256 private work;
    uint256 private claimed;
    uint256 private forfeited;
    uint256 private paidToVerifiers;
    uint256 private votes;
    uint256 private counted;
    uint256 private pausedAt;

    constructor() {
        kappas.push(Kappa(0, 8000));
        (counted, votes) = (MACHINES, MACHINES * VERIFIERS);
        // Six tokens a second and slot: a few days of it burn more than the work pot can pay for.
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = type(uint32).max;
        offer.maxSeconds = 10 days;
        setOffer(3, offer);
        setOffer(2, offer);
    }

    function rent(uint256 seed) external watched seeded(seed) {
        uint256 machineId = 1 + draw(MACHINES);
        if (time < leases.pausedUntil()) return;
        mend(machineId);
        (, uint8 count) = machines.stateOf(machineId);
        uint64 slots = uint64(1 + draw(1 << count) / 2) & ~leases.busySlots(machineId);
        if (slots == 0) return;
        uint256 leaseId = open(anOrder(machineId, slots, uint32(60 + draw(3 days))));
        start(leaseId);
        open_.push(leaseId);
    }

    function settle(uint256 seed) external watched seeded(seed) {
        settleOne(draw(open_.length + 1), false);
    }

    function close(uint256 seed) external watched seeded(seed) {
        settleOne(draw(open_.length + 1), true);
    }

    function wait(uint256 seed) external watched seeded(seed) {
        skip(chance(80) ? 1 + draw(2 days) : 1 + draw(12 days));
    }

    function roll(uint256 seed) external watched seeded(seed) {
        rewards.roll(draw(5));
    }

    function claimAvailability(uint256 seed) external watched seeded(seed) {
        claimed += rewards.claim(1 + draw(MACHINES), new uint256[](0));
    }

    /// @dev One epoch at a time, twice: what it adds is the work of that epoch, at most κ of what it burnt (I24), once (I23).
    function claimWork(uint256 seed) external watched seeded(seed) {
        if (fires.length == 0) return;
        // One of the last, mostly, and now and then of another machine.
        uint256[2] memory fire_ = fires[fires.length - 1 - draw(chance(70) && fires.length > 4 ? 4 : fires.length)];
        (uint256 machineId, uint256 epoch) = (chance(90) ? fire_[0] : 1 + draw(MACHINES), fire_[1]);
        rewards.sync(machineId);
        if (rewards.nextEpoch() <= epoch) return;
        uint256 paid = claimOne(machineId, epoch);
        uint256 fire = burntBy[machineId][epoch];
        vm.assertLe(paid * 10_000, fire * kappaAt(epoch), "I24: work is paid more than kappa of what it burnt");
        vm.assertTrue(!isClaimed[machineId][epoch] || paid == 0, "I23: an epoch's work is paid twice");
        isClaimed[machineId][epoch] = isClaimed[machineId][epoch] || fire > 0;
        (work, workOf[epoch]) = (work + paid, workOf[epoch] + paid);
        vm.assertLe(workOf[epoch], potOf(epoch, 6500, 8000), "I23: an epoch's work is paid more than its pot");
        vm.assertEq(claimOne(machineId, epoch), 0, "I23: an epoch's work is paid twice at once");
    }

    function claimVerifier(uint256 seed) external watched seeded(seed) {
        if (time < rewards.pausedUntil()) return;
        paidToVerifiers += rewards.claimVerifier(verifier(draw(VERIFIERS)));
    }

    /// @dev Another class, or none.
    function reaudit(uint256 seed) external watched seeded(seed) {
        uint256 machineId = 1 + draw(MACHINES);
        uint16 band = uint16(50 + draw(40));
        audit(machineId, chance(75) ? passing(IMachines.Class(1, band, band, uint8(machineId))) : failing());
    }

    /// @dev By the word of Audits, for the sake of many: unvested reward goes first and is minted for it.
    function slash(uint256 seed) external watched seeded(seed) {
        uint256 before = rewards.minted();
        vm.prank(address(audits));
        machines.slash(1 + draw(MACHINES), draw(chance(50) ? 1e20 : 1e24), aSplit(renter, uint96(draw(1e20))));
        forfeited += rewards.minted() - before;
    }

    function setKappa(uint256 seed) external watched seeded(seed) {
        uint256 bps = chance(50) ? 1000 + draw(8001) : 1000 + 8000 * draw(2);
        vm.prank(address(timelock));
        rewards.setKappa(bps);
        kappas.push(Kappa(time / EPOCH_SECONDS + 1, bps));
    }

    function pauseMints(uint256 seed) external watched seeded(seed) {
        if (time < pausedAt + 30 days) return;
        pausedAt = time;
        vm.prank(guardian);
        rewards.pause(time + 1 + draw(7 days));
    }

    function clear(uint256 seed) external watched seeded(seed) {
        if (chance(50)) burnPending();
        else sweep();
    }

    /// @dev Nobody mints past Rewards, and nobody but its parties moves it (I5).
    function trespass(uint256 seed) external watched seeded(seed) {
        address by = [stranger, bank(), guardian, address(leases), address(stakes), address(timelock)][draw(6)];
        refused(by, address(token), abi.encodeCall(token.mint, (by, 1)), MUST_NOT);
        refused(by, address(rewards), abi.encodeCall(rewards.forfeit, (1, 1, by)), MUST_NOT);
        address[] memory friends = new address[](1);
        friends[0] = by;
        refused(by, address(rewards), abi.encodeCall(rewards.creditVerifiers, (friends)), MUST_NOT);
        uint256[] memory future = new uint256[](1);
        future[0] = rewards.nextEpoch() > time / EPOCH_SECONDS ? rewards.nextEpoch() : time / EPOCH_SECONDS;
        refused(by, address(rewards), abi.encodeCall(rewards.claim, (1, future)), MUST_NOT);
    }

    /// @dev In this campaign every member votes.
    modifier watched() {
        _;
        for (; counted < committees.count(); ++counted) {
            votes += committees.membersOf(counted + 1).length;
        }
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        uint256 now_ = time / EPOCH_SECONDS;
        (uint256 all, uint256 begun, uint256 rolled) = (0, 0, 0);
        for (uint256 epoch = START; epoch <= now_; ++epoch) {
            begun += potOf(epoch, 500, 500);
            all += dailyOf(epoch);
            if (epoch < rewards.nextEpoch()) rolled += potOf(epoch, 2000, 500);
        }
        vm.assertLe(rewards.minted(), all, "I3: more was minted than the schedule has");
        uint256 toTreasury = token.balanceOf(address(timelock));
        vm.assertEq(
            rewards.minted(),
            claimed + forfeited + paidToVerifiers + toTreasury,
            "I5: minted for something else than claims, slashes, verifiers and treasury"
        );
        vm.assertLe(toTreasury, all / 10, "I3: the treasury has more than a tenth");
        uint256 owed = paidToVerifiers;
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            owed += rewards.owedTo(verifier(i));
        }
        vm.assertEq(owed, votes * 2e18, "I23: verifiers are owed another sum than for their votes");
        vm.assertLe(owed, begun, "I23: verifiers are owed more than their pot");
        uint256 credited = claimed + forfeited;
        for (uint256 i = 1; i <= MACHINES; ++i) {
            credited += standingOf(i);
        }
        vm.assertLe(credited, work + rolled, "I23: availability is paid more than its pots");
    }

    function settleOne(uint256 index, bool close_) private {
        if (index == open_.length) return;
        uint256 leaseId = open_[index];
        ILeases.Lease memory lease = leases.lease(leaseId);
        uint256 before = leases.totalBurnt();
        if (close_ && lease.state != ILeases.State.Closed) {
            vm.prank(renter);
            leases.close(leaseId);
        } else {
            leases.settle(leaseId);
        }
        uint256 fire = leases.totalBurnt() - before;
        if (fire > 0 && burntBy[lease.machineId][time / EPOCH_SECONDS] == 0) {
            fires.push([lease.machineId, time / EPOCH_SECONDS]);
        }
        burntBy[lease.machineId][time / EPOCH_SECONDS] += fire;
        if (leases.lease(leaseId).state != ILeases.State.Closed) return;
        open_[index] = open_[open_.length - 1];
        open_.pop();
    }

    function claimOne(uint256 machineId, uint256 epoch) private returns (uint256) {
        uint256[] memory epochs = new uint256[](1);
        epochs[0] = epoch;
        uint256 before = standingOf(machineId);
        uint256 amount = rewards.claim(machineId, epochs);
        claimed += amount;
        return standingOf(machineId) + amount - before;
    }

    /// @dev Credited and not paid.
    function standingOf(uint256 machineId) private view returns (uint256) {
        IRewards.Account memory standing = rewards.accountOf(machineId);
        return uint256(standing.unvested) + standing.claimable;
    }

    function kappaAt(uint256 epoch) private view returns (uint256 bps) {
        for (uint256 i = 0; i < kappas.length; ++i) {
            if (kappas[i].fromEpoch <= epoch) bps = kappas[i].bps;
        }
    }

    /// @dev The schedule by its words: half a million tokens a day falls to a tenth of it in three years.
    function dailyOf(uint256 epoch) private view returns (uint256) {
        return 500_000e18 - 450_000e18 * fallen(epoch) / 1095 days;
    }

    /// @dev A pot's share goes evenly from one figure to another; the ledger may round it up to a whole hundredth of a percent.
    function potOf(uint256 epoch, uint256 startBps, uint256 endBps) private view returns (uint256) {
        uint256 left = 1095 days - fallen(epoch);
        return dailyOf(epoch) * ((startBps * left + endBps * fallen(epoch)) / 1095 days + 1) / 10_000;
    }

    function fallen(uint256 epoch) private view returns (uint256) {
        uint256 elapsed = (epoch - START) * EPOCH_SECONDS;
        return elapsed < 1095 days ? elapsed : 1095 days;
    }
}
