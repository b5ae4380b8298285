// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Core} from "../Core.sol";

/// @title MachineJudgedTest
/// @notice What others do to a machine, of test/tree/Machines.tree, leaf by leaf: classes, slashes, and the sale of its deed.
contract MachineJudgedTest is Core {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = register(4);
    }

    function test_setClass_RevertWhen_TheCallerIsNotAudits() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotAudits.selector, faults));
        vm.prank(faults);
        machines.setClass(machineId, aClass(4), uint40(time + 1));
    }

    function test_setClass_WhenTheMachineHasExited() public {
        vm.prank(owner);
        machines.exit(machineId);
        classify(machineId, 4);
        vm.assertEq(machines.machine(machineId).classUntil, 0, "class until");
        vm.assertEq(machines.verifiedSlots(), 0, "verified slots");
        vm.assertEq(rewards.syncs(machineId), 0, "rewards were told");
    }

    function test_setClass_WhenTheMachinePassed() public {
        burnTable.setAt(4, 700);
        expectLog(address(machines));
        emit IMachines.Classed(machineId, aClass(4), 4 * 64, time + 30 days);
        classify(machineId, 4);

        IMachines.Machine memory machine = machines.machine(machineId);
        vm.assertEq(keccak256(abi.encode(machine.class)), keccak256(abi.encode(aClass(4))), "class");
        vm.assertEq(machine.classUntil, time + 30 days, "class until");
        (uint32 points, uint40 until) = machines.pointsOf(machineId);
        vm.assertEq(points, 4 * 64, "points");
        vm.assertEq(until, time + 30 days, "points until");
        vm.assertEq(machines.verifiedSlots(), 4, "verified slots");
        vm.assertEq(rewards.syncs(machineId), 1, "rewards were told");
        vm.assertEq(leases.burnBps(), 700, "burn share");
    }

    function test_setClass_WhenItPassesAgainWithFewerSlots() public {
        classify(machineId, 4);
        uint256 other = register("renter", "other key", 8);
        classify(other, 8);
        classify(machineId, 3);
        vm.assertEq(machines.verifiedSlots(), 11, "verified slots");
        vm.assertEq(rewards.syncs(machineId), 2, "rewards were told");
    }

    function test_setClass_WhenTheTableChangesAfterwards() public {
        classify(machineId, 4);
        classTable.set(100);
        (uint32 points,) = machines.pointsOf(machineId);
        vm.assertEq(points, 4 * 64, "until its next audit it weighs what it did");
        classify(machineId, 4);
        (points,) = machines.pointsOf(machineId);
        vm.assertEq(points, 4 * 100, "then it weighs by the new table");
    }

    function test_setClass_WhenItFailed() public {
        classify(machineId, 4);
        loseClass();
        (uint32 points, uint40 until) = machines.pointsOf(machineId);
        vm.assertEq(uint256(points) + until, 0, "points");
        vm.assertEq(machines.machine(machineId).class.slots, 0, "slots of the class");
        vm.assertEq(machines.verifiedSlots(), 0, "verified slots");
        loseClass();
        vm.assertEq(machines.verifiedSlots(), 0, "verified slots after the second time");
    }

    function test_prune_RevertWhen_TheClassStillHolds() public {
        classify(machineId, 4);
        uint256 until = time + 30 days;
        skip(30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NothingToPrune.selector, machineId, until));
        machines.prune(machineId);
    }

    function test_prune_RevertWhen_ItIsNotCounted() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NothingToPrune.selector, machineId, 0));
        machines.prune(machineId);
    }

    function test_prune_WhenTheClassHasRunOut() public {
        burnTable.setAt(4, 700);
        classify(machineId, 4);
        uint256 until = time + 30 days;
        skip(30 days);
        vm.prank(stranger);
        machines.prune(machineId);
        vm.assertEq(machines.verifiedSlots(), 0, "verified slots");
        vm.assertEq(leases.burnBps(), BURN_BPS, "burn share");
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NothingToPrune.selector, machineId, until));
        machines.prune(machineId);
    }

    function test_prune_WhenTheMachinePassesAfterwards() public {
        classify(machineId, 4);
        skip(30 days);
        machines.prune(machineId);
        classify(machineId, 4);
        vm.assertEq(machines.verifiedSlots(), 4, "verified slots");
    }

    function test_slash_RevertWhen_TheCallerIsNoJudge() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotJudge.selector, committees));
        vm.prank(committees);
        machines.slash(machineId, 1, aSplit(address(0), 0));
    }

    function test_slash_WhenThereAreUnvestedRewards() public {
        rewards.setUnvested(machineId, 30e18);
        vm.assertEq(slash(faults, 20e18), 20e18, "taken of rewards alone");
        vm.assertEq(machines.stakeOf(machineId), 400e18, "stake");
        assertState(IMachines.State.Online);

        vm.assertEq(slash(audits, 25e18), 25e18, "taken of both");
        vm.assertEq(machines.stakeOf(machineId), 385e18, "stake");
        vm.assertEq(rewards.unvested(machineId), 0, "unvested");
        assertState(IMachines.State.Paused);
        vm.assertEq(stakes.pending(), 45e18, "to sweep");
        vm.assertEq(token.balanceOf(address(stakes)), 430e18, "tokens held");
    }

    function test_slash_WhenItIsMoreThanAllThereIs() public {
        rewards.setUnvested(machineId, 30e18);
        vm.assertEq(slash(faults, 1000e18), 430e18, "taken");
        vm.assertEq(machines.stakeOf(machineId), 0, "stake");
        vm.assertEq(slash(faults, 1000e18), 0, "taken from nothing");
    }

    function test_slash_WhenTheStakeIsTooSmallAfterwards() public {
        expectLog(address(machines));
        emit IMachines.StateSet(machineId, IMachines.State.Paused);
        slash(faults, 1);
        assertState(IMachines.State.Paused);
        slash(faults, 1);
        assertState(IMachines.State.Paused);
    }

    function test_slash_WhenTheMachineHasExited() public {
        vm.prank(owner);
        machines.exit(machineId);
        vm.assertEq(slash(faults, 100e18), 100e18, "taken");
        vm.assertEq(machines.stakeOf(machineId), 300e18, "stake");
        assertState(IMachines.State.Exited);
    }

    function test_slash_WhenARenterAndAReporterAndVerifiersAreNamed() public {
        address[] memory verifiers = new address[](1);
        verifiers[0] = account("verifier");
        vm.prank(faults);
        machines.slash(machineId, 110, IStakes.Split(renter, 10, stranger, verifiers));
        vm.assertEq(stakes.free(renter), 10, "renter");
        vm.assertEq(stakes.free(stranger), 20, "reporter");
        vm.assertEq(stakes.free(verifiers[0]), 20, "verifier");
        vm.assertEq(stakes.pending(), 60, "to sweep");
    }

    function test_transferFrom_RevertWhen_TheCallerIsNotTheOwner() public {
        vm.prank(key);
        (bool done,) = address(machines).call(abi.encodeCall(machines.transferFrom, (owner, key, machineId)));
        vm.assertTrue(!done, "moved");
    }

    function test_transferFrom_WhenTheMachineIsOnTheNetwork() public {
        fund(owner, 50);
        stake(owner, 50);
        sell();
        vm.assertEq(machines.ownerOf(machineId), stranger, "owner");
        (address by, uint256 amount,) = stakes.bond(address(machines), machineId);
        vm.assertEq(by, stranger, "account of the bond");
        vm.assertEq(amount, 400e18, "bond");
        vm.assertEq(stakes.totalOf(stranger), 400e18, "buyer's stake");
        vm.assertEq(stakes.totalOf(owner), 50, "seller's stake");

        vm.prank(stranger);
        machines.exit(machineId);
        skip(UNBONDING_PERIOD);
        stakes.release(address(machines), machineId);
        vm.assertEq(stakes.free(stranger), 400e18, "buyer's free stake");
    }

    function test_transferFrom_WhenItIsSold() public {
        classify(machineId, 4);
        uint256 running = open(machineId, 1, 3600);
        start(running);
        skip(600);
        sell();
        uint256 opened = open(machineId, 2, 3600);
        start(opened);
        skip(3000);
        leases.settle(running);
        leases.settle(opened);
        vm.assertEq(purse(owner), 3600 * RATE_PER_SLOT * 95 / 100, "seller's purse");
        vm.assertEq(purse(stranger), 3000 * RATE_PER_SLOT * 95 / 100, "buyer's purse");
        vm.assertEq(machines.terms(machineId, false, 0).payee, leases.purseNumber(stranger), "payee of the machine");
    }

    function test_transferFrom_WhenTheBuyerHasTheOldKeyStill() public {
        sell();
        beat(machineId);
        vm.assertTrue(!machines.isOwnerOrKey(machineId, owner), "seller speaks");
        vm.assertTrue(machines.isOwnerOrKey(machineId, stranger), "buyer speaks");
        bytes memory signature = keySignature("next key", stranger);
        vm.prank(stranger);
        machines.setKey(machineId, account("next key"), signature);
        vm.assertTrue(!machines.isOwnerOrKey(machineId, key), "old key speaks");
    }

    function test_transferFrom_WhenTheMachineWasSlashed() public {
        slash(faults, 100e18);
        sell();
        fund(stranger, 100e18);
        stake(stranger, 100e18);
        vm.prank(stranger);
        machines.restake(machineId);
        vm.assertEq(machines.stakeOf(machineId), 400e18, "stake");
        vm.assertEq(stakes.totalOf(stranger), 400e18, "buyer's stake");
    }

    function test_transferFrom_WhenTheMachineHasExited() public {
        vm.prank(owner);
        machines.exit(machineId);
        sell();
        vm.assertEq(machines.ownerOf(machineId), stranger, "owner");
        vm.assertEq(stakes.totalOf(owner), 400e18, "seller's stake");
        skip(UNBONDING_PERIOD);
        stakes.release(address(machines), machineId);
        vm.assertEq(stakes.free(owner), 400e18, "seller's free stake");
    }

    function test_isOwnerOrKey_WhenThereIsNoSuchMachine() public view {
        vm.assertTrue(!machines.isOwnerOrKey(99, address(0)), "nobody speaks");
        vm.assertTrue(!machines.isOwnerOrKey(99, owner), "owner speaks");
    }

    function sell() private {
        vm.prank(owner);
        machines.transferFrom(owner, stranger, machineId);
    }

    function loseClass() private {
        vm.prank(audits);
        machines.setClass(machineId, IMachines.Class(0, 0, 0, 0), 0);
    }

    function slash(address by, uint256 amount) private returns (uint256) {
        vm.prank(by);
        return machines.slash(machineId, amount, aSplit(address(0), 0));
    }

    function assertState(IMachines.State state) private view {
        vm.assertEq(uint256(machines.machine(machineId).state), uint256(state), "state");
    }
}
