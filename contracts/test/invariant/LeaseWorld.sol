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
    mapping(uint256 leaseId => ILeases.State) internal seen;
    uint256 internal pausedAt;
    uint256 public donated;

    constructor() {
        setUp();
        registerAudited(4);
        registerSecond();
        for (uint256 i = 0; i < renters.length; ++i) {
            fund(renters[i], 1e26);
            vm.prank(renters[i]);
            token.approve(address(leases), type(uint256).max);
        }
    }

    /// @dev Around every action. Here and not among the invariants, whose writes forge throws away.
    modifier watched() {
        vm.warp(time);
        _;
        for (uint256 id = 1; id <= leases.count(); ++id) {
            ILeases.Lease memory lease = leases.lease(id);
            vm.assertLe(uint256(seen[id]), uint256(lease.state), "I10: a state went back");
            vm.assertTrue(lease.state != ILeases.State.Ended || lease.startedAt != 0, "I10: ended without a start");
            seen[id] = lease.state;
        }
    }

    function ledger() external view returns (Token, Machines, Audits, Leases) {
        return (token, machines, audits, leases);
    }

    function clock() external view returns (uint256) {
        return time;
    }

    function book(uint256 leaseId) external view returns (Book memory) {
        return books[leaseId];
    }

    /// @dev Every account that can hold tokens.
    function holders() external view returns (address[13] memory) {
        return [
            treasury,
            owner,
            account("owner 2"),
            renters[0],
            renters[1],
            renters[2],
            verifier(0),
            verifier(1),
            verifier(2),
            address(leases),
            address(stakes),
            stranger,
            guardian
        ];
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

    /// @dev One of the latest leases, where things still happen.
    function pick(uint256 seed) internal view returns (uint256 leaseId, ILeases.Lease memory) {
        uint256 count = leases.count();
        leaseId = count == 0 ? 0 : bound(seed, count > 6 ? count - 6 : 1, count);
        return (leaseId, leases.lease(leaseId));
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
