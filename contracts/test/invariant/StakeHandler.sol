// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../../src/Audits.sol";
import {Machines} from "../../src/Machines.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Token} from "../../src/Token.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Ledger} from "../Ledger.sol";

/// @title StakeHandler
/// @notice What the fuzzer may do to stake: three accounts that stake, own machines and verify. As in {LeaseHandler},
/// an action does nothing where a rule forbids it, and any other revert fails the run.
contract StakeHandler is Ledger {
    address[3] public actors = [account("actor 1"), account("actor 2"), account("actor 3")];
    /// @notice What each actor put in less what it took out, by the tokens that moved.
    mapping(address actor => uint256) public putIn;
    mapping(address actor => uint256[]) private _machineIds;
    uint256 private _keys;
    uint256 public donated;

    constructor() {
        setUp();
        for (uint256 i = 0; i < actors.length; ++i) {
            fund(actors[i], 1e24);
            vm.prank(actors[i]);
            token.approve(address(stakes), type(uint256).max);
        }
    }

    modifier onTime() {
        vm.warp(time);
        _;
    }

    function ledger() external view returns (Token, Stakes, Machines, Audits) {
        return (token, stakes, machines, audits);
    }

    function clock() external view returns (uint256) {
        return time;
    }

    function verifierAt(uint256 i) external pure returns (address) {
        return verifier(i);
    }

    function machinesOf(address actor) external view returns (uint256[] memory) {
        return _machineIds[actor];
    }

    function deposit(uint256 actorSeed, uint256 amount) external onTime {
        address actor = actors[actorSeed % 3];
        uint256 before = token.balanceOf(actor);
        amount = bound(amount, 0, before / 4);
        vm.prank(actor);
        stakes.deposit(amount);
        putIn[actor] += before - token.balanceOf(actor);
    }

    function withdraw(uint256 actorSeed, uint256 amount) external onTime {
        address actor = actors[actorSeed % 3];
        uint256 before = token.balanceOf(actor);
        amount = bound(amount, 0, stakes.free(actor));
        vm.prank(actor);
        stakes.withdraw(amount);
        putIn[actor] -= token.balanceOf(actor) - before;
    }

    function register(uint256 actorSeed, uint256 slots) external onTime {
        address actor = actors[actorSeed % 3];
        slots = bound(slots, 1, 8);
        if (stakes.free(actor) < slots * machines.STAKE_PER_SLOT()) return;
        string memory name = string(abi.encode(++_keys));
        bytes memory signature = keySignature(name, actor);
        vm.prank(actor);
        _machineIds[actor].push(machines.register(aRegistration(account(name), uint8(slots)), signature));
    }

    function exit(uint256 actorSeed) external onTime {
        address actor = actors[actorSeed % 3];
        uint256[] storage ids = _machineIds[actor];
        if (ids.length == 0) return;
        vm.prank(actor);
        machines.exit(ids[ids.length - 1]);
        ids.pop();
    }

    function enrollOrLeave(uint256 actorSeed) external onTime {
        address actor = actors[actorSeed % 3];
        bool leaves = audits.isVerifier(actor);
        if (!leaves && stakes.free(actor) < audits.VERIFIER_STAKE()) return;
        vm.prank(actor);
        leaves ? audits.leave() : audits.enroll();
    }

    function release(uint256 actorSeed, bool ofMachines) external onTime {
        address actor = actors[actorSeed % 3];
        address locker = ofMachines ? address(machines) : address(audits);
        (uint256 amount, uint256 releasableAt) = stakes.unbonding(actor, locker);
        if (amount == 0 || time < releasableAt) return;
        vm.prank(actor);
        stakes.release(locker);
    }

    function wait(uint256 duration) external onTime {
        skip(bound(duration, 1, 10 days));
    }

    function donate(uint256 amount) external onTime {
        amount = bound(amount, 1, 1e18);
        donated += amount;
        fund(address(stakes), amount);
    }

    /// @notice Takes all of an actor's stake out, as he would: leave, exit, wait the one delay, release, withdraw (I17).
    function leaveForGood(address actor) external onTime {
        uint256[] memory ids = _machineIds[actor];
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.prank(actor);
            machines.exit(ids[i]);
        }
        bool verifies = audits.isVerifier(actor);
        if (verifies) {
            vm.prank(actor);
            audits.leave();
        }
        skip(UNBONDING_PERIOD);
        address[2] memory lockers = [address(machines), address(audits)];
        for (uint256 i = 0; i < lockers.length; ++i) {
            (uint256 amount,) = stakes.unbonding(actor, lockers[i]);
            if (amount == 0) continue;
            vm.prank(actor);
            stakes.release(lockers[i]);
        }
        uint256 free = stakes.free(actor);
        vm.prank(actor);
        stakes.withdraw(free);
    }

    /// @notice Stake that should be locked by Machines for an actor: that of his machines on the network (I12).
    function stakeOfMachines(address actor) external view returns (uint256 sum) {
        uint256[] memory ids = _machineIds[actor];
        for (uint256 i = 0; i < ids.length; ++i) {
            IMachines.Terms memory terms = machines.terms(ids[i]);
            sum += terms.slots * machines.STAKE_PER_SLOT();
        }
    }
}
