// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../../src/Audits.sol";
import {Machines} from "../../src/Machines.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Token} from "../../src/Token.sol";
import {Test} from "../Test.sol";
import {StakeHandler} from "./StakeHandler.sol";

/// @title StakeInvariants
/// @notice The invariants of README.md that concern stake, checked after every action of {StakeHandler}.
contract StakeInvariants is Test {
    StakeHandler private handler;
    Token private token;
    Stakes private stakes;
    Machines private machines;
    Audits private audits;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new StakeHandler();
        (token, stakes, machines, audits) = handler.ledger();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[8] memory actions = [
            StakeHandler.deposit.selector,
            StakeHandler.withdraw.selector,
            StakeHandler.register.selector,
            StakeHandler.exit.selector,
            StakeHandler.enrollOrLeave.selector,
            StakeHandler.release.selector,
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
        uint256 sum = 0;
        for (uint256 i = 0; i < 3; ++i) {
            address actor = handler.actors(i);
            uint256 locked = stakes.locked(actor, address(machines));
            vm.assertEq(locked, handler.stakeOfMachines(actor), "I12: a machine on the network lacks its stake");
            vm.assertEq(allOf(actor), handler.putIn(actor), "I13: stake is not what was put in less what was taken out");
            sum += allOf(actor) + allOf(handler.verifierAt(i));
        }
        vm.assertEq(sum, stakes.total(), "I13: the accounts do not add up to the total");
        vm.assertEq(token.balanceOf(address(stakes)), sum + handler.donated(), "I2: tokens held are not the stake");
        vm.assertEq(token.totalSupply(), token.GENESIS_SUPPLY(), "I5: stake was minted or burnt");
        vm.assertEq(stakes.free(address(0)) + allOf(address(this)), 0, "I30: an account that never staked has stake");
    }

    /// @dev I17: from whatever state the run ends in, each actor has all his stake back after one delay.
    function afterInvariant() external {
        for (uint256 i = 0; i < 3; ++i) {
            address actor = handler.actors(i);
            uint256 due = handler.putIn(actor);
            uint256 before = token.balanceOf(actor);
            handler.leaveForGood(actor);
            vm.assertEq(token.balanceOf(actor) - before, due, "I17: stake is stuck");
            vm.assertEq(allOf(actor), 0, "I17: stake is left");
        }
    }

    function allOf(address actor) private view returns (uint256) {
        return stakes.free(actor) + ofLocker(actor, address(machines)) + ofLocker(actor, address(audits));
    }

    function ofLocker(address actor, address locker) private view returns (uint256) {
        (uint256 unbonding,) = stakes.unbonding(actor, locker);
        return stakes.locked(actor, locker) + unbonding;
    }
}
