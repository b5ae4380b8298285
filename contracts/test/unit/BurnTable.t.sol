// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BurnTable} from "../../src/BurnTable.sol";
import {Errors} from "../../src/Errors.sol";
import {IBurnTable} from "../../src/interfaces/IBurnTable.sol";
import {Test} from "../Test.sol";

/// @title BurnTableTest
/// @notice test/tree/BurnTable.tree, leaf by leaf.
contract BurnTableTest is Test {
    address private immutable governance = account("governance");

    BurnTable private table;
    IBurnTable.Step[] private steps;

    function setUp() public {
        steps.push(IBurnTable.Step(0, 500));
        steps.push(IBurnTable.Step(100, 1000));
        steps.push(IBurnTable.Step(1000, 700));
        table = new BurnTable(governance, steps);
    }

    function test_set_RevertWhen_TheCallerIsNotGovernance() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_NotGovernance.selector, address(this)));
        table.set(steps);
    }

    function test_set_RevertWhen_ThereAreNoSteps() public {
        delete steps;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_StepsOutOfBounds.selector, 0, 8));
        set();
    }

    function test_set_RevertWhen_ThereAreTooManySteps() public {
        fillSteps(9);
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_StepsOutOfBounds.selector, 9, 8));
        set();
    }

    function test_set_RevertWhen_TheFirstDoesNotBeginAtZero() public {
        steps[0].fromSlots = 1;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_FirstNotZero.selector, 1));
        set();
    }

    function test_set_RevertWhen_TheStepsDoNotAscend() public {
        steps[2].fromSlots = 100;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_NotAscending.selector, 100, 100));
        set();
    }

    function test_set_RevertWhen_AShareIsTooSmall() public {
        steps[2].bps = 99;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_ShareOutOfBounds.selector, 99, 100, 5000));
        set();
    }

    function test_set_RevertWhen_AShareIsTooLarge() public {
        steps[0].bps = 5001;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_ShareOutOfBounds.selector, 5001, 100, 5000));
        set();
    }

    function test_set_WhenGovernanceSetsIt() public {
        fillSteps(8);
        steps[0].bps = 100;
        steps[7].bps = 5000;
        expectLog(address(table));
        emit IBurnTable.TableSet(steps);
        set();
        assertSteps();
        vm.assertEq(table.shareFor(0), 100, "first");
        vm.assertEq(table.shareFor(7), 5000, "last");
    }

    function test_set_WhenTheNewTableIsShorter() public {
        steps.pop();
        steps.pop();
        set();
        assertSteps();
        vm.assertEq(table.shareFor(5000), 500, "no step of the old is left");
    }

    function test_constructor_RevertWhen_ItsTableIsNotAllowed() public {
        steps[1].bps = 99;
        vm.expectRevert(abi.encodeWithSelector(Errors.BurnTable_ShareOutOfBounds.selector, 99, 100, 5000));
        new BurnTable(governance, steps);
    }

    function test_constructor_WhenItsTableIsAllowed() public view {
        vm.assertEq(table.GOVERNANCE(), governance, "governance");
        assertSteps();
    }

    function test_shareFor_WhenTheNumberIsAtAStep() public view {
        vm.assertEq(table.shareFor(0), 500, "0");
        vm.assertEq(table.shareFor(100), 1000, "100");
        vm.assertEq(table.shareFor(1000), 700, "1000");
    }

    function test_shareFor_WhenTheNumberIsBelowAStep() public view {
        vm.assertEq(table.shareFor(99), 500, "99");
        vm.assertEq(table.shareFor(999), 1000, "999");
    }

    function test_shareFor_WhenTheNumberJumpsOverAStep() public view {
        vm.assertEq(table.shareFor(107), 1000, "past the second");
        vm.assertEq(table.shareFor(1008), 700, "past the third");
        vm.assertEq(table.shareFor(type(uint256).max), 700, "far past it");
    }

    function set() private {
        vm.prank(governance);
        table.set(steps);
    }

    function fillSteps(uint32 number) private {
        delete steps;
        for (uint32 i = 0; i < number; ++i) {
            steps.push(IBurnTable.Step(i, 500));
        }
    }

    function assertSteps() private view {
        vm.assertEq(keccak256(abi.encode(table.steps())), keccak256(abi.encode(steps)), "steps");
    }
}
