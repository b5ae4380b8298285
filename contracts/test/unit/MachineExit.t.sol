// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Ledger} from "../Ledger.sol";

/// @title MachineExitTest
/// @notice The end of test/tree/Machines.tree, from `exit` on, leaf by leaf.
contract MachineExitTest is Ledger {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_exit_RevertWhen_TheKeyCalls() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwner.selector, machineId, key));
        vm.prank(key);
        machines.exit(machineId);
    }

    function test_exit_RevertWhen_SlotsAreBusy() public {
        open(machineId, 6, 3600);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_SlotsBusy.selector, machineId, 6));
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

        (uint256 amount,) = stakes.unbonding(owner, address(machines));
        vm.assertEq(amount, 400e18, "unbonding");
        vm.assertEq(stakes.locked(owner, address(machines)), 0, "locked");
        vm.assertEq(machines.machineOfKey(key), 0, "machine of key");
        vm.assertEq(uint256(machines.machine(machineId).state), uint256(IMachines.State.Exited), "state");
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

    function test_heartbeat_WhenTheKeyCalls() public {
        skip(30 minutes);
        vm.prank(key);
        machines.heartbeat(machineId);
        vm.assertEq(machines.machine(machineId).lastSeen, time, "last seen");
        vm.assertEq(machines.terms(machineId).silentAfter, time + 1 hours, "silent after");
    }

    function test_transferFrom_RevertWhen_TheMachineHasNotExited() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_DeedStaked.selector, machineId));
        vm.prank(owner);
        machines.transferFrom(owner, stranger, machineId);
    }

    function test_transferFrom_WhenTheMachineHasExited() public {
        exit();
        vm.prank(owner);
        machines.transferFrom(owner, stranger, machineId);
        vm.assertEq(machines.ownerOf(machineId), stranger, "owner");
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
}
