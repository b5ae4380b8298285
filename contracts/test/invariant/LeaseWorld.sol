// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leases} from "../../src/Leases.sol";
import {Machines} from "../../src/Machines.sol";
import {Token} from "../../src/Token.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {FakeRewards} from "../fake/FakeRewards.sol";
import {Core} from "../Core.sol";

/// @title LeaseWorld
/// @notice Two machines, three owners, three renters and a cloud, and a second set of books: what tokens and purses say
/// that each lease cost and gave, kept from them and from the clock and never from the ledger's own sums.
abstract contract LeaseWorld is Core {
    /// @param opened The lease as it was in the block of its opening.
    /// @param latest The last second to which the terms of its opening let it run.
    /// @param paidTo The second up to which money has left for payee, cloud and fire.
    /// @param overAt The second up to which rent is due when service stopped before its time; 0 when it did not.
    struct Book {
        ILeases.Lease opened;
        uint256 latest;
        uint256 deposited;
        uint256 paid;
        uint256 fee;
        uint256 burnt;
        uint256 refunded;
        uint256 duration;
        uint256 startedAt;
        uint256 paidTo;
        uint256 overAt;
        bool rejected;
    }

    struct Money {
        uint256 payee;
        uint256 operator;
        uint256 renter;
        uint256 burnt;
        uint256 held;
        uint256 escrow;
    }

    /// @dev Slots held by no lease: for a quote, or for the notice of a lease whose successor is gone.
    struct Hold {
        uint256 machineId;
        uint64 slots;
        uint256 until;
        bool isQuote;
    }

    uint24 internal constant CLOUD = 1;

    address[3] internal renters = [account("renter 1"), account("renter 2"), account("renter 3")];
    address[3] internal owners = [account("owner"), account("owner 2"), account("owner 3")];
    mapping(uint256 leaseId => Book) internal books;
    mapping(address renter => uint256[]) internal rejectTimes;
    mapping(uint256 index => ILeases.State) internal seen;
    address[] internal holders;
    Hold[] internal holds;
    bool internal priceIsStale;
    uint256 internal pausedAt;
    uint256 public donated;
    /// @notice What purses have paid out and what the fire has burnt of Leases, by the tokens that moved.
    uint256 public withdrawn;
    uint256 public burnt;

    constructor() {
        setUp();
        registerAudited(4);
        // Nine slots: the holds of the ninth lie in a second word of storage.
        register("owner 2", "key 2", 9);
        setOffer(1, aPreemptibleOffer());
        setOffer(2, aPreemptibleOffer());
        operators.set(CLOUD, account("cloud"), 1000);
        holders = [treasury, stranger, guardian, account("cloud"), address(leases), address(stakes)];
        for (uint256 i = 0; i < renters.length; ++i) {
            holders.push(renters[i]);
            holders.push(owners[i]);
            fund(renters[i], 1e26);
            vm.prank(renters[i]);
            token.approve(address(leases), type(uint256).max);
        }
    }

    /// @dev Around every action. Here and not among the invariants, whose writes forge throws away.
    modifier watched() {
        vm.warp(time);
        _;
        ILeases.Lease[] memory all = leases.leases(1, type(uint256).max);
        for (uint256 i = 0; i < all.length; ++i) {
            if (all[i].state == seen[i]) continue;
            vm.assertTrue(all[i].state > seen[i], "I10: a state went back");
            bool ended = all[i].state == ILeases.State.Ended;
            vm.assertTrue(!ended || books[i + 1].startedAt != 0, "I10: ended without a start");
            seen[i] = all[i].state;
        }
    }

    function ledger() external view returns (Token, Machines, Leases, FakeRewards) {
        return (token, machines, leases, rewards);
    }

    function clock() external view returns (uint256) {
        return time;
    }

    /// @notice The books of all leases; entry i is that of lease i + 1.
    function allBooks() external view returns (Book[] memory all) {
        all = new Book[](leases.count());
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = books[i + 1];
        }
    }

    /// @notice The sum of the balances of every account that can hold tokens.
    function sumOfBalances() external view returns (uint256 sum) {
        for (uint256 i = 0; i < holders.length; ++i) {
            sum += token.balanceOf(holders[i]);
        }
    }

    /// @notice Slots of a machine that are held now by no lease.
    function heldByNone(uint256 machineId) public view returns (uint64 slots) {
        for (uint256 i = 0; i < holds.length; ++i) {
            if (holds[i].machineId == machineId && time < holds[i].until) slots |= holds[i].slots;
        }
    }

    /// @dev One of the latest leases that `fits`, so that most actions find something to do; 0 when there is none.
    function pick(uint256 seed, function(ILeases.Lease memory) view returns (bool) fits)
        internal
        view
        returns (uint256 leaseId, ILeases.Lease memory lease)
    {
        uint256 count = leases.count();
        uint256 window = count < 8 ? count : 8;
        for (uint256 i = 0; i < window; ++i) {
            leaseId = count - (seed % window + i) % window;
            lease = leases.lease(leaseId);
            if (fits(lease)) return (leaseId, lease);
        }
        return (0, lease);
    }

    function isStartable(ILeases.Lease memory lease) internal view returns (bool) {
        return lease.state == ILeases.State.Open && time >= lease.unpaidFrom && !isMissed(lease);
    }

    function isMissed(ILeases.Lease memory lease) internal view returns (bool) {
        return lease.state == ILeases.State.Open && time >= lease.unpaidFrom + 10 minutes;
    }

    function isRunning(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state == ILeases.State.Running;
    }

    function isExtensible(ILeases.Lease memory lease) internal pure returns (bool) {
        return isRunning(lease) && lease.paidUntil < lease.latestEnd;
    }

    function isEndable(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state == ILeases.State.Open || isRunning(lease);
    }

    function isRejectable(ILeases.Lease memory lease) internal view returns (bool) {
        bool begun = isRunning(lease) || lease.state == ILeases.State.Ended;
        return begun && !lease.accepted && time < lease.unpaidFrom + 10 minutes;
    }

    function isPushable(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.preemptible && isNotClosed(lease);
    }

    function isNotClosed(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state != ILeases.State.Closed;
    }

    function isClosed(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state == ILeases.State.Closed;
    }

    function isAny(ILeases.Lease memory) internal pure returns (bool) {
        return true;
    }

    /// @dev Three rejects in a day, counted from the first of them.
    function takeReject(address by) internal returns (bool) {
        uint256[] storage times = rejectTimes[by];
        if (times.length > 0 && time >= times[0] + 1 days) delete rejectTimes[by];
        if (times.length == 3) return false;
        times.push(time);
        return true;
    }

    function noteOpened(uint256 leaseId, uint256 deposited, uint256 openUntil, uint256 longest) internal {
        Book storage b = books[leaseId];
        b.opened = leases.lease(leaseId);
        b.duration = b.opened.duration;
        b.deposited = deposited;
        uint256 latest = b.opened.unpaidFrom + 10 minutes + longest;
        b.latest = latest < openUntil ? latest : openUntil;
        vm.assertEq(b.opened.latestEnd, b.latest, "I28: the terms of its opening are not kept");
    }

    function noteStarted(uint256 leaseId) internal {
        (books[leaseId].startedAt, books[leaseId].paidTo) = (time, time);
    }

    function noteExtended(uint256 leaseId, uint256 deposited, uint256 duration) internal {
        books[leaseId].deposited += deposited;
        books[leaseId].duration += duration;
    }

    /// @dev Service stops at `at`, if it has not stopped before. What waits for a notice leaves the slots to it.
    function noteOver(uint256 leaseId, uint256 at) internal {
        Book storage b = books[leaseId];
        if (at < endOf(b)) b.overAt = at;
        bool waited = b.startedAt == 0 && time < b.opened.unpaidFrom;
        if (waited) holds.push(Hold(b.opened.machineId, b.opened.slots, b.opened.unpaidFrom, false));
    }

    function endOf(Book storage b) internal view returns (uint256) {
        if (b.startedAt == 0) return 0;
        uint256 bought = b.startedAt + b.duration;
        return b.overAt != 0 && b.overAt < bought ? b.overAt : bought;
    }

    function moneyOf(uint256 leaseId) internal view returns (Money memory money) {
        ILeases.Lease memory lease = leases.lease(leaseId);
        (, money.payee) = leases.purseOf(lease.payee);
        (, money.operator) = leases.purseOf(lease.operator);
        money.renter = token.balanceOf(lease.renter);
        money.burnt = leases.pendingBurn();
        money.held = token.balanceOf(address(leases));
        money.escrow = lease.escrow;
    }

    /// @dev Books what an action released (I4, I6) by the balances and purses before it and now.
    function noteReleased(uint256 leaseId, Money memory before) internal {
        Money memory money = moneyOf(leaseId);
        Book storage b = books[leaseId];
        uint256 paid = money.payee - before.payee;
        uint256 fee = money.operator - before.operator;
        uint256 fire = money.burnt - before.burnt;
        uint256 refunded = money.renter - before.renter;
        uint256 gross = paid + fee + fire;
        vm.assertEq(refunded, before.held - money.held, "I6: what left is not what was refunded");
        vm.assertEq(gross + refunded, before.escrow - money.escrow, "I6: what was given is not what was released");
        vm.assertEq(fee, gross * b.opened.feeBps / 10_000, "I6: the fee is not its share of the rent");
        vm.assertEq(fire, ((gross - fee) * b.opened.burnBps + 9999) / 10_000, "I4: burnt is not the share of the rent");
        (b.paid, b.fee, b.burnt, b.refunded) = (b.paid + paid, b.fee + fee, b.burnt + fire, b.refunded + refunded);
        if (gross > 0) b.paidTo = time < endOf(b) ? time : endOf(b);
    }
}
