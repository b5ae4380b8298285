// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ClassTable} from "../../src/ClassTable.sol";
import {IClassTable} from "../../src/interfaces/IClassTable.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Test} from "../Test.sol";

/// @title ClassTableFuzz
/// @notice Whatever the table: more of anything never weighs less, and no machine weighs nothing or too much.
/// forge-config: default.fuzz.runs = 64
contract ClassTableFuzz is Test {
    ClassTable private table = new ClassTable(address(this), new IClassTable.Row[](0));

    function testFuzz_weigh_neverFalls(uint256 seed, uint8 kind, uint8 compute, uint8 memory_, uint8 slots, uint8 more)
        public
    {
        fill(seed);
        slots = uint8(bound(slots, 0, 254));
        uint256 points = weigh(kind, compute, memory_, slots);
        vm.assertLe(points, weigh(kind, uint16(compute) + more, memory_, slots), "of more compute");
        vm.assertLe(points, weigh(kind, compute, uint16(memory_) + more, slots), "of more memory");
        vm.assertLe(points, weigh(kind, compute, memory_, slots + 1), "of more slots");
        uint256 one = weigh(kind, compute, memory_, 1);
        vm.assertEq(points, slots * one, "all slots weigh what one does");
        vm.assertTrue(one >= 1 && one <= 1 << 24, "within bounds");
    }

    /// @dev By all rows that the slot reaches, looked at in no order.
    function testFuzz_classOf_isTheDearestRowReached(uint256 seed, uint8 kind, uint8 compute, uint8 memory_) public {
        IClassTable.Row[] memory rows = fill(seed);
        (uint256 row, bytes16 name) = table.classOf(IMachines.Class(kind % 2, compute, memory_, 1));
        uint256 most = 0;
        for (uint256 i = 0; i < rows.length; ++i) {
            IClassTable.Row memory one = rows[i];
            bool reached = one.kind == kind % 2 && one.computeFrom <= compute && one.memoryFrom <= memory_;
            if (reached && one.pointsPerSlot > most) most = one.pointsPerSlot;
        }
        vm.assertEq(row < rows.length ? rows[row].pointsPerSlot : 0, most, "the dearest");
        vm.assertEq(bytes32(name), row < rows.length ? bytes32(rows[row].name) : bytes32(0), "name");
    }

    function fill(uint256 seed) private returns (IClassTable.Row[] memory rows) {
        rows = new IClassTable.Row[](seed % 33);
        uint32 points = 0;
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 chance = uint256(keccak256(abi.encode(seed, i)));
            points += uint32(1 + (chance >> 8) % 10_000);
            (uint16 compute, uint16 memory_) = (uint16((chance >> 32) % 200), uint16((chance >> 64) % 200));
            rows[i] =
                IClassTable.Row(bytes16(uint128(i + 1)), uint8(chance % 2), compute, compute, memory_, points, false);
        }
        table.set(rows);
    }

    function weigh(uint8 kind, uint16 compute, uint16 memory_, uint8 slots) private view returns (uint256) {
        return table.weigh(IMachines.Class(kind % 2, compute, memory_, slots));
    }
}
