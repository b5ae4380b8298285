// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {LeaseWorld} from "./LeaseWorld.sol";

/// @title MarketHandler
/// @notice What the fuzzer may do around leases: time, prices, offers, deeds, stake, and the money that waits.
abstract contract MarketHandler is LeaseWorld {
    function wait(uint256 duration) external watched {
        skip(bound(duration, 1, 12 minutes));
    }

    function waitLong(uint256 duration) external watched {
        skip(bound(duration, 1, 12 hours));
    }

    /// @dev Three of four offers take preemptible leases, every fourth for nothing; some have hours.
    function setOffer(uint256 machineSeed, uint32 price, uint32 longest, uint256 kind) external watched {
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = uint32(bound(price, 1, 100e6));
        offer.maxSeconds = uint32(bound(longest, 2 hours, 2 days));
        offer.preemptible = kind % 4 != 0;
        offer.preemptibleUsdPerSlotHour = kind % 4 == 1 ? 0 : offer.usdPerSlotHour / 2;
        if (kind % 3 == 0) offer.weekHours = uint168(kind >> 8) | (type(uint168).max >> 100 << 64);
        setOffer(bound(machineSeed, 1, 2), offer);
    }

    function movePrice(uint256 bps, bool stale) external watched {
        if (!priceIsStale) {
            uint256 next = prices.usdPerToken() * bound(bps, 8100, 11_900) / 10_000;
            if (next > 1000 && next < 1e12) prices.set(next);
        }
        // Seldom stale, or a run would have few leases.
        priceIsStale = stale && bps % 4 == 0;
        prices.setStale(priceIsStale);
    }

    function moveBurnShare(uint256 bps) external watched {
        burnTable.set(bound(bps, 100, 5000));
        leases.refreshBurnShare();
    }

    /// @dev Seldom off, so that most leases can be opened.
    function toggleMachine(uint256 machineSeed, uint256 luck) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        bool online = machines.machine(machineId).state == IMachines.State.Online;
        if (online && luck % 4 != 0) return;
        if (!online) restake(machineId);
        vm.prank(keyOf(machineId));
        online ? machines.pause(machineId) : machines.resume(machineId);
    }

    function planMaintenance(uint256 machineSeed, uint256 ahead, uint256 duration) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        if (time < machines.maintenanceOf(machineId).until) return;
        uint256 held = leases.heldUntil(machineId);
        uint256 from = bound(ahead, time + 1 hours, time + 3 hours);
        if (from < held) from = held;
        vm.prank(keyOf(machineId));
        // The month's budget may be used up.
        try machines.planMaintenance(machineId, uint40(from), uint40(from + bound(duration, 1, 1 hours))) {} catch {}
    }

    function slash(uint256 machineSeed, uint256 amount, uint256 unvested) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        rewards.setUnvested(machineId, bound(unvested, 0, 1e18));
        vm.prank(faults);
        machines.slash(machineId, bound(amount, 1, 20e18), aSplit(renters[0], 1e18));
    }

    function sellDeed(uint256 machineSeed, uint256 buyerSeed) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        address seller = machines.ownerOf(machineId);
        vm.prank(seller);
        machines.transferFrom(seller, owners[buyerSeed % 3], machineId);
    }

    function withdraw(uint256 seed) external watched {
        uint256 purse_ = bound(seed, 1, 4);
        (address by, uint256 amount) = leases.purseOf(purse_);
        if (amount == 0) return;
        uint256 before = token.balanceOf(by);
        vm.prank(stranger);
        leases.withdraw(purse_);
        withdrawn += token.balanceOf(by) - before;
    }

    function burnPending() external watched {
        uint256 supply = token.totalSupply();
        vm.prank(stranger);
        leases.burnPending();
        burnt += supply - token.totalSupply();
    }

    function hold(uint256 machineSeed, uint256 slotsSeed, uint256 duration) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        uint64 slots = someFree(machineId, slotsSeed);
        if (slots == 0) return;
        uint256 until = time + bound(duration, 1, 20 minutes);
        vm.prank(orders);
        leases.hold(machineId, slots, uint40(until));
        holds.push(Hold(machineId, slots, until, true));
    }

    function pauseOpening(uint256 duration) external watched {
        if (time < pausedAt + leases.PAUSE_COOLDOWN()) return;
        pausedAt = time;
        // Short, or a run would be over before a lease can be opened again.
        uint256 until = time + bound(duration, 1, 30 minutes);
        vm.prank(guardian);
        leases.pause(until);
    }

    /// @notice The longest pause there is, for what follows the run.
    function pauseForLong() external {
        uint256 until = block.timestamp + leases.MAX_PAUSE();
        vm.prank(guardian);
        leases.pause(until);
    }

    function donate(uint96 amount) external watched {
        uint256 gift = bound(amount, 1, 1e18);
        donated += gift;
        fund(address(leases), gift);
    }

    function keyOf(uint256 machineId) internal pure returns (address) {
        return account(machineId == 1 ? "key" : "key 2");
    }

    /// @dev Some of the free slots, at least the lowest, so that many leases live side by side; 0 when none is free.
    function someFree(uint256 machineId, uint256 seed) internal view returns (uint64) {
        uint64 free = uint64((1 << machines.machine(machineId).slots) - 1) & ~leases.busySlots(machineId);
        if (free == 0) return 0;
        uint256 wish = uint256(keccak256(abi.encode(seed)));
        uint64 slots = free & uint64(wish & (wish >> 64));
        return slots == 0 ? free & (~free + 1) : slots;
    }

    /// @dev Makes a machine leasable as its agent and its verifiers would.
    function refresh(uint256 machineId) internal {
        beat(machineId);
        if (time >= machines.machine(machineId).classUntil) classify(machineId, 1);
    }

    function restake(uint256 machineId) private {
        uint256 missing = machines.machine(machineId).slots * machines.STAKE_PER_SLOT() - machines.stakeOf(machineId);
        if (missing == 0) return;
        address by = machines.ownerOf(machineId);
        fund(by, missing);
        stake(by, missing);
        vm.prank(by);
        machines.restake(machineId);
    }
}
