// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @title LeaseHandler
/// @notice What the fuzzer may do to leases. Each action does nothing where the ledger would refuse it by its own rules;
/// a revert in all other cases fails the run, so every rule that blocks money is also a test of liveness.
contract LeaseHandler is MarketHandler {
    function open(uint256 machineSeed, uint256 slotsSeed, uint32 duration, uint256 by, uint256 kind) external watched {
        uint256 machineId = bound(machineSeed, 1, 2);
        uint64 slots = someFree(machineId, slotsSeed);
        bool preemptible = kind % 2 == 1;
        if (slots == 0 || !mayOpen(machineId, preemptible)) return;
        IMachines.Terms memory terms = machines.terms(machineId, preemptible, 0);
        ILeases.Order memory order = orderFor(machineId, slots, duration, kind);
        order.duration = fit(terms, time, order, renters[by % 3]);
        if (order.duration == 0) return;

        uint256 before = token.balanceOf(renters[by % 3]);
        vm.prank(renters[by % 3]);
        uint256 leaseId = leases.open(order);
        noteOpened(leaseId, before - token.balanceOf(renters[by % 3]), terms.openUntil, terms.maxSeconds);
        // Most machines start at once.
        if (kind % 4 != 0) startNow(leaseId, machineId);
    }

    /// @dev By Orders on the slots of a quote that has not run out; the next renter pays.
    function openFor(uint256 holdSeed, uint32 duration, uint256 by, uint32 price) external watched {
        if (holds.length == 0) return;
        Hold memory held = holds[holdSeed % holds.length];
        if (!held.isQuote || time >= held.until || !mayOpen(held.machineId, false)) return;
        IMachines.Terms memory terms = machines.terms(held.machineId, false, 0);
        ILeases.Order memory order = orderFor(held.machineId, held.slots, duration, 0);
        address payer = renters[(by % 3 + 1) % 3];
        order.duration = fit(terms, time, order, payer);
        if (order.duration == 0) return;

        holds[holdSeed % holds.length].until = time;
        uint256 before = token.balanceOf(payer);
        vm.prank(orders);
        uint256 leaseId = leases.openFor(
            renters[by % 3], payer, order, uint32(bound(price, 1, terms.usdPerSlotHour)), uint40(held.until)
        );
        // A price of its own holds for the time it was agreed for.
        noteOpened(leaseId, before - token.balanceOf(payer), terms.openUntil, order.duration);
    }

    /// @dev While the notice lasts, one of the two may be closed, or the machine may try to start the new one.
    function openOver(uint256 leaseSeed, bool part, uint32 duration, uint256 by) external watched {
        (uint256 old, ILeases.Lease memory lease) = pick(leaseSeed, isPushable);
        if (old == 0 || !mayOpen(lease.machineId, false)) return;
        uint64 slots = part ? lease.slots & (~lease.slots + 1) : lease.slots;
        if (claimed(Hold(lease.machineId, slots, 0, false), old) || heldByNone(lease.machineId) & slots != 0) return;
        IMachines.Terms memory terms = machines.terms(lease.machineId, false, 0);
        ILeases.Order memory order = orderFor(lease.machineId, slots, duration, 0);
        uint256 endsAt = isRunning(lease) ? noticeEnd(lease) : time;
        order.duration = fit(terms, endsAt, order, renters[by % 3]);
        if (order.duration == 0) return;

        if (isRunning(lease)) noteOver(old, endsAt);
        (uint256 leaseId, uint256 deposited) = pushOut(order, old, lease, renters[by % 3]);
        noteOpened(leaseId, deposited, terms.openUntil, terms.maxSeconds);
        vm.assertEq(leases.lease(leaseId).unpaidFrom, endsAt, "I9: it may start before the notice is over");
        if (by % 5 == 0 && lease.state != ILeases.State.Open) {
            release(old, lease.renter, abi.encodeCall(leases.close, old), time);
        } else if (by % 5 == 1) {
            release(leaseId, renters[by % 3], abi.encodeCall(leases.close, leaseId), time);
        } else if (by % 5 == 2 && endsAt > time) {
            bytes memory early = abi.encodeCall(leases.start, leaseId);
            assertRefused(keyOf(lease.machineId), early, "I9: it started while another has the slot");
        }
    }

    function begin(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isStartable);
        if (leaseId != 0) startNow(leaseId, lease.machineId);
    }

    function extend(uint256 leaseSeed, uint32 duration) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isExtensible);
        if (leaseId == 0) return;
        uint256 most = books[leaseId].latest - lease.paidUntil;
        uint256 before = token.balanceOf(lease.renter);
        if (lease.rate > 0 && before / lease.rate < most) most = before / lease.rate;
        if (most == 0) return;
        duration = uint32(bound(duration, 1, most));
        vm.prank(lease.renter);
        leases.extend(leaseId, duration);
        noteExtended(leaseId, before - token.balanceOf(lease.renter), duration);
    }

    function preempt(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isPushable);
        if (leaseId == 0) return;
        noteOver(leaseId, isRunning(lease) ? noticeEnd(lease) : time);
        Money memory before = moneyOf(leaseId);
        vm.prank(keyOf(lease.machineId));
        leases.preempt(leaseId);
        noteReleased(leaseId, before);
    }

    function end(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isEndable);
        if (leaseId == 0) return;
        release(leaseId, keyOf(lease.machineId), abi.encodeCall(leases.end, leaseId), time);
    }

    function close(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isNotClosed);
        if (leaseId == 0) return;
        release(leaseId, lease.renter, abi.encodeCall(leases.close, leaseId), time);
    }

    function closeMissed(uint256 leaseSeed) external watched {
        (uint256 leaseId,) = pick(leaseSeed, isMissed);
        if (leaseId == 0) return;
        release(leaseId, stranger, abi.encodeCall(leases.close, leaseId), time);
    }

    /// @dev Back to the second from which it is found to have failed, but not before what is paid.
    function closeAsOf(uint256 leaseSeed, uint256 since) external watched {
        (uint256 leaseId,) = pick(leaseSeed, isNotClosed);
        if (leaseId == 0) return;
        since = bound(since, time - 2 hours, time + 1 minutes);
        uint256 at = since < books[leaseId].paidTo ? books[leaseId].paidTo : since;
        release(leaseId, faults, abi.encodeCall(leases.closeAsOf, (leaseId, uint40(since))), at < time ? at : time);
    }

    function reject(uint256 leaseSeed) external watched {
        (uint256 leaseId, ILeases.Lease memory lease) = pick(leaseSeed, isRejectable);
        if (leaseId == 0 || !takeReject(lease.renter)) return;
        books[leaseId].rejected = true;
        release(leaseId, lease.renter, abi.encodeCall(leases.reject, leaseId), time);
    }

    /// @dev Settles twice in one second (I8): the second time nothing may move.
    function settle(uint256 leaseSeed) external watched {
        (uint256 leaseId,) = pick(leaseSeed, isAny);
        if (leaseId == 0) return;
        Money memory before = moneyOf(leaseId);
        vm.prank(stranger);
        leases.settle(leaseId);
        noteReleased(leaseId, before);

        bytes32 once = keccak256(abi.encode(moneyOf(leaseId)));
        leases.settle(leaseId);
        vm.assertEq(keccak256(abi.encode(moneyOf(leaseId))), once, "I8: settled twice, paid twice");
    }

    /// @notice What the rules forbid and no other action tries: nobody may find a way.
    function trespass(uint256 leaseSeed, uint256 kind) external watched {
        (uint256 closed, ILeases.Lease memory gone) = pick(leaseSeed, isClosed);
        if (closed != 0) {
            assertRefused(gone.renter, abi.encodeCall(leases.close, closed), "I10: a closed lease may be closed again");
            assertRefused(gone.renter, abi.encodeCall(leases.reject, closed), "I10: a closed lease may be rejected");
        }
        (uint256 id, ILeases.Lease memory lease) = pick(leaseSeed, isEndable);
        if (id == 0 || isMissed(lease)) return;
        address key_ = keyOf(lease.machineId);
        if (kind % 4 == 0 && lease.state == ILeases.State.Open && time < lease.unpaidFrom) {
            assertRefused(key_, abi.encodeCall(leases.start, id), "I9: it started while another has the slot");
        } else if (kind % 4 == 0 && isRunning(lease)) {
            uint256 most = books[id].latest - lease.paidUntil;
            if (lease.rate * (most + 1) > token.balanceOf(lease.renter)) return;
            bytes memory action = abi.encodeCall(leases.extend, (id, uint32(most + 1)));
            assertRefused(lease.renter, action, "I28: a lease may outlast the terms of its opening");
        } else if (kind % 4 == 1) {
            assertRefused(stranger, abi.encodeCall(leases.close, id), "I7: a stranger may close a lease");
        } else if (kind % 4 == 2) {
            assertRefused(lease.renter, abi.encodeCall(leases.end, id), "I7: a renter may end for the machine");
        } else if (mayOpen(lease.machineId, false)) {
            ILeases.Order memory order = orderFor(lease.machineId, lease.slots, 1, 0);
            order.duration = fit(machines.terms(lease.machineId, false, 0), time, order, renters[0]);
            assertRefused(renters[0], abi.encodeCall(leases.open, order), "I9: a slot may be leased twice");
        }
    }

    struct Balances {
        uint256 comer;
        uint256 goer;
        uint256 held;
    }

    function release(uint256 leaseId, address by, bytes memory action, uint256 at) private {
        noteOver(leaseId, at);
        Money memory before = moneyOf(leaseId);
        vm.prank(by);
        (bool done, bytes memory reason) = address(leases).call(action);
        if (!done) {
            assembly {
                revert(add(reason, 32), mload(reason))
            }
        }
        noteReleased(leaseId, before);
    }

    function pushOut(ILeases.Order memory order, uint256 old, ILeases.Lease memory lease, address by)
        private
        returns (uint256 leaseId, uint256 deposited)
    {
        uint256[] memory preempted = new uint256[](1);
        preempted[0] = old;
        Balances memory before = balancesOf(by, lease.renter);
        vm.prank(by);
        leaseId = leases.openOver(order, preempted);
        uint256 refunded = lease.escrow - leases.lease(old).escrow;
        deposited = checkMoved(before, balancesOf(by, lease.renter), refunded, by == lease.renter);
        books[old].refunded += refunded;
    }

    function assertRefused(address by, bytes memory action, string memory message) private {
        vm.prank(by);
        (bool done,) = address(leases).call(action);
        vm.assertTrue(!done, message);
    }

    function startNow(uint256 leaseId, uint256 machineId) private {
        vm.prank(keyOf(machineId));
        leases.start(leaseId);
        noteStarted(leaseId);
    }

    function balancesOf(address comer, address goer) private view returns (Balances memory) {
        return Balances(token.balanceOf(comer), token.balanceOf(goer), token.balanceOf(address(leases)));
    }

    /// @dev What the comer paid, from the tokens; he may be the same as who goes.
    function checkMoved(Balances memory before, Balances memory after_, uint256 refunded, bool same)
        private
        pure
        returns (uint256 deposited)
    {
        deposited = after_.held + refunded - before.held;
        uint256 due = before.comer - deposited + (same ? refunded : 0);
        vm.assertEq(after_.comer, due, "I6: who comes paid another sum");
        if (!same) vm.assertEq(after_.goer, before.goer + refunded, "I6: who goes was refunded another sum");
    }

    function mayOpen(uint256 machineId, bool preemptible) private returns (bool) {
        IMachines.Machine memory machine = machines.machine(machineId);
        bool isStopped = machine.state != IMachines.State.Online || time < leases.pausedUntil();
        bool offered = !preemptible || machine.offer.preemptible;
        bool free = preemptible && machine.offer.preemptibleUsdPerSlotHour == 0;
        if (isStopped || !offered || (priceIsStale && !free)) return false;
        refresh(machineId);
        return true;
    }

    function orderFor(uint256 machineId, uint64 slots, uint32 duration, uint256 kind)
        private
        view
        returns (ILeases.Order memory order)
    {
        order = anOrder(machineId, slots, duration);
        order.preemptible = kind % 2 == 1;
        if (kind % 3 != 0) return order;
        order.operatorId = CLOUD;
        order.feeBps = uint16((kind >> 8) % 1001);
    }

    /// @dev A duration that offer, hours and purse allow; 0 when there is none.
    function fit(IMachines.Terms memory terms, uint256 startsAt, ILeases.Order memory order, address payer)
        private
        view
        returns (uint32)
    {
        uint256 most = 2 hours;
        uint256 begins = startsAt + 10 minutes;
        if (terms.openUntil < begins + most) most = terms.openUntil < begins ? 0 : terms.openUntil - begins;
        if (terms.usdPerSlotHour > 0) {
            // The fee is a tenth of the rent at most.
            uint256 rate = uint256(leases.quote(order.machineId, order.slots, order.preemptible)) * 10 / 9 + 1;
            if (token.balanceOf(payer) / rate < most) most = token.balanceOf(payer) / rate;
        }
        if (most < terms.minSeconds) return 0;
        // Most leases are long, or few would be accepted before they are over.
        uint256 least = order.duration % 4 == 0 || most < 2 * terms.minSeconds ? terms.minSeconds : most / 2;
        return uint32(bound(order.duration, least, most));
    }

    function noticeEnd(ILeases.Lease memory lease) private view returns (uint256 endsAt) {
        endsAt = time + (lease.rate == 0 ? 10 : 60);
        if (lease.paidUntil < endsAt) endsAt = lease.paidUntil;
    }

    /// @dev Whether a lease other than `except` has or waits for one of the slots.
    function claimed(Hold memory wanted, uint256 except) private view returns (bool) {
        ILeases.Lease[] memory all = leases.leases(1, type(uint256).max);
        for (uint256 i = 0; i < all.length; ++i) {
            bool live = isRunning(all[i]) || (all[i].state == ILeases.State.Open && !isMissed(all[i]));
            bool meets = all[i].machineId == wanted.machineId && all[i].slots & wanted.slots != 0;
            if (live && meets && i + 1 != except) return true;
        }
        return false;
    }
}
