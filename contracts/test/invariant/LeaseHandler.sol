// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {LeaseWorld} from "./LeaseWorld.sol";

/// @title LeaseHandler
/// @notice What the fuzzer may do to leases. Each action does nothing where the ledger would refuse it by its own rules;
/// a revert in all other cases fails the run, so every rule that blocks money is also a test of liveness.
contract LeaseHandler is LeaseWorld {
    function open(uint256 machineSeed, uint256 slotsSeed, uint32 duration, uint256 renterSeed) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        IMachines.Terms memory terms = machines.terms(machineId);
        uint64 free = uint64((1 << terms.slots) - 1) & ~leases.busySlots(machineId);
        if (free == 0 || terms.state != IMachines.State.Online || time < leases.openingPausedUntil()) return;

        // A quarter of the free slots, so that many leases live side by side; at least the lowest.
        uint256 wish = uint256(keccak256(abi.encode(slotsSeed)));
        uint64 slots = free & uint64(wish & (wish >> 64));
        if (slots == 0) slots = free & (~free + 1);
        refresh(machineId);
        duration = uint32(bound(duration, terms.offer.minSeconds, 2 hours));
        address by = renters[renterSeed % renters.length];
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        uint256 before = token.balanceOf(by);
        vm.prank(by);
        uint256 leaseId = leases.open(order);
        noteOpened(leaseId, before - token.balanceOf(by));
    }

    function begin(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isStartable);
        if (leaseId == 0) return;
        vm.prank(keyOf(lease.machineId));
        leases.start(leaseId);
        noteStarted(leaseId);
    }

    function extend(uint256 leaseSeed, uint32 duration) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isRunning);
        IMachines.Terms memory terms = machines.terms(lease.machineId);
        if (leaseId == 0 || terms.state != IMachines.State.Online || lease.duration >= terms.offer.maxSeconds) return;
        duration = uint32(bound(duration, 1, terms.offer.maxSeconds - lease.duration));
        uint256 before = token.balanceOf(lease.renter);
        vm.prank(lease.renter);
        leases.extend(leaseId, duration);
        noteExtended(leaseId, before - token.balanceOf(lease.renter), duration);
    }

    function end(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isEndable);
        if (leaseId == 0) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(keyOf(lease.machineId));
        leases.end(leaseId);
        noteReleased(leaseId, before);
    }

    function close(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isNotClosed);
        if (leaseId == 0) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(lease.renter);
        leases.close(leaseId);
        noteReleased(leaseId, before);
    }

    function closeMissed(uint256 leaseSeed) external watched {
        (uint256 leaseId,) = pick(leaseSeed, isMissed);
        if (leaseId == 0) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(stranger);
        leases.close(leaseId);
        noteReleased(leaseId, before);
    }

    function reject(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isRejectable);
        if (leaseId == 0 || !takeReject(lease.renter)) return;
        noteRejected(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(lease.renter);
        leases.reject(leaseId);
        noteReleased(leaseId, before);
    }

    /// @dev Settles twice in one second (I8): the second time nothing may move.
    function settle(uint256 leaseSeed) external watched {
        (uint256 leaseId,) = pick(leaseSeed, isAny);
        if (leaseId == 0) return;
        Money memory before = moneyOf(leaseId);
        vm.prank(stranger);
        leases.settle(leaseId);
        noteReleased(leaseId, before);

        Money memory once = moneyOf(leaseId);
        leases.settle(leaseId);
        vm.assertEq(
            keccak256(abi.encode(moneyOf(leaseId))), keccak256(abi.encode(once)), "I8: settled twice, paid twice"
        );
    }

    function wait(uint256 duration) external watched {
        skip(bound(duration, 1, 8 minutes));
    }

    function waitLong(uint256 duration) external watched {
        skip(bound(duration, 1, 12 hours));
    }

    function setOffer(uint256 machineSeed, uint64 price, uint32 longest) external watched {
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = uint64(bound(price, 1, 100e6));
        offer.maxSeconds = uint32(bound(longest, 2 hours, 2 days));
        uint256 machineId = bound(machineSeed, 1, 2);
        vm.prank(machines.ownerOf(machineId));
        machines.setOffer(machineId, offer);
    }

    function movePrice(uint256 bps) external watched {
        (uint256 last, uint256 postedAt) = prices.postOf(reporter(0));
        if (time < postedAt + prices.MIN_INTERVAL()) return;
        uint256 next = last * bound(bps, 8100, 11_900) / 10_000;
        if (next > 1000 && next < 1e12) postPrices(uint64(next));
    }

    /// @dev Seldom off, so that most leases can be opened and extended.
    function toggleMachine(uint256 machineSeed, uint256 luck) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        bool online = machines.terms(machineId).state == IMachines.State.Online;
        if (online && luck % 4 != 0) return;
        vm.prank(keyOf(machineId));
        online ? machines.pause(machineId) : machines.resume(machineId);
    }

    function pauseOpening(uint256 duration) external watched {
        if (time < pausedAt + leases.PAUSE_COOLDOWN()) return;
        pausedAt = time;
        // Short, or a run would be over before a lease can be opened again.
        uint256 until = time + bound(duration, 1, 30 minutes);
        vm.prank(guardian);
        leases.pauseOpening(until);
    }

    /// @notice The longest pause there is, for what follows the run.
    function pauseForLong() external {
        uint256 until = block.timestamp + leases.MAX_PAUSE();
        vm.prank(guardian);
        leases.pauseOpening(until);
    }

    function donate(uint96 amount) external watched {
        uint256 gift = bound(amount, 1, 1e18);
        donated += gift;
        fund(address(leases), gift);
    }
}
