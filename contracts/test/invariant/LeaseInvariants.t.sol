// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../../src/Audits.sol";
import {Leases} from "../../src/Leases.sol";
import {Machines} from "../../src/Machines.sol";
import {Token} from "../../src/Token.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
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
    Audits private audits;
    Leases private leases;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new LeaseHandler();
        (token, machines, audits, leases) = handler.ledger();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev What leases live on, opening, starting and time, comes more often than what ends them.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[4] memory often = [
            LeaseHandler.open.selector,
            LeaseHandler.begin.selector,
            LeaseHandler.wait.selector,
            LeaseHandler.settle.selector
        ];
        bytes4[11] memory seldom = [
            LeaseHandler.extend.selector,
            LeaseHandler.end.selector,
            LeaseHandler.close.selector,
            LeaseHandler.closeMissed.selector,
            LeaseHandler.reject.selector,
            LeaseHandler.waitLong.selector,
            LeaseHandler.setOffer.selector,
            LeaseHandler.movePrice.selector,
            LeaseHandler.toggleMachine.selector,
            LeaseHandler.pauseOpening.selector,
            LeaseHandler.donate.selector
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
        uint256 escrow = 0;
        ILeases.Lease[] memory all = leases.leases(1, type(uint256).max);
        LeaseWorld.Book[] memory books = handler.allBooks();
        for (uint256 i = 0; i < all.length; ++i) {
            escrow += all[i].escrow;
            checkSnapshot(all[i], books[i].opened);
            checkMoney(all[i], books[i]);
        }
        checkHeld(escrow);
        checkSlots(all);
    }

    /// @dev I17, I29: in whatever state the run ends, and while opening is paused, all escrow can be got out by the clock
    /// alone: nobody who might refuse has to act.
    function afterInvariant() external {
        // Later than any lease can last and than any cooldown of the guardian.
        vm.warp(handler.clock() + 40 days);
        handler.pauseForLong();
        for (uint256 id = 1; id <= leases.count(); ++id) {
            if (leases.lease(id).state == ILeases.State.Open) leases.close(id);
            else leases.settle(id);
            vm.assertEq(uint256(leases.lease(id).state), uint256(ILeases.State.Closed), "I17: a lease cannot be closed");
        }
        vm.assertEq(leases.totalEscrow(), 0, "I17: escrow is stuck");
        vm.assertEq(token.balanceOf(address(leases)), handler.donated(), "I17: more than donations is left");
        vm.assertEq(leases.busySlots(1) | leases.busySlots(2), 0, "I17: a slot is stuck");
    }

    function checkSupply() private view {
        uint256 sum = handler.sumOfBalances();
        vm.assertEq(sum, token.totalSupply(), "I1: balances are not the supply");
        vm.assertEq(
            token.GENESIS_SUPPLY() - leases.totalBurnt(), sum, "I1, I4: supply fell by another sum than was burnt"
        );
    }

    function checkMoney(ILeases.Lease memory lease, LeaseWorld.Book memory book) private pure {
        uint256 given = book.paid + book.burnt + book.refunded;
        vm.assertEq(given + lease.escrow, book.deposited, "I7: deposited is not given + held");
        if (lease.state != ILeases.State.Closed) return;

        vm.assertEq(lease.escrow, 0, "I10: a closed lease holds money");
        uint256 used = usedSeconds(book);
        vm.assertEq(book.paid + book.burnt, lease.rate * used, "I7: rent is not rate x seconds used");
        vm.assertEq(book.refunded, lease.rate * (book.duration - used), "I7: refund is not rate x seconds unused");
    }

    /// @dev By the books alone: from the start to the end of service, nothing when rejected.
    function usedSeconds(LeaseWorld.Book memory book) private pure returns (uint256) {
        if (book.startedAt == 0 || book.rejected) return 0;
        uint256 bought = book.startedAt + book.duration;
        return (book.overAt != 0 && book.overAt < bought ? book.overAt : bought) - book.startedAt;
    }

    function checkSnapshot(ILeases.Lease memory lease, ILeases.Lease memory opened) private pure {
        vm.assertEq(termsOf(lease), termsOf(opened), "I11: a term of an open lease changed");
    }

    function termsOf(ILeases.Lease memory lease) private pure returns (bytes32) {
        return keccak256(abi.encode(lease.machineId, lease.renter, lease.payee, lease.slots, lease.burnBps, lease.rate));
    }

    function checkHeld(uint256 escrow) private view {
        vm.assertEq(leases.totalEscrow(), escrow, "I2: total escrow is not the sum of leases");
        vm.assertEq(token.balanceOf(address(leases)), escrow + handler.donated(), "I2: tokens held are not the escrow");
    }

    /// @dev A live lease is one that its machine may still start, or that runs.
    function checkSlots(ILeases.Lease[] memory all) private view {
        uint64[3] memory held;
        for (uint256 i = 0; i < all.length; ++i) {
            ILeases.Lease memory lease = all[i];
            bool startable = lease.state == ILeases.State.Open && block.timestamp < lease.openedAt + 10 minutes;
            if (!startable && lease.state != ILeases.State.Running) continue;
            vm.assertEq(held[lease.machineId] & lease.slots, 0, "I9: a slot has two leases");
            held[lease.machineId] |= lease.slots;
        }
        vm.assertEq(leases.busySlots(1), held[1], "I9: busy slots are not those of live leases");
        vm.assertEq(leases.busySlots(2), held[2], "I9: busy slots are not those of live leases");
    }

    function checkNeverCreated() private view {
        bytes32 none = keccak256(abi.encode(leases.lease(0)));
        vm.assertEq(none, keccak256(new bytes(13 * 32)), "I30: lease 0 is not empty");
        vm.assertEq(keccak256(abi.encode(leases.lease(leases.count() + 1))), none, "I30: the next lease is not empty");
        bytes32 noMachine = keccak256(abi.encode(machines.machine(0)));
        vm.assertEq(keccak256(abi.encode(machines.machine(3))), noMachine, "I30: the next machine is not empty");
        (uint256 machineId, IAudits.State state,,,) = audits.audit(audits.count() + 1);
        vm.assertEq(machineId + uint256(state), 0, "I30: the next audit is not empty");
    }
}
