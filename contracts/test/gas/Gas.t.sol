// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Core} from "../Core.sol";

/// @title GasTest
/// @notice Gas of whole transactions, base cost and calldata included, on a machine and accounts that have been used
/// before: what a network in use pays. `forge test` writes the figures to snapshots/.
/// forge-config: default.isolate = true
contract GasTest is Core {
    uint24 private constant OPERATOR = 1;
    uint16 private constant FEE_BPS = 500;

    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(8);
        operators.set(OPERATOR, account("operator"), 1000);
        fund(owner, 1e18);
        fund(renter, 1e24);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);

        // Everything has been used once: purses hold money, something waits to be burnt.
        uint256 leaseId = openReferred(1, 3600);
        start(leaseId);
        skip(11 minutes);
        leases.settle(leaseId);
        vm.prank(renter);
        leases.close(leaseId);
        uint256 stakeEach = 1e18;
        address[5] memory stakers = [renter, account("reporter"), account("v 1"), account("v 2"), account("v 3")];
        for (uint256 i = 0; i < stakers.length; ++i) {
            fund(stakers[i], stakeEach);
            stake(stakers[i], stakeEach);
        }
        stake(treasury, stakeEach);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);
    }

    function test_gas_lease() public {
        wait(1 hours);

        uint256 leaseId = openPlain(1, 7200);
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
        vm.snapshotGasLastCall("ledger", "lease.closePlain");

        leases.withdraw(leases.purseNumber(owner));
        vm.snapshotGasLastCall("ledger", "owner.withdraw");
    }

    function test_gas_leaseOfAnOperator() public {
        wait(1 hours);

        uint256 leaseId = openReferred(1, 7200);
        vm.snapshotGasLastCall("ledger", "lease.openReferred");
        start(leaseId);
        skip(1 hours);
        vm.prank(renter);
        leases.close(leaseId);
        vm.snapshotGasLastCall("ledger", "lease.close");
    }

    function test_gas_machine() public {
        fund(owner, 1e21);
        stake(owner, 1e21);
        bytes memory signature = keySignature("other key", owner);
        IMachines.Registration memory registration = aRegistration(account("other key"), 1);
        registration.endpoint = "/ip4/203.0.113.107/tcp/4001/ws";
        bytes memory claim = new bytes(200);
        for (uint256 i = 0; i < claim.length; ++i) {
            claim[i] = "x";
        }
        registration.claim = string(claim);
        vm.assertEq(bytes(registration.endpoint).length, 30, "endpoint");
        vm.prank(owner);
        machines.register(registration, signature);
        vm.snapshotGasLastCall("ledger", "machine.register");
        skip(1 hours);
        vm.prank(account("other key"));
        machines.heartbeat(machineId + 1);
        vm.snapshotGasLastCall("ledger", "machine.heartbeat");
    }

    function test_gas_slash() public {
        address[] memory verifiers = new address[](3);
        (verifiers[0], verifiers[1], verifiers[2]) = (account("v 1"), account("v 2"), account("v 3"));
        // Slashed before: the fire has something already, and the machine is paused.
        slash(100e18, verifiers);
        slash(200e18, verifiers);
        vm.snapshotGasLastCall("ledger", "stake.slashJudged");
        vm.prank(faults);
        machines.slash(machineId, 100e18, IStakes.Split(address(0), 0, account("reporter"), new address[](0)));
        vm.snapshotGasLastCall("ledger", "stake.slash");
    }

    function slash(uint256 amount, address[] memory verifiers) private {
        IStakes.Split memory split = IStakes.Split(renter, 10e18, account("reporter"), verifiers);
        vm.prank(faults);
        machines.slash(machineId, amount, split);
    }

    function wait(uint256 duration) private {
        skip(duration);
        beat(machineId);
    }

    function openPlain(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        vm.prank(renter);
        return leases.open(order);
    }

    function openReferred(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        order.operatorId = OPERATOR;
        order.feeBps = FEE_BPS;
        vm.prank(renter);
        return leases.open(order);
    }
}
