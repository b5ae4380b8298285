// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {AuditBook} from "../src/AuditBook.sol";
import {Audits} from "../src/Audits.sol";
import {BurnTable} from "../src/BurnTable.sol";
import {ClassTable} from "../src/ClassTable.sol";
import {Committees} from "../src/Committees.sol";
import {Faults} from "../src/Faults.sol";
import {HotaruGovernor} from "../src/HotaruGovernor.sol";
import {LeaseOpening} from "../src/LeaseOpening.sol";
import {Leases} from "../src/Leases.sol";
import {MachineStanding} from "../src/MachineStanding.sol";
import {Machines} from "../src/Machines.sol";
import {Operators} from "../src/Operators.sol";
import {Orders} from "../src/Orders.sol";
import {Prices} from "../src/Prices.sol";
import {Programs} from "../src/Programs.sol";
import {Rewards} from "../src/Rewards.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {LocalBeacon} from "../src/beacons/LocalBeacon.sol";
import {IBurnTable} from "../src/interfaces/IBurnTable.sol";
import {IClassTable} from "../src/interfaces/IClassTable.sol";
import {IMintable} from "../src/interfaces/IMintable.sol";
import {Market} from "./Market.sol";

/// @title Ledger
/// @notice The whole ledger and nothing else, deployed in the order and with the arguments of packages/chain, so that
/// what only all of it together can get wrong is seen. Its staff is in {Staffed}.
abstract contract Ledger is Market {
    uint256 internal constant SEED_DELAY = 15;
    uint256 internal constant PICK_DELAY = 15;
    uint256 internal constant BEACON_PERIOD = 3;
    uint256 internal constant TIMELOCK_DELAY = 2 days;
    /// @dev A product fills one leaf, and a slot makes two of them.
    uint16 internal constant SIZE = 16;
    uint16 internal constant ROUNDS = 2;

    TimelockController internal timelock;
    HotaruGovernor internal governor;
    BurnTable internal burnTable;
    ClassTable internal classTable;
    LocalBeacon internal beacon;
    Prices internal prices;
    Operators internal operators;
    Committees internal committees;
    Audits internal audits;
    Faults internal faults;
    Orders internal orders;
    Rewards internal rewards;
    Programs internal programs;

    function bank() internal pure override returns (address) {
        return account("holder");
    }

    /// @dev Each constructor only keeps what it is told or asks a contract before it, so addresses come first and code after.
    function deploy() internal {
        uint256 nonce = vm.getNonce(address(this));
        token = Token(at(nonce));
        timelock = TimelockController(payable(at(nonce + 1)));
        governor = HotaruGovernor(payable(at(nonce + 2)));
        burnTable = BurnTable(at(nonce + 3));
        classTable = ClassTable(at(nonce + 4));
        beacon = LocalBeacon(at(nonce + 5));
        prices = Prices(at(nonce + 6));
        stakes = Stakes(at(nonce + 7));
        operators = Operators(at(nonce + 8));
        committees = Committees(at(nonce + 9));
        audits = Audits(at(nonce + 10));
        faults = Faults(at(nonce + 11));
        machines = Machines(at(nonce + 12));
        leases = Leases(at(nonce + 13));
        orders = Orders(at(nonce + 14));
        rewards = Rewards(at(nonce + 15));
        programs = Programs(at(nonce + 16));

        new Token(bank(), stakes, address(leases), address(rewards));
        deployGovernance();
        new LocalBeacon(account("beacon"), time - 1 days, BEACON_PERIOD);
        new Prices(Prices.Config(stakes, address(timelock), reporters()));
        new Stakes(
            token,
            Stakes.Lockers(address(machines), address(committees), address(faults), address(prices)),
            address(timelock),
            UNBONDING_PERIOD
        );
        new Operators(leases);
        deployJudges();
        new Machines(MachineStanding.Config(stakes, leases, rewards, classTable, address(audits), address(faults)));
        deployLeases();
        new Orders(token, machines, leases);
        deployRewards();
        new Programs(machines, leases, uint32(EPOCH_SECONDS));
        vm.assertEq(vm.getNonce(address(this)), nonce + 17, "as many contracts as addresses");
    }

    function reporters() internal pure returns (address[] memory names) {
        names = new address[](3);
        (names[0], names[1], names[2]) = (account("reporter 1"), account("reporter 2"), account("reporter 3"));
    }

    function at(uint256 nonce) private view returns (address) {
        return vm.computeCreateAddress(address(this), nonce);
    }

    function deployGovernance() private {
        address[] memory proposers = new address[](1);
        proposers[0] = address(governor);
        // Whoever likes carries out; nobody administers.
        new TimelockController(TIMELOCK_DELAY, proposers, new address[](1), address(0));
        new HotaruGovernor(HotaruGovernor.Config(token, timelock, 1 days, 7 days, 100_000e18, 1 days));
        IBurnTable.Step[] memory steps = new IBurnTable.Step[](4);
        steps[0] = IBurnTable.Step(0, BURN_BPS);
        steps[1] = IBurnTable.Step(1000, 1000);
        steps[2] = IBurnTable.Step(5000, 1500);
        steps[3] = IBurnTable.Step(10_000, 2000);
        new BurnTable(address(timelock), steps);
        IClassTable.Row[] memory rows = new IClassTable.Row[](2);
        rows[0] = IClassTable.Row("cpu", 0, 40, 80, 60, 8, true);
        rows[1] = IClassTable.Row("gpu", 1, 70, 72, 66, 64, false);
        new ClassTable(address(timelock), rows);
    }

    function deployJudges() private {
        new Committees(Committees.Config(stakes, rewards, beacon, address(audits), address(faults), SEED_DELAY));
        new Audits(AuditBook.Config(machines, committees, beacon, SIZE, ROUNDS, PICK_DELAY));
        new Faults(Faults.Config(stakes, machines, leases, committees));
    }

    function deployLeases() private {
        new Leases(
            LeaseOpening.Config({
                token: token,
                machines: machines,
                prices: prices,
                operators: operators,
                burnTable: burnTable,
                orders: address(orders),
                faults: address(faults),
                guardian: guardian,
                epochSeconds: EPOCH_SECONDS
            })
        );
    }

    function deployRewards() private {
        new Rewards(
            Rewards.Config({
                token: IMintable(address(token)),
                machines: machines,
                leases: leases,
                committees: address(committees),
                treasury: address(timelock),
                governance: address(timelock),
                guardian: guardian,
                epochSeconds: uint32(EPOCH_SECONDS)
            })
        );
    }
}
