// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Staffed} from "../Staffed.sol";

/// @title Grown
/// @notice A ledger in use: thousands of owners, each with his stake and a machine with a class, thousands of renters, each with
/// a lease that runs. Every one of them came by the ledger's own calls, so nothing that grows can be missing, as it could be
/// if counters were set by a cheat code; only the vote of a committee on each machine is left out. Not metered, and in one
/// call: what is isolated pays for the whole state by each call.
abstract contract Grown is Staffed {
    /// @dev Small machines, and leases that outlast what is measured; no time goes by, so all run side by side.
    uint8 private constant SLOTS = 1;
    uint32 private constant DURATION = 1 days;

    /// @notice Whether this run is one for figures: a hundred thousand take minutes, and no behaviour hangs on them.
    function wantsLargest() internal view returns (bool) {
        return vm.envOr("HOTARU_GAS_AT_100K", false);
    }

    /// @notice Adds `size` owners, machines, renters and leases.
    function grow(uint256 size) internal {
        vm.pauseGasMetering();
        this.growBy(size);
        vm.resumeGasMetering();
    }

    /// @dev External, so that it is one call to the isolation of forge.
    function growBy(uint256 size) external {
        for (uint256 i = 0; i < size; ++i) {
            // External again: the memory that one takes is free for the next.
            this.growByOne(i);
        }
    }

    function growByOne(uint256 i) external {
        string memory keyName = string(abi.encodePacked("grown key", i));
        uint256 machineId = addMachine(address(uint160(0x10000000 + i)), keyName);
        addLease(address(uint160(0x20000000 + i)), machineId, account(keyName));
    }

    function addMachine(address by, string memory keyName) private returns (uint256 machineId) {
        uint256 amount = SLOTS * machines.STAKE_PER_SLOT();
        fund(by, amount);
        stake(by, amount);
        bytes memory signature = keySignature(keyName, by);
        vm.prank(by);
        machineId = machines.register(aRegistration(account(keyName), SLOTS), signature);
        vm.prank(address(audits));
        machines.setClass(machineId, aClass(SLOTS), uint40(time + 30 days));
    }

    function addLease(address by, uint256 machineId, address machineKey) private {
        fund(by, uint256(RATE_PER_SLOT) * DURATION);
        vm.prank(by);
        token.approve(address(leases), type(uint256).max);
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        vm.prank(by);
        uint256 leaseId = leases.open(order);
        vm.prank(machineKey);
        leases.start(leaseId);
    }
}
