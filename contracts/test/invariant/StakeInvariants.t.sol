// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Machines} from "../../src/Machines.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Token} from "../../src/Token.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {FakeRewards} from "../fake/FakeRewards.sol";
import {Test} from "../Test.sol";
import {StakeHandler} from "./StakeHandler.sol";

/// @title StakeInvariants
/// @notice The invariants of README.md that concern stake, checked after every action of {StakeHandler}.
contract StakeInvariants is Test {
    StakeHandler private handler;
    Token private token;
    Stakes private stakes;
    Machines private machines;
    FakeRewards private rewards;
    address private treasury;
    address private committees;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new StakeHandler();
        (token, stakes, machines, rewards) = handler.ledger();
        (treasury, committees) = handler.parties();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[14] memory actions = [
            StakeHandler.deposit.selector,
            StakeHandler.withdraw.selector,
            bytes4(keccak256("register(uint256,uint256)")),
            StakeHandler.exit.selector,
            StakeHandler.sell.selector,
            StakeHandler.restake.selector,
            StakeHandler.slashMachine.selector,
            StakeHandler.lock.selector,
            StakeHandler.unlockOrUnbond.selector,
            StakeHandler.slashBond.selector,
            StakeHandler.release.selector,
            StakeHandler.sweep.selector,
            StakeHandler.wait.selector,
            StakeHandler.donate.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_stakes() external view {
        uint256 sum = stakes.totalOf(treasury);
        vm.assertEq(sum, handler.worth(treasury), "I13, I16: the treasury's stake is not what it was given");
        for (uint256 i = 0; i < 3; ++i) {
            address actor = handler.actors(i);
            uint256 all = stakes.totalOf(actor);
            vm.assertEq(all, stakes.free(actor) + bondsOf(actor), "I13: stake is not free and bonds");
            vm.assertEq(
                all, handler.worth(actor), "I13, I15: stake is not what was put in, taken out, given and slashed"
            );
            vm.assertEq(token.getVotes(actor), token.balanceOf(actor) + all, "I13: votes are not balance and stake");
            sum += all;
        }
        vm.assertEq(sum, stakes.total(), "I13: the accounts do not add up to the total");
        vm.assertEq(stakes.pending(), handler.rest(), "I16: what waits is not what receivers left of slashes");
        vm.assertEq(
            token.balanceOf(address(stakes)),
            sum + stakes.pending() + handler.donated(),
            "I2: tokens held are not the stake and what waits"
        );
        vm.assertEq(
            token.totalSupply(),
            token.GENESIS_SUPPLY() + rewards.minted() - handler.burnt(),
            "I5: supply moved by another sum than was minted and burnt"
        );
        checkMachines();
        vm.assertEq(stakes.free(address(0)) + stakes.totalOf(address(0)), 0, "I30: nobody has stake");
    }

    /// @dev I17: from whatever state the run ends in, each actor has all his stake back after one delay.
    function afterInvariant() external {
        handler.leaveForGood();
        for (uint256 i = 0; i < 3; ++i) {
            address actor = handler.actors(i);
            vm.assertEq(stakes.totalOf(actor), 0, "I17: stake is stuck");
            vm.assertEq(bondsOf(actor), 0, "I17: a bond is left");
        }
    }

    /// @dev The bond of a machine on the network is its owner's, whole when the machine takes leases.
    function checkMachines() private view {
        for (uint256 id = 1; id <= machines.count(); ++id) {
            IMachines.Machine memory machine = machines.machine(id);
            if (machine.state == IMachines.State.Exited) continue;
            (address by, uint256 amount, uint256 releasableAt) = stakes.bond(address(machines), id);
            vm.assertEq(by, machine.owner, "I12: another than the owner answers for a machine");
            vm.assertEq(releasableAt, 0, "I12: the stake of a machine on the network unbonds");
            if (machine.state != IMachines.State.Online) continue;
            vm.assertLe(machine.slots * machines.STAKE_PER_SLOT(), amount, "I12: a machine online lacks its stake");
        }
    }

    function bondsOf(address actor) private view returns (uint256 sum) {
        for (uint256 id = 1; id <= machines.count(); ++id) {
            sum += bondOf(actor, address(machines), id);
        }
        for (uint256 subject = 0; subject < 3; ++subject) {
            sum += bondOf(actor, committees, subject);
        }
    }

    function bondOf(address actor, address locker, uint256 subject) private view returns (uint256) {
        (address by, uint256 amount,) = stakes.bond(locker, subject);
        return by == actor ? amount : 0;
    }
}
