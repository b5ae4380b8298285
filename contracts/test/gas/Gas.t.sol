// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Ledger} from "../Ledger.sol";

/// @title GasTest
/// @notice Gas of whole transactions, base cost and calldata included, on a machine and accounts that have been used
/// before: what a network in use pays. `forge test` writes the figures to snapshots/.
/// forge-config: default.isolate = true
contract GasTest is Ledger {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(8);
        fund(owner, 1e18);
        fund(renter, 1e24);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);
        fund(address(leases), 1);
        openFor(1, 3600);
    }

    function test_gas_lease() public {
        skip(1 hours);
        vm.prank(key);
        machines.heartbeat(machineId);

        uint256 leaseId = openFor(1, 7200);
        vm.snapshotGasLastCall("ledger", "lease.open");
        start(leaseId);
        vm.snapshotGasLastCall("ledger", "lease.start");
        skip(30 minutes);
        vm.prank(renter);
        leases.extend(leaseId, 60);
        vm.snapshotGasLastCall("ledger", "lease.extend");
        leases.settle(leaseId);
        vm.snapshotGasLastCall("ledger", "lease.settle");
        skip(30 minutes);
        vm.prank(renter);
        leases.close(leaseId);
        vm.snapshotGasLastCall("ledger", "lease.close");
    }

    function test_gas_register() public {
        fund(owner, 1e21);
        stake(owner, 1e21);
        bytes memory signature = keySignature("other key", owner);
        vm.prank(owner);
        machines.register(aRegistration(account("other key"), 1), signature);
        vm.snapshotGasLastCall("ledger", "machine.register");
        vm.prank(account("other key"));
        machines.heartbeat(machineId + 1);
        vm.snapshotGasLastCall("ledger", "machine.heartbeat");
    }

    function openFor(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        vm.prank(renter);
        return leases.open(order);
    }
}
