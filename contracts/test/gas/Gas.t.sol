// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Grown} from "./Grown.sol";

/// @title GasTest
/// @notice Gas of whole transactions, base cost and calldata included, on a machine and accounts that have been used
/// before: what a network in use pays. `forge test` writes the figures to snapshots/.
/// forge-config: default.isolate = true
contract GasTest is Grown {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        prepare();
    }

    function test_gas_lease() public {
        measureLease("");
    }

    function test_gas_register() public {
        measureRegister("");
    }

    function test_gas_at1k() public {
        grow(1000);
        measureLease(".at1k");
        measureRegister(".at1k");
    }

    function test_gas_at100k() public {
        if (!wantsLargest()) return;
        grow(100_000);
        measureLease(".at100k");
        measureRegister(".at100k");
    }

    function prepare() private {
        machineId = registerAudited(8);
        fund(owner, 1e18);
        fund(renter, 1e24);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);
        fund(address(leases), 1);
        openFor(1, 3600);
    }

    function measureLease(string memory size) private {
        skip(1 hours);
        vm.prank(key);
        machines.heartbeat(machineId);

        uint256 leaseId = openFor(1, 7200);
        vm.snapshotGasLastCall("ledger", string.concat("lease.open", size));
        start(leaseId);
        vm.snapshotGasLastCall("ledger", string.concat("lease.start", size));
        skip(30 minutes);
        vm.prank(renter);
        leases.extend(leaseId, 60);
        vm.snapshotGasLastCall("ledger", string.concat("lease.extend", size));
        leases.settle(leaseId);
        vm.snapshotGasLastCall("ledger", string.concat("lease.settle", size));
        skip(30 minutes);
        vm.prank(renter);
        leases.close(leaseId);
        vm.snapshotGasLastCall("ledger", string.concat("lease.close", size));
    }

    function measureRegister(string memory size) private {
        fund(owner, 1e21);
        stake(owner, 1e21);
        bytes memory signature = keySignature("other key", owner);
        vm.prank(owner);
        machines.register(aRegistration(account("other key"), 1), signature);
        vm.snapshotGasLastCall("ledger", string.concat("machine.register", size));
        uint256 registered = machines.count();
        vm.prank(account("other key"));
        machines.heartbeat(registered);
        vm.snapshotGasLastCall("ledger", string.concat("machine.heartbeat", size));
    }

    function openFor(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        vm.prank(renter);
        return leases.open(order);
    }
}
