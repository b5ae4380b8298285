// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ClassTable} from "../../src/ClassTable.sol";
import {Errors} from "../../src/Errors.sol";
import {IClassTable} from "../../src/interfaces/IClassTable.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Test} from "../Test.sol";

/// @title ClassTableTest
/// @notice test/tree/ClassTable.tree, leaf by leaf.
contract ClassTableTest is Test {
    address private immutable governance = account("governance");

    ClassTable private table;
    IClassTable.Row[] private rows;

    function setUp() public {
        rows.push(IClassTable.Row("cpu", 0, 50, 60, 60, 5, true));
        rows.push(IClassTable.Row("gpu-12g", 1, 80, 82, 66, 10, false));
        rows.push(IClassTable.Row("server", 0, 70, 75, 72, 30, false));
        rows.push(IClassTable.Row("gpu-24g", 1, 90, 94, 68, 40, false));
        table = new ClassTable(governance, rows);
    }

    function test_set_RevertWhen_TheCallerIsNotGovernance() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NotGovernance.selector, address(this)));
        table.set(rows);
    }

    function test_set_RevertWhen_ThereAreTooManyRows() public {
        fillRows(33);
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_TooManyRows.selector, 33, 32));
        set();
    }

    function test_set_RevertWhen_ARowHasNoName() public {
        rows[2].name = "";
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NameEmpty.selector, 2));
        set();
    }

    function test_set_RevertWhen_ANameIsTaken() public {
        rows[3].name = "cpu";
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NameTaken.selector, bytes16("cpu"), 0, 3));
        set();
        rows[3].name = "server";
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NameTaken.selector, bytes16("server"), 2, 3));
        set();
    }

    function test_set_RevertWhen_AKindIsUnknown() public {
        rows[1].kind = 2;
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_KindUnknown.selector, bytes16("gpu-12g"), 2));
        set();
    }

    function test_set_RevertWhen_ARowEndsBelowItsBeginning() public {
        rows[1].computeTo = 80;
        set();
        rows[1].computeTo = 79;
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_BandsReversed.selector, bytes16("gpu-12g"), 80, 79));
        set();
    }

    function test_set_RevertWhen_TheRowsDoNotRise() public {
        rows[2].pointsPerSlot = 10;
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NotRising.selector, bytes16("server"), 10, 10));
        set();
    }

    function test_set_RevertWhen_TheFirstWeighsNothing() public {
        rows[0].pointsPerSlot = 0;
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NotRising.selector, bytes16("cpu"), 0, 0));
        set();
    }

    function test_set_RevertWhen_ASlotWeighsTooMuch() public {
        rows[3].pointsPerSlot = (1 << 24) + 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                Errors.ClassTable_PointsOutOfBounds.selector, bytes16("gpu-24g"), (1 << 24) + 1, 1 << 24
            )
        );
        set();
    }

    function test_set_WhenGovernanceSetsIt() public {
        fillRows(32);
        expectLog(address(table));
        emit IClassTable.TableSet(rows);
        set();
        assertRows();
        assertClass(0, 31, 31, 31, bytes16(uint128(32)));
    }

    function test_set_WhenTheNewTableIsShorter() public {
        rows.pop();
        rows.pop();
        set();
        assertRows();
        assertClass(1, 99, 99, 1, "gpu-12g");
        delete rows;
        set();
        assertRows();
        assertClass(1, 99, 99, 0, "");
    }

    function test_constructor_RevertWhen_ItsTableIsNotAllowed() public {
        rows[0].name = "";
        vm.expectRevert(abi.encodeWithSelector(Errors.ClassTable_NameEmpty.selector, 0));
        new ClassTable(governance, rows);
    }

    function test_constructor_WhenItsTableIsAllowed() public view {
        vm.assertEq(table.GOVERNANCE(), governance, "governance");
        assertRows();
    }

    function test_classOf_WhenTheSlotIsAtARow() public view {
        assertClass(0, 50, 60, 0, "cpu");
        assertClass(0, 70, 72, 2, "server");
        assertClass(1, 90, 68, 3, "gpu-24g");
    }

    function test_classOf_WhenComputeIsBelowARow() public view {
        assertClass(0, 69, 80, 0, "cpu");
        assertClass(1, 89, 80, 1, "gpu-12g");
    }

    function test_classOf_WhenMemoryIsBelowARow() public view {
        assertClass(0, 99, 71, 0, "cpu");
        assertClass(1, 99, 67, 1, "gpu-12g");
    }

    function test_classOf_WhenTheKindIsAnother() public view {
        assertClass(0, 99, 99, 2, "server");
        assertClass(1, 79, 99, 4, "");
        assertClass(2, 99, 99, 4, "");
    }

    function test_classOf_WhenItIsAboveTheLastRow() public view {
        assertClass(1, 95, 68, 3, "gpu-24g");
        assertClass(1, 65_535, 65_535, 3, "gpu-24g");
    }

    function test_classOf_WhenItReachesNoRow() public view {
        assertClass(0, 49, 99, 4, "");
        assertClass(0, 99, 59, 4, "");
    }

    function test_weigh_WhenARowIsReached() public view {
        vm.assertEq(table.weigh(IMachines.Class(1, 90, 68, 1)), 40, "one slot");
        vm.assertEq(table.weigh(IMachines.Class(1, 91, 70, 8)), 320, "eight slots");
        vm.assertEq(table.weigh(IMachines.Class(0, 50, 60, 3)), 15, "another kind");
    }

    function test_weigh_WhenNoRowIsReached() public view {
        vm.assertEq(table.weigh(IMachines.Class(1, 0, 0, 1)), 1, "one slot");
        vm.assertEq(table.weigh(IMachines.Class(1, 79, 99, 255)), 255, "all slots");
    }

    function test_weigh_WhenThereAreAsManySlotsAndPointsAsCanBe() public {
        rows[3].pointsPerSlot = 1 << 24;
        set();
        vm.assertEq(table.weigh(IMachines.Class(1, 90, 68, 255)), 255 << 24, "all of it");
    }

    function set() private {
        vm.prank(governance);
        table.set(rows);
    }

    /// @dev Row i is reached from bands i on, weighs i + 1 and is called the number of its weight.
    function fillRows(uint16 number) private {
        delete rows;
        for (uint16 i = 0; i < number; ++i) {
            rows.push(IClassTable.Row(bytes16(uint128(i) + 1), 0, i, i, i, i + 1, false));
        }
    }

    function assertRows() private view {
        vm.assertEq(keccak256(abi.encode(table.rows())), keccak256(abi.encode(rows)), "rows");
    }

    function assertClass(uint8 kind, uint16 compute, uint16 memory_, uint256 row, bytes16 name) private view {
        (uint256 foundRow, bytes16 foundName) = table.classOf(IMachines.Class(kind, compute, memory_, 1));
        vm.assertEq(foundRow, row, "row");
        vm.assertEq(bytes32(foundName), bytes32(name), "name");
    }
}
