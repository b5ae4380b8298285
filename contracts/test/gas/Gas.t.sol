// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Grown} from "./Grown.sol";

/// @title GasTest
/// @notice Gas of whole transactions on the whole ledger, base cost and calldata included, on a machine and accounts that have
/// been used before: what a network in use pays. `forge test` writes the figures to snapshots/.
/// forge-config: default.isolate = true
contract GasTest is Grown {
    uint16 private constant FEE_BPS = 500;

    uint256 private machineId;
    uint24 private operatorId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(8);
        vm.prank(account("operator"));
        operatorId = uint24(operators.register("A cloud", 1000));
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
        address[3] memory stakers = [renter, account("reporter"), account("judge")];
        for (uint256 i = 0; i < stakers.length; ++i) {
            fund(stakers[i], 1e18);
            stake(stakers[i], 1e18);
        }
        slash(10e18, new address[](0));
    }

    function test_gas_plain() public {
        measure("");
        measureJudged();
    }

    function test_gas_at1k() public {
        grow(1000);
        measure(".at1k");
    }

    function test_gas_at100k() public {
        if (!wantsLargest()) return;
        grow(100_000);
        measure(".at100k");
    }

    function measure(string memory size) private {
        measureSlash(size);
        measureLease(size);
        measureReferred(size);
        measureRegister(size);
    }

    function measureLease(string memory size) private {
        wait(1 hours);
        uint256 leaseId = openPlain(1, 7200);
        snapshot("lease.open", size);
        start(leaseId);
        snapshot("lease.start", size);
        skip(30 minutes);
        vm.prank(renter);
        leases.extend(leaseId, 60);
        snapshot("lease.extend", size);
        leases.settle(leaseId);
        snapshot("lease.settle", size);
        skip(30 minutes);
        vm.prank(renter);
        leases.close(leaseId);
        snapshot("lease.closePlain", size);

        leases.withdraw(leases.purseNumber(owner));
        snapshot("owner.withdraw", size);
    }

    function measureReferred(string memory size) private {
        wait(1 hours);
        uint256 leaseId = openReferred(1, 7200);
        snapshot("lease.openReferred", size);
        start(leaseId);
        skip(1 hours);
        vm.prank(renter);
        leases.close(leaseId);
        snapshot("lease.close", size);
    }

    function measureRegister(string memory size) private {
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
        vm.prank(owner);
        machines.register(registration, signature);
        snapshot("machine.register", size);
        uint256 registered = machines.count();
        skip(1 hours);
        vm.prank(account("other key"));
        machines.heartbeat(registered);
        snapshot("machine.heartbeat", size);
    }

    /// @dev An objective fault: whoever proved it is paid, and nobody had to judge.
    function measureSlash(string memory size) private {
        slash(10e18, new address[](0));
        snapshot("stake.slash", size);
        vm.prank(owner);
        machines.restake(machineId);
        vm.prank(owner);
        machines.resume(machineId);
    }

    /// @dev A fault that a committee of three judged, with a renter to be made whole.
    function measureJudged() private {
        address[] memory judges = new address[](3);
        (judges[0], judges[1], judges[2]) = (verifier(0), verifier(1), verifier(2));
        slash(20e18, judges);
        snapshot("stake.slashJudged", "");
    }

    function slash(uint256 amount, address[] memory judges) private {
        bool judged = judges.length > 0;
        IStakes.Split memory split =
            IStakes.Split(judged ? renter : address(0), judged ? 1e18 : 0, account("reporter"), judges);
        // So that the owner can make up for it.
        fund(owner, amount);
        stake(owner, amount);
        vm.prank(address(faults));
        machines.slash(machineId, amount, split);
    }

    function snapshot(string memory name, string memory size) private {
        vm.snapshotGasLastCall("ledger", string.concat(name, size));
    }

    function wait(uint256 duration) private {
        skip(duration);
        refresh(machineId);
    }

    function openPlain(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        vm.prank(renter);
        return leases.open(order);
    }

    function openReferred(uint64 slots, uint32 duration) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        order.operatorId = operatorId;
        order.feeBps = FEE_BPS;
        vm.prank(renter);
        return leases.open(order);
    }
}
