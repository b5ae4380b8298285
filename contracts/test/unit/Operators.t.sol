// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IOperators} from "../../src/interfaces/IOperators.sol";
import {Errors} from "../../src/Errors.sol";
import {Operators} from "../../src/Operators.sol";
import {FakePurses} from "../fake/FakePurses.sol";
import {Test} from "../Test.sol";

/// @title OperatorsTest
/// @notice test/tree/Operators.tree, leaf by leaf.
contract OperatorsTest is Test {
    address private immutable cloud = account("cloud");
    address private immutable heir = account("heir");

    FakePurses private purses;
    Operators private operators;

    function setUp() public {
        purses = new FakePurses();
        operators = new Operators(ILeases(address(purses)));
        // So that a purse's number differs from its operator's.
        purses.openPurse(account("owner"));
    }

    function test_register_RevertWhen_TheNameIsEmpty() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NameLengthOutOfBounds.selector, 0, 1, 64));
        register("", 500);
    }

    function test_register_RevertWhen_TheNameIsTooLong() public {
        string memory name = string(new bytes(65));
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NameLengthOutOfBounds.selector, 65, 1, 64));
        register(name, 500);
    }

    function test_register_RevertWhen_TheCapIsAboveTheCapOfAll() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_FeeCapTooHigh.selector, 2001, 2000));
        register("Cloud", 2001);
    }

    function test_register_WhenNameAndCapAreAtTheirBounds() public {
        register(string(new bytes(64)), 2000);
        register("C", 0);
        vm.assertEq(operators.count(), 2, "count");
    }

    function test_register_WhenACloudRegisters() public {
        expectLog(address(operators));
        emit IOperators.Registered(1, cloud, 500, "Cloud");
        vm.assertEq(register("Cloud", 500), 1, "number");
        assertOperator(cloud, 500, 2, "Cloud");
        vm.assertEq(operators.count(), 1, "count");
    }

    function test_register_WhenItRegistersAnother() public {
        register("Cloud", 500);
        vm.assertEq(register("Cloud", 500), 2, "number");
        (,, uint24 purse) = operators.terms(2);
        vm.assertEq(purse, 2, "purse");
    }

    function test_change_RevertWhen_TheCallerIsAnother() public {
        register("Cloud", 500);
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NotOperator.selector, 1, heir));
        vm.prank(heir);
        operators.change(1, "Mine", 0);
    }

    function test_change_RevertWhen_ThereIsNoSuchOperator() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NotOperator.selector, 1, cloud));
        change("Cloud", 500);
    }

    function test_change_RevertWhen_TheNewNameIsTooLong() public {
        register("Cloud", 500);
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NameLengthOutOfBounds.selector, 65, 1, 64));
        change(string(new bytes(65)), 500);
    }

    function test_change_RevertWhen_TheNewCapIsAboveTheCapOfAll() public {
        register("Cloud", 500);
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_FeeCapTooHigh.selector, 2001, 2000));
        change("Cloud", 2001);
    }

    function test_change_WhenTheAccountChanges() public {
        register("Cloud", 500);
        expectLog(address(operators));
        emit IOperators.Changed(1, 700, "Sky");
        change("Sky", 700);
        assertOperator(cloud, 700, 2, "Sky");
    }

    function test_handOver_RevertWhen_TheCallerIsNotItsAccount() public {
        register("Cloud", 500);
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NotOperator.selector, 1, heir));
        vm.prank(heir);
        operators.handOver(1, heir);
    }

    function test_handOver_RevertWhen_ItGoesToNobody() public {
        register("Cloud", 500);
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_AccountZero.selector, 1));
        vm.prank(cloud);
        operators.handOver(1, address(0));
    }

    function test_handOver_WhenItGoesToAnother() public {
        register("Cloud", 500);
        expectLog(address(operators));
        emit IOperators.HandedOver(1, heir);
        vm.prank(cloud);
        operators.handOver(1, heir);
        assertOperator(heir, 500, 3, "Cloud");
        vm.expectRevert(abi.encodeWithSelector(Errors.Operators_NotOperator.selector, 1, cloud));
        change("Back", 0);
    }

    function test_operator_WhenItWasNeverRegistered() public view {
        IOperators.Operator memory none = operators.operator(1);
        vm.assertEq(none.account, address(0), "account");
        vm.assertEq(none.purse, 0, "purse");
    }

    function register(string memory name, uint16 feeCapBps) private returns (uint256) {
        vm.prank(cloud);
        return operators.register(name, feeCapBps);
    }

    function change(string memory name, uint16 feeCapBps) private {
        vm.prank(cloud);
        operators.change(1, name, feeCapBps);
    }

    function assertOperator(address who, uint16 feeCapBps, uint24 purse, string memory name) private view {
        IOperators.Operator memory found = operators.operator(1);
        vm.assertEq(
            keccak256(abi.encode(found)),
            keccak256(abi.encode(IOperators.Operator(who, feeCapBps, purse, name))),
            "operator"
        );
        (address whose, uint16 cap, uint24 where) = operators.terms(1);
        vm.assertEq(whose, who, "account");
        vm.assertEq(cap, feeCapBps, "cap");
        vm.assertEq(where, purse, "purse");
    }
}
