// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LeaseOpening} from "../src/LeaseOpening.sol";
import {Leases} from "../src/Leases.sol";
import {MachineStanding} from "../src/MachineStanding.sol";
import {Machines} from "../src/Machines.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {IBurnTable} from "../src/interfaces/IBurnTable.sol";
import {IClassTable} from "../src/interfaces/IClassTable.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {IPrices} from "../src/interfaces/IPrices.sol";
import {IRewards} from "../src/interfaces/IRewards.sol";
import {IStakes} from "../src/interfaces/IStakes.sol";
import {FakeBurnTable} from "./fake/FakeBurnTable.sol";
import {FakeClassTable} from "./fake/FakeClassTable.sol";
import {FakeOperators} from "./fake/FakeOperators.sol";
import {FakePrices} from "./fake/FakePrices.sol";
import {FakeRewards} from "./fake/FakeRewards.sol";
import {Market} from "./Market.sol";

/// @title Core
/// @notice Token, Stakes, Machines and Leases as they are; of their neighbours, those that only call are plain accounts
/// (`audits`, `faults`, `orders`, `committees`), and those that answer are fakes with knobs.
abstract contract Core is Market {
    address internal immutable treasury = account("treasury");
    address internal immutable audits = account("audits");
    address internal immutable faults = account("faults");
    address internal immutable orders = account("orders");
    address internal immutable committees = account("committees");

    FakePrices internal prices;
    FakeRewards internal rewards;
    FakeOperators internal operators;
    FakeBurnTable internal burnTable;
    FakeClassTable internal classTable;

    function setUp() public virtual {
        vm.warp(time);
        deploy();
        prices.set(USD_PER_TOKEN);
    }

    function deploy() internal {
        classTable = new FakeClassTable();
        uint256 nonce = vm.getNonce(address(this));
        address stakesAt = vm.computeCreateAddress(address(this), nonce + 2);
        address machinesAt = vm.computeCreateAddress(address(this), nonce + 3);
        address leasesAt = vm.computeCreateAddress(address(this), nonce + 4);
        address pricesAt = vm.computeCreateAddress(address(this), nonce + 5);
        address rewardsAt = vm.computeCreateAddress(address(this), nonce + 6);
        address operatorsAt = vm.computeCreateAddress(address(this), nonce + 7);

        burnTable = new FakeBurnTable(BURN_BPS);
        token = new Token(treasury, IStakes(stakesAt), leasesAt, rewardsAt);
        stakes = new Stakes(token, Stakes.Lockers(machinesAt, committees, faults, pricesAt), treasury, UNBONDING_PERIOD);
        machines = new Machines(
            MachineStanding.Config({
                stakes: IStakes(stakesAt),
                leases: ILeases(leasesAt),
                rewards: IRewards(rewardsAt),
                classTable: IClassTable(address(classTable)),
                audits: audits,
                faults: faults
            })
        );
        leases = new Leases(
            LeaseOpening.Config({
                token: token,
                machines: machines,
                prices: IPrices(pricesAt),
                operators: IOperators(operatorsAt),
                burnTable: IBurnTable(address(burnTable)),
                orders: orders,
                faults: faults,
                guardian: guardian,
                epochSeconds: EPOCH_SECONDS
            })
        );
        prices = new FakePrices();
        rewards = new FakeRewards(token);
        operators = new FakeOperators(leases);
    }

    function bank() internal view override returns (address) {
        return treasury;
    }

    function classify(uint256 machineId, uint8 slots) internal override {
        vm.prank(audits);
        machines.setClass(machineId, aClass(slots), uint40(time + 30 days));
    }
}
