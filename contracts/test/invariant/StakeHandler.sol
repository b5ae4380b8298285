// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Machines} from "../../src/Machines.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Token} from "../../src/Token.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {FakeRewards} from "../fake/FakeRewards.sol";
import {Core} from "../Core.sol";

/// @title StakeHandler
/// @notice What the fuzzer may do to stake: three accounts that stake and own machines, whose deeds they sell, and that
/// have a bond each with another locker. As in {LeaseHandler}, an action does nothing where a rule forbids it, and any
/// other revert fails the run.
contract StakeHandler is Core {
    address[3] public actors = [account("actor 1"), account("actor 2"), account("actor 3")];
    /// @notice What each actor's stake is worth: put in less taken out by the tokens that moved, less slashed, and given by
    /// slashes and sales as their rules say.
    mapping(address actor => uint256) public worth;
    /// @notice The whole of what actors were slashed and machines forfeited less what receivers got, that is not swept yet.
    uint256 public rest;
    uint256 public burnt;
    uint256 public donated;
    uint256 private _keys;

    constructor() {
        setUp();
        for (uint256 i = 0; i < actors.length; ++i) {
            fund(actors[i], 1e24);
            vm.prank(actors[i]);
            token.approve(address(stakes), type(uint256).max);
            vm.prank(actors[i]);
            token.delegate(actors[i]);
        }
    }

    modifier onTime() {
        vm.warp(time);
        _;
    }

    function ledger() external view returns (Token, Stakes, Machines, FakeRewards) {
        return (token, stakes, machines, rewards);
    }

    function clock() external view returns (uint256) {
        return time;
    }

    function parties() external view returns (address, address) {
        return (treasury, committees);
    }

    function deposit(uint256 actorSeed, uint256 amount) external onTime {
        address actor = actors[actorSeed % 3];
        uint256 before = token.balanceOf(actor);
        amount = bound(amount, 0, before / 4);
        vm.prank(actor);
        stakes.deposit(amount);
        worth[actor] += before - token.balanceOf(actor);
    }

    function withdraw(uint256 actorSeed, uint256 amount) external onTime {
        address actor = actors[actorSeed % 3];
        uint256 before = token.balanceOf(actor);
        amount = bound(amount, 0, stakes.free(actor));
        vm.prank(actor);
        stakes.withdraw(amount);
        worth[actor] -= token.balanceOf(actor) - before;
    }

    function register(uint256 actorSeed, uint256 slots) external onTime {
        address actor = actors[actorSeed % 3];
        slots = bound(slots, 1, 8);
        if (stakes.free(actor) < slots * machines.STAKE_PER_SLOT()) return;
        string memory name = string(abi.encode(++_keys));
        bytes memory signature = keySignature(name, actor);
        vm.prank(actor);
        machines.register(aRegistration(account(name), uint8(slots)), signature);
    }

    function exit(uint256 machineSeed) external onTime {
        uint256 id = pickMachine(machineSeed);
        if (id == 0) return;
        vm.prank(machines.ownerOf(id));
        machines.exit(id);
    }

    function sell(uint256 machineSeed, uint256 buyerSeed) external onTime {
        uint256 id = pickMachine(machineSeed);
        if (id == 0) return;
        (address seller, address buyer) = (machines.ownerOf(id), actors[buyerSeed % 3]);
        uint256 amount = machines.stakeOf(id);
        vm.prank(seller);
        machines.transferFrom(seller, buyer, id);
        worth[seller] -= amount;
        worth[buyer] += amount;
    }

    function restake(uint256 machineSeed) external onTime {
        uint256 id = pickMachine(machineSeed);
        if (id == 0) return;
        IMachines.Machine memory machine = machines.machine(id);
        uint256 missing = machine.slots * machines.STAKE_PER_SLOT() - machines.stakeOf(id);
        if (stakes.free(machine.owner) < missing) return;
        vm.prank(machine.owner);
        machines.restake(id);
        if (machine.state == IMachines.State.Online) return;
        vm.prank(machine.owner);
        machines.resume(id);
    }

    /// @dev Of any machine, also one that has left: its bond is slashed until it is released (I14).
    function slashMachine(uint256 machineSeed, uint256 amount, uint256 unvested, uint256 who) external onTime {
        uint256 count = machines.count();
        if (count == 0) return;
        uint256 id = bound(machineSeed, 1, count);
        rewards.setUnvested(id, bound(unvested, 0, 50e18));
        (address by, uint256 held,) = stakes.bond(address(machines), id);
        amount = bound(amount, 0, 900e18);
        uint256 extra = rewards.unvested(id) < amount ? rewards.unvested(id) : amount;
        uint256 due = amount - extra < held ? amount - extra : held;
        IStakes.Split memory split = aSplitFor(who);
        vm.prank(faults);
        uint256 taken = machines.slash(id, amount, split);
        vm.assertEq(taken, due + extra, "I14, I15: a slash took another sum than its rule says");
        noteSlash(by, due, extra, split);
    }

    /// @dev Every actor has a bond of this locker, of its own number.
    function lock(uint256 actorSeed, uint256 amount) external onTime {
        uint256 subject = actorSeed % 3;
        (,, uint256 releasableAt) = stakes.bond(committees, subject);
        if (releasableAt != 0) return;
        amount = bound(amount, 0, stakes.free(actors[subject]));
        vm.prank(committees);
        stakes.lock(subject, actors[subject], amount);
    }

    function unlockOrUnbond(uint256 actorSeed, uint256 amount, bool whole) external onTime {
        uint256 subject = actorSeed % 3;
        (, uint256 held, uint256 releasableAt) = stakes.bond(committees, subject);
        if (releasableAt != 0) return;
        vm.prank(committees);
        whole ? stakes.unbond(subject) : stakes.unlock(subject, bound(amount, 0, held));
    }

    function slashBond(uint256 actorSeed, uint256 amount, uint256 who) external onTime {
        uint256 subject = actorSeed % 3;
        (address by, uint256 held,) = stakes.bond(committees, subject);
        amount = bound(amount, 0, 1e23);
        IStakes.Split memory split = aSplitFor(who);
        vm.prank(committees);
        uint256 taken = stakes.slash(subject, amount, 0, split);
        vm.assertEq(taken, amount < held ? amount : held, "I14, I15: a slash took another sum than its rule says");
        noteSlash(by, taken, 0, split);
    }

    function release(uint256 seed, bool ofMachines) external onTime {
        uint256 count = machines.count();
        if (ofMachines && count == 0) return;
        address locker = ofMachines ? address(machines) : committees;
        uint256 subject = ofMachines ? bound(seed, 1, count) : seed % 3;
        (,, uint256 releasableAt) = stakes.bond(locker, subject);
        if (releasableAt == 0 || time < releasableAt) return;
        vm.prank(stranger);
        stakes.release(locker, subject);
    }

    function sweep() external onTime {
        uint256 supply = token.totalSupply();
        vm.prank(stranger);
        stakes.sweep();
        burnt += supply - token.totalSupply();
        vm.assertEq(supply - token.totalSupply(), rest - rest / 3, "I16: two thirds of the rest are not burnt");
        worth[treasury] += rest / 3;
        rest = 0;
    }

    function wait(uint256 duration) external onTime {
        skip(bound(duration, 1, 10 days));
    }

    function donate(uint256 amount) external onTime {
        amount = bound(amount, 1, 1e18);
        donated += amount;
        fund(address(stakes), amount);
    }

    /// @notice Takes all stake out, as each actor would: exit, wait the one delay, release, withdraw (I17).
    function leaveForGood() external onTime {
        for (uint256 id = 1; id <= machines.count(); ++id) {
            if (machines.machine(id).state == IMachines.State.Exited) continue;
            vm.prank(machines.ownerOf(id));
            machines.exit(id);
        }
        for (uint256 subject = 0; subject < 3; ++subject) {
            (,, uint256 releasableAt) = stakes.bond(committees, subject);
            if (releasableAt != 0) continue;
            vm.prank(committees);
            stakes.unbond(subject);
        }
        skip(UNBONDING_PERIOD);
        for (uint256 id = 1; id <= machines.count(); ++id) {
            (,, uint256 releasableAt) = stakes.bond(address(machines), id);
            if (releasableAt != 0) stakes.release(address(machines), id);
        }
        for (uint256 i = 0; i < 3; ++i) {
            stakes.release(committees, i);
            uint256 free = stakes.free(actors[i]);
            vm.prank(actors[i]);
            stakes.withdraw(free);
        }
    }

    function pickMachine(uint256 seed) private view returns (uint256) {
        uint256 count = machines.count();
        for (uint256 i = 0; i < count; ++i) {
            uint256 id = 1 + (seed % count + i) % count;
            if (machines.machine(id).state != IMachines.State.Exited) return id;
        }
        return 0;
    }

    /// @dev Every combination of receivers: renter, reporter, and up to three verifiers, one of them twice.
    function aSplitFor(uint256 who) private view returns (IStakes.Split memory split) {
        split.verifiers = new address[](who % 4);
        for (uint256 i = 0; i < split.verifiers.length; ++i) {
            split.verifiers[i] = actors[i % 2];
        }
        if (who & 4 != 0) (split.renter, split.renterClaim) = (actors[1], uint96((who >> 8) % 200e18));
        if (who & 8 != 0) split.reporter = actors[2];
    }

    /// @dev The waterfall by its words (I16): renter first, of what is left a fifth each.
    function noteSlash(address by, uint256 taken, uint256 extra, IStakes.Split memory split) private {
        worth[by] -= taken;
        uint256 left = taken + extra;
        if (split.renter != address(0)) {
            uint256 claim = split.renterClaim < left ? split.renterClaim : left;
            worth[split.renter] += claim;
            left -= claim;
        }
        uint256 fifth = left / 5;
        if (split.reporter != address(0)) {
            worth[split.reporter] += fifth;
            left -= fifth;
        }
        uint256 judges = split.verifiers.length;
        for (uint256 i = 0; i < judges; ++i) {
            worth[split.verifiers[i]] += fifth / judges;
            left -= fifth / judges;
        }
        rest += left;
    }
}
