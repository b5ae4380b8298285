// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title MachineStatesTest
/// @notice Keys, pauses, heartbeats and the end of test/tree/Machines.tree, leaf by leaf.
contract MachineStatesTest is Core {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_setKey_RevertWhen_TheKeyCalls() public {
        bytes memory signature = keySignature("next key", key);
        expectNotOwner(key);
        vm.prank(key);
        machines.setKey(machineId, account("next key"), signature);
    }

    function test_setKey_RevertWhen_TheNewKeyIsOfAnotherMachine() public {
        register("renter", "other key", 1);
        bytes memory signature = keySignature("other key", owner);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeyTaken.selector, account("other key"), 2));
        vm.prank(owner);
        machines.setKey(machineId, account("other key"), signature);
    }

    function test_setKey_RevertWhen_TheNewKeyDidNotSign() public {
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, account("next key"), address(0))
        );
        vm.prank(owner);
        machines.setKey(machineId, account("next key"), "");
    }

    function test_setKey_WhenTheNewKeyAgrees() public {
        address next = account("next key");
        bytes memory signature = keySignature("next key", owner);
        expectLog(address(machines));
        emit IMachines.KeySet(machineId, next);
        vm.prank(owner);
        machines.setKey(machineId, next, signature);

        vm.assertEq(machines.machine(machineId).key, next, "key");
        vm.assertEq(machines.machineOfKey(next), machineId, "machine of the new key");
        vm.assertEq(machines.machineOfKey(key), 0, "machine of the old key");
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotKey.selector, machineId, key));
        vm.prank(key);
        machines.heartbeat(machineId);
    }

    function test_setKey_WhenItIsTheKeyOfNow() public {
        bytes memory signature = keySignature("key", owner);
        vm.prank(owner);
        machines.setKey(machineId, key, signature);
        vm.assertEq(machines.machineOfKey(key), machineId, "machine of key");
        vm.assertEq(machines.keyNonce(key), 2, "nonce");
    }

    function test_pause_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, machineId, stranger));
        vm.prank(stranger);
        machines.pause(machineId);
    }

    function test_pause_RevertWhen_ItIsPausedAlready() public {
        vm.prank(owner);
        machines.pause(machineId);
        expectWrongState(IMachines.State.Paused);
        vm.prank(owner);
        machines.pause(machineId);
    }

    function test_pause_WhenItIsOnline() public {
        expectLog(address(machines));
        emit IMachines.StateSet(machineId, IMachines.State.Paused);
        vm.prank(key);
        machines.pause(machineId);
        assertState(IMachines.State.Paused);
    }

    function test_resume_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        vm.prank(owner);
        machines.pause(machineId);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, machineId, stranger));
        vm.prank(stranger);
        machines.resume(machineId);
    }

    function test_resume_RevertWhen_ItIsOnline() public {
        expectWrongState(IMachines.State.Online);
        vm.prank(owner);
        machines.resume(machineId);
    }

    function test_resume_RevertWhen_ASlashHasLeftTooLittleStake() public {
        vm.prank(faults);
        machines.slash(machineId, 1, aSplit(address(0), 0));
        assertState(IMachines.State.Paused);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_StakeTooSmall.selector, machineId, 1));
        vm.prank(owner);
        machines.resume(machineId);
    }

    function test_resume_WhenItIsPaused() public {
        vm.prank(owner);
        machines.pause(machineId);
        expectLog(address(machines));
        emit IMachines.StateSet(machineId, IMachines.State.Online);
        vm.prank(key);
        machines.resume(machineId);
        assertState(IMachines.State.Online);
    }

    function test_restake_RevertWhen_TheKeyCalls() public {
        expectNotOwner(key);
        vm.prank(key);
        machines.restake(machineId);
    }

    function test_restake_RevertWhen_TheOwnerHasTooLittleFreeStake() public {
        vm.prank(faults);
        machines.slash(machineId, 100, aSplit(address(0), 0));
        fund(owner, 99);
        stake(owner, 99);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 100, 99));
        vm.prank(owner);
        machines.restake(machineId);
    }

    function test_restake_WhenASlashTookSome() public {
        vm.prank(faults);
        machines.slash(machineId, 100, aSplit(address(0), 0));
        fund(owner, 150);
        stake(owner, 150);
        vm.prank(owner);
        machines.restake(machineId);
        vm.assertEq(machines.stakeOf(machineId), 400e18, "stake");
        vm.assertEq(stakes.free(owner), 50, "free");
        vm.prank(key);
        machines.resume(machineId);
        // A second time there is nothing to lock.
        vm.prank(owner);
        machines.restake(machineId);
        vm.assertEq(stakes.free(owner), 50, "free after the second time");
    }

    function test_exit_RevertWhen_TheKeyCalls() public {
        expectNotOwner(key);
        vm.prank(key);
        machines.exit(machineId);
    }

    function test_exit_RevertWhen_SlotsAreBusy() public {
        open(machineId, 6, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_SlotsBusy.selector, machineId, 6));
        exit();
    }

    function test_exit_RevertWhen_SlotsAreHeldForAQuote() public {
        vm.prank(orders);
        leases.hold(machineId, 8, uint40(time + 60));
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_SlotsBusy.selector, machineId, 8));
        exit();
        skip(60);
        exit();
    }

    function test_exit_RevertWhen_ItHasExitedAlready() public {
        exit();
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Machines_NotOnNetwork.selector, machineId, IMachines.State.Exited)
        );
        exit();
    }

    function test_exit_WhenAllSlotsAreFree() public {
        // A lease that is over holds nothing, though nobody has settled it.
        start(open(machineId, 6, 3600));
        skip(1 hours);
        expectLog(address(machines));
        emit IMachines.StateSet(machineId, IMachines.State.Exited);
        exit();

        (, uint256 amount, uint256 releasableAt) = stakes.bond(address(machines), machineId);
        vm.assertEq(amount, 400e18, "unbonding");
        vm.assertEq(releasableAt, time + UNBONDING_PERIOD, "releasable at");
        vm.assertEq(machines.machineOfKey(key), 0, "machine of key");
        assertState(IMachines.State.Exited);
        vm.assertEq(machines.verifiedSlots(), 0, "verified slots");
        (uint32 points, uint40 until) = machines.pointsOf(machineId);
        vm.assertEq(uint256(points) + until, 0, "points");
        vm.assertEq(rewards.syncs(machineId), 2, "rewards were told");
    }

    function test_exit_WhenItNeverHadAClass() public {
        uint256 id = register("owner", "other key", 1);
        vm.prank(owner);
        machines.exit(id);
        vm.assertEq(machines.verifiedSlots(), 4, "verified slots");
        vm.assertEq(rewards.syncs(id), 0, "rewards were told");
    }

    function test_heartbeat_RevertWhen_TheOwnerCalls() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotKey.selector, machineId, owner));
        vm.prank(owner);
        machines.heartbeat(machineId);
    }

    function test_heartbeat_RevertWhen_ItWasNeverRegistered() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOnNetwork.selector, 9, IMachines.State.None));
        vm.prank(key);
        machines.heartbeat(9);
    }

    function test_heartbeat_RevertWhen_ItHasExited() public {
        exit();
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Machines_NotOnNetwork.selector, machineId, IMachines.State.Exited)
        );
        vm.prank(key);
        machines.heartbeat(machineId);
    }

    function test_heartbeat_WhenTheKeyCalls() public {
        skip(30 minutes);
        beat(machineId);
        vm.assertEq(machines.machine(machineId).lastSeen, time, "last seen");
    }

    function test_page_WhenItReachesBeyondTheLast() public view {
        IMachines.Machine[] memory page = machines.page(1, type(uint256).max);
        vm.assertEq(page.length, 1, "length");
        vm.assertEq(page[0].key, key, "key");
    }

    function test_page_WhenItBeginsBeyondTheLast() public view {
        vm.assertEq(machines.page(2, 10).length, 0, "length");
    }

    function exit() private {
        vm.prank(owner);
        machines.exit(machineId);
    }

    function expectNotOwner(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwner.selector, machineId, caller));
    }

    function expectWrongState(IMachines.State state) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_WrongState.selector, machineId, state));
    }

    function assertState(IMachines.State state) private view {
        vm.assertEq(uint256(machines.machine(machineId).state), uint256(state), "state");
    }
}
