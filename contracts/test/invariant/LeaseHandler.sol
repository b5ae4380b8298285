// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {LeaseWorld} from "./LeaseWorld.sol";

/// @title LeaseHandler
/// @notice What the fuzzer may do to leases. Each action does nothing where the ledger would refuse it by its own rules;
/// a revert in all other cases fails the run, so every rule that blocks money is also a test of liveness.
contract LeaseHandler is LeaseWorld {
    function open(uint256 machineSeed, uint64 slots, uint32 duration, uint256 renterSeed) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        IMachines.Terms memory terms = machines.terms(machineId);
        slots &= uint64((1 << terms.slots) - 1) & ~leases.busySlots(machineId);
        if (slots == 0 || terms.state != IMachines.State.Online || time < leases.openingPausedUntil()) return;

        refresh(machineId);
        duration = uint32(bound(duration, terms.offer.minSeconds, terms.offer.maxSeconds / 2));
        address by = renters[renterSeed % renters.length];
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        uint256 before = token.balanceOf(by);
        vm.prank(by);
        uint256 leaseId = leases.open(order);
        noteOpened(leaseId, before - token.balanceOf(by));
    }

    function begin(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state != ILeases.State.Open || time >= lease.openedAt + leases.START_WINDOW()) return;
        vm.prank(keyOf(lease.machineId));
        leases.start(leaseId);
        noteStarted(leaseId);
    }

    function extend(uint256 leaseSeed, uint32 duration) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        IMachines.Terms memory terms = machines.terms(lease.machineId);
        if (lease.state != ILeases.State.Running || terms.state != IMachines.State.Online) return;
        if (lease.duration >= terms.offer.maxSeconds) return;
        duration = uint32(bound(duration, 1, terms.offer.maxSeconds - lease.duration));
        uint256 before = token.balanceOf(lease.renter);
        vm.prank(lease.renter);
        leases.extend(leaseId, duration);
        noteExtended(leaseId, before - token.balanceOf(lease.renter), duration);
    }

    function end(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state != ILeases.State.Open && lease.state != ILeases.State.Running) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(keyOf(lease.machineId));
        leases.end(leaseId);
        noteReleased(leaseId, before);
    }

    function close(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state == ILeases.State.None || lease.state == ILeases.State.Closed) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(lease.renter);
        leases.close(leaseId);
        noteReleased(leaseId, before);
    }

    function closeMissed(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state != ILeases.State.Open || time < lease.openedAt + leases.START_WINDOW()) return;
        noteOver(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(stranger);
        leases.close(leaseId);
        noteReleased(leaseId, before);
    }

    function reject(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state != ILeases.State.Running && lease.state != ILeases.State.Ended) return;
        if (time >= lease.startedAt + leases.ACCEPT_WINDOW() || !takeReject(lease.renter)) return;
        noteRejected(leaseId);
        Money memory before = moneyOf(leaseId);
        vm.prank(lease.renter);
        leases.reject(leaseId);
        noteReleased(leaseId, before);
    }

    /// @dev Settles twice in one second (I8): the second time nothing may move.
    function settle(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed);
        if (lease.state == ILeases.State.None) return;
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
        skip(bound(duration, 1, 20 minutes));
    }

    function waitLong(uint256 duration) external watched {
        skip(bound(duration, 1, 2 days));
    }

    function setOffer(uint256 machineSeed, uint64 price, uint32 longest) external watched {
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = uint64(bound(price, 1, 100e6));
        offer.maxSeconds = uint32(bound(longest, 1 hours, 2 days));
        uint256 machineId = bound(machineSeed, 1, 2);
        vm.prank(machines.ownerOf(machineId));
        machines.setOffer(machineId, offer);
    }

    function movePrice(uint256 bps) external watched {
        skip(prices.MIN_INTERVAL());
        (uint256 last,) = prices.postOf(reporter(0));
        uint256 next = last * bound(bps, 8100, 11_900) / 10_000;
        if (next > 1000 && next < 1e12) postPrices(uint64(next));
    }

    function toggleMachine(uint256 machineSeed) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        bool online = machines.terms(machineId).state == IMachines.State.Online;
        vm.prank(keyOf(machineId));
        online ? machines.pause(machineId) : machines.resume(machineId);
    }

    function pauseOpening(uint256 duration) external watched {
        if (time < pausedAt + leases.PAUSE_COOLDOWN()) return;
        pausedAt = time;
        uint256 until = time + bound(duration, 1, leases.MAX_PAUSE());
        vm.prank(guardian);
        leases.pauseOpening(until);
    }

    function donate(uint96 amount) external watched {
        uint256 gift = bound(amount, 1, 1e18);
        donated += gift;
        fund(address(leases), gift);
    }
}
