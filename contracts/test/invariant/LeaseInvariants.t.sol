// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leases} from "../../src/Leases.sol";
import {Machines} from "../../src/Machines.sol";
import {Token} from "../../src/Token.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {FakeRewards} from "../fake/FakeRewards.sol";
import {Test} from "../Test.sol";
import {LeaseHandler} from "./LeaseHandler.sol";
import {LeaseWorld} from "./LeaseWorld.sol";

/// @title LeaseInvariants
/// @notice The invariants of README.md that concern leases, checked after every action of {LeaseHandler}. One campaign
/// checks them all: a failure names its number.
contract LeaseInvariants is Test {
    LeaseHandler private handler;
    Token private token;
    Machines private machines;
    Leases private leases;
    FakeRewards private rewards;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new LeaseHandler();
        (token, machines, leases, rewards) = handler.ledger();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev What leases live on, opening, starting and time, comes more often than what ends them.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[4] memory often = [
            LeaseHandler.open.selector, LeaseHandler.begin.selector, handler.wait.selector, LeaseHandler.settle.selector
        ];
        bytes4[24] memory seldom = [
            LeaseHandler.extend.selector,
            LeaseHandler.end.selector,
            LeaseHandler.close.selector,
            LeaseHandler.closeMissed.selector,
            LeaseHandler.closeAsOf.selector,
            LeaseHandler.reject.selector,
            LeaseHandler.preempt.selector,
            LeaseHandler.openFor.selector,
            LeaseHandler.openOver.selector,
            LeaseHandler.openOver.selector,
            LeaseHandler.trespass.selector,
            handler.hold.selector,
            handler.waitLong.selector,
            handler.setOffer.selector,
            handler.movePrice.selector,
            handler.moveBurnShare.selector,
            handler.toggleMachine.selector,
            handler.planMaintenance.selector,
            handler.slash.selector,
            handler.sellDeed.selector,
            handler.withdraw.selector,
            handler.burnPending.selector,
            handler.pauseOpening.selector,
            handler.donate.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](4 * often.length + seldom.length);
        for (uint256 i = 0; i < 4 * often.length; ++i) {
            targets[0].selectors[i] = often[i % often.length];
        }
        for (uint256 i = 0; i < seldom.length; ++i) {
            targets[0].selectors[4 * often.length + i] = seldom[i];
        }
    }

    function invariant_leases() external {
        vm.warp(handler.clock());
        checkNeverCreated();
        checkSupply();
        checkStake();
        uint256 escrow = 0;
        uint256 given = 0;
        ILeases.Lease[] memory all = leases.leases(1, type(uint256).max);
        LeaseWorld.Book[] memory books = handler.allBooks();
        for (uint256 i = 0; i < all.length; ++i) {
            escrow += all[i].escrow;
            given += books[i].paid + books[i].fee;
            vm.assertEq(termsOf(all[i]), termsOf(books[i].opened), "I11: a term of an open lease changed");
            if (books[i].startedAt != 0) {
                vm.assertLe(all[i].paidUntil, books[i].latest, "I28: a lease outlasts the terms of its opening");
            }
            checkMoney(all[i], books[i]);
        }
        checkHeld(escrow, given);
        checkSlots(all);
    }

    /// @dev I17, I29: in whatever state the run ends, and while opening is paused, all money can be got out by the clock
    /// alone: nobody who might refuse has to act.
    function afterInvariant() external {
        // Later than any lease can last and than any cooldown of the guardian.
        vm.warp(handler.clock() + 40 days);
        handler.pauseForLong();
        for (uint256 id = 1; id <= leases.count(); ++id) {
            if (leases.lease(id).state == ILeases.State.Open) leases.close(id);
            else leases.settle(id);
            vm.assertEq(uint256(leases.lease(id).state), uint256(ILeases.State.Closed), "I17: a lease cannot be closed");
            vm.assertEq(leases.lease(id).escrow, 0, "I17: escrow is stuck");
        }
        for (uint256 purse = 1; purse <= 4; ++purse) {
            (, uint256 amount) = leases.purseOf(purse);
            if (amount > 0) leases.withdraw(purse);
        }
        leases.burnPending();
        vm.assertEq(token.balanceOf(address(leases)), handler.donated(), "I17: more than donations is left");
        vm.assertEq(leases.busySlots(1) | leases.busySlots(2), 0, "I17: a slot is stuck");
    }

    function checkSupply() private view {
        uint256 sum = handler.sumOfBalances();
        vm.assertEq(sum, token.totalSupply(), "I1: balances are not the supply");
        uint256 created = token.GENESIS_SUPPLY() + rewards.minted();
        vm.assertEq(created - handler.burnt(), sum, "I1, I5: supply moved by another sum than was minted and burnt");
        vm.assertEq(
            leases.totalBurnt() - leases.pendingBurn(), handler.burnt(), "I4: another sum was burnt than set aside"
        );
    }

    /// @dev A machine that takes leases has its whole stake.
    function checkStake() private view {
        for (uint256 id = 1; id <= 2; ++id) {
            IMachines.Machine memory machine = machines.machine(id);
            if (machine.state != IMachines.State.Online) continue;
            vm.assertLe(
                machine.slots * machines.STAKE_PER_SLOT(), machines.stakeOf(id), "I12: a machine online lacks stake"
            );
        }
    }

    function checkMoney(ILeases.Lease memory lease, LeaseWorld.Book memory book) private pure {
        uint256 gross = book.paid + book.fee + book.burnt;
        vm.assertEq(gross + book.refunded + lease.escrow, book.deposited, "I7: deposited is not given + held");
        if (lease.state != ILeases.State.Closed) return;

        vm.assertEq(lease.escrow, 0, "I10: a closed lease holds money");
        uint256 used = usedSeconds(book);
        vm.assertEq(gross, lease.rate * used, "I7: rent is not rate x seconds used");
        vm.assertEq(book.refunded, lease.rate * (book.duration - used), "I7: refund is not rate x seconds unused");
    }

    /// @dev By the books alone: from the start to the end of service, nothing when rejected.
    function usedSeconds(LeaseWorld.Book memory book) private pure returns (uint256) {
        if (book.startedAt == 0 || book.rejected) return 0;
        uint256 bought = book.startedAt + book.duration;
        return (book.overAt != 0 && book.overAt < bought ? book.overAt : bought) - book.startedAt;
    }

    function termsOf(ILeases.Lease memory l) private pure returns (bytes32) {
        bytes32 parties = keccak256(abi.encode(l.machineId, l.renter, l.payee, l.operator, l.slots));
        return keccak256(abi.encode(parties, l.burnBps, l.feeBps, l.preemptible, l.rate));
    }

    function checkHeld(uint256 escrow, uint256 given) private view {
        uint256 purses = 0;
        for (uint256 purse = 1; purse <= 4; ++purse) {
            (, uint256 amount) = leases.purseOf(purse);
            purses += amount;
        }
        vm.assertEq(purses + handler.withdrawn(), given, "I2: purses are not what leases paid less what was withdrawn");
        vm.assertEq(
            token.balanceOf(address(leases)),
            escrow + purses + leases.pendingBurn() + handler.donated(),
            "I2: tokens held are not escrow, purses and what waits for the fire"
        );
    }

    /// @dev A live lease is one that its machine may still start, or that runs. One that waits for a notice shares slots
    /// with those that run until then and no longer.
    function checkSlots(ILeases.Lease[] memory all) private view {
        uint64[3] memory waiting;
        uint64[3] memory running;
        for (uint256 i = 0; i < all.length; ++i) {
            ILeases.Lease memory l = all[i];
            bool startable = l.state == ILeases.State.Open && block.timestamp < l.unpaidFrom + 10 minutes;
            if (startable) {
                vm.assertEq(waiting[l.machineId] & l.slots, 0, "I9: a slot was promised twice");
                waiting[l.machineId] |= l.slots;
            }
            if (l.state != ILeases.State.Running) continue;
            vm.assertEq(running[l.machineId] & l.slots, 0, "I9: a slot has two leases");
            running[l.machineId] |= l.slots;
        }
        for (uint256 i = 0; i < all.length; ++i) {
            for (uint256 j = 0; j < all.length; ++j) {
                bool meets = all[i].machineId == all[j].machineId && all[i].slots & all[j].slots != 0;
                if (!meets || all[i].state != ILeases.State.Running || all[j].state != ILeases.State.Open) continue;
                if (block.timestamp >= all[j].unpaidFrom + 10 minutes) continue;
                vm.assertLe(all[i].paidUntil, all[j].unpaidFrom, "I9: a lease may start while another has the slot");
            }
        }
        for (uint256 id = 1; id <= 2; ++id) {
            uint64 live = waiting[id] | running[id];
            uint64 busy = leases.busySlots(id);
            vm.assertEq(live & ~busy, 0, "I9: a slot of a live lease is not held");
            vm.assertEq(busy & ~(live | handler.heldByNone(id)), 0, "I9: a slot is held for nobody");
        }
    }

    function checkNeverCreated() private view {
        bytes32 none = keccak256(abi.encode(leases.lease(0)));
        vm.assertEq(none, keccak256(new bytes(16 * 32)), "I30: lease 0 is not empty");
        vm.assertEq(keccak256(abi.encode(leases.lease(leases.count() + 1))), none, "I30: the next lease is not empty");
        bytes32 noMachine = keccak256(abi.encode(machines.machine(0)));
        vm.assertEq(keccak256(abi.encode(machines.machine(3))), noMachine, "I30: the next machine is not empty");
        (address by, uint256 amount) = leases.purseOf(0);
        vm.assertEq(uint256(uint160(by)) + amount, 0, "I30: purse 0 is not empty");
    }
}
