// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../../src/Audits.sol";
import {Leases} from "../../src/Leases.sol";
import {Machines} from "../../src/Machines.sol";
import {Token} from "../../src/Token.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Ledger} from "../Ledger.sol";

/// @title LeaseWorld
/// @notice Two machines, three renters, and a second set of books: what the tokens say that each lease cost and gave,
/// kept from balances and from the clock and never from the ledger's own sums.
abstract contract LeaseWorld is Ledger {
    /// @param opened The lease as it was in the block of its opening.
    /// @param overAt When service stopped before its time; 0 when it did not.
    struct Book {
        ILeases.Lease opened;
        uint256 deposited;
        uint256 paid;
        uint256 burnt;
        uint256 refunded;
        uint256 duration;
        uint256 startedAt;
        uint256 overAt;
        bool rejected;
    }

    struct Money {
        uint256 payee;
        uint256 renter;
        uint256 supply;
        uint256 held;
        uint256 escrow;
    }

    address[3] internal renters = [account("renter 1"), account("renter 2"), account("renter 3")];
    mapping(uint256 leaseId => Book) internal books;
    mapping(address renter => uint256[]) internal rejectTimes;
    mapping(uint256 index => ILeases.State) internal seen;
    address[] internal holders;
    uint256 internal pausedAt;
    uint256 public donated;

    constructor() {
        setUp();
        registerAudited(4);
        registerSecond();
        holders = [treasury, owner, account("owner 2"), stranger, guardian, address(leases), address(stakes)];
        for (uint256 i = 0; i < renters.length; ++i) {
            holders.push(renters[i]);
            holders.push(verifier(i));
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
            vm.assertTrue(all[i].state != ILeases.State.Ended || all[i].startedAt != 0, "I10: ended without a start");
            seen[i] = all[i].state;
        }
    }

    function ledger() external view returns (Token, Machines, Audits, Leases) {
        return (token, machines, audits, leases);
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

    /// @dev Nine slots: the holds of the ninth lie in a second word of storage.
    function registerSecond() private {
        address by = account("owner 2");
        fund(by, 900e18);
        stake(by, 900e18);
        bytes memory signature = keySignature("key 2", by);
        vm.prank(by);
        machines.register(aRegistration(account("key 2"), 9), signature);
        attest(audits.count(), 0, true, aClass(9));
        attest(audits.count(), 1, true, aClass(9));
    }

    function keyOf(uint256 machineId) internal pure returns (address) {
        return account(machineId == 1 ? "key" : "key 2");
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
        return lease.state == ILeases.State.Open && time < lease.openedAt + leases.START_WINDOW();
    }

    function isMissed(ILeases.Lease memory lease) internal view returns (bool) {
        return lease.state == ILeases.State.Open && !isStartable(lease);
    }

    function isRunning(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state == ILeases.State.Running;
    }

    function isEndable(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state == ILeases.State.Open || isRunning(lease);
    }

    function isRejectable(ILeases.Lease memory lease) internal view returns (bool) {
        bool begun = isRunning(lease) || lease.state == ILeases.State.Ended;
        return begun && time < lease.startedAt + leases.ACCEPT_WINDOW();
    }

    function isNotClosed(ILeases.Lease memory lease) internal pure returns (bool) {
        return lease.state != ILeases.State.Closed;
    }

    function isAny(ILeases.Lease memory) internal pure returns (bool) {
        return true;
    }

    /// @dev Makes a machine leasable as its agent, its verifiers and the reporters would.
    function refresh(uint256 machineId) internal {
        vm.prank(keyOf(machineId));
        machines.heartbeat(machineId);
        (uint256 last,) = prices.postOf(reporter(0));
        postPrices(uint64(last));
        if (audits.isFresh(machineId)) return;
        vm.prank(keyOf(machineId));
        uint256 auditId = audits.request(machineId);
        IAudits.Class memory class = aClass(1);
        attest(auditId, 0, true, class);
        attest(auditId, 1, true, class);
    }

    /// @dev Three rejects in a day, counted from the first of them.
    function takeReject(address by) internal returns (bool) {
        uint256[] storage times = rejectTimes[by];
        if (times.length > 0 && time >= times[0] + 1 days) delete rejectTimes[by];
        if (times.length == 3) return false;
        times.push(time);
        return true;
    }

    function noteOpened(uint256 leaseId, uint256 deposited) internal {
        Book storage b = books[leaseId];
        b.opened = leases.lease(leaseId);
        b.duration = b.opened.duration;
        b.deposited = deposited;
    }

    function noteStarted(uint256 leaseId) internal {
        books[leaseId].startedAt = time;
    }

    function noteExtended(uint256 leaseId, uint256 deposited, uint256 duration) internal {
        books[leaseId].deposited += deposited;
        books[leaseId].duration += duration;
    }

    function noteOver(uint256 leaseId) internal {
        if (books[leaseId].overAt == 0) books[leaseId].overAt = time;
    }

    function noteRejected(uint256 leaseId) internal {
        books[leaseId].rejected = true;
    }

    function moneyOf(uint256 leaseId) internal view returns (Money memory) {
        ILeases.Lease memory lease = leases.lease(leaseId);
        return Money({
            payee: token.balanceOf(lease.payee),
            renter: token.balanceOf(lease.renter),
            supply: token.totalSupply(),
            held: token.balanceOf(address(leases)),
            escrow: lease.escrow
        });
    }

    /// @dev Books what an action released (I4, I6) by the balances before it and now.
    function noteReleased(uint256 leaseId, Money memory before) internal {
        Money memory money = moneyOf(leaseId);
        uint256 paid = money.payee - before.payee;
        uint256 refunded = money.renter - before.renter;
        uint256 burnt = before.supply - money.supply;
        vm.assertEq(paid + burnt + refunded, before.held - money.held, "I6: what was given is not what was released");
        vm.assertEq(before.escrow - money.escrow, before.held - money.held, "I6: escrow fell by another sum");
        uint256 share = (paid + burnt) * books[leaseId].opened.burnBps;
        vm.assertEq(burnt, (share + 9999) / 10_000, "I4: burnt is not the share of the rent");
        books[leaseId].paid += paid;
        books[leaseId].burnt += burnt;
        books[leaseId].refunded += refunded;
    }
}
