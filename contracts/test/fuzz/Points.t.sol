// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Points} from "../../src/libraries/Points.sol";
import {Test} from "../Test.sol";

/// @title PointsFuzz
/// @notice More of anything never weighs less, and no machine weighs nothing or too much.
contract PointsFuzz is Test {
    uint256 private constant MOST_PER_SLOT = 1 << 24;

    function testFuzz_weigh_neverFalls(uint16 compute, uint16 memory_, uint8 slots, uint16 more) public pure {
        compute = uint16(bound(compute, 0, 300));
        memory_ = uint16(bound(memory_, 0, 300));
        more = uint16(bound(more, 0, 300));
        slots = uint8(bound(slots, 0, 254));
        uint256 points = weigh(compute, memory_, slots);
        vm.assertLe(points, weigh(compute + more, memory_, slots), "of more compute");
        vm.assertLe(points, weigh(compute, memory_ + more, slots), "of more memory");
        vm.assertLe(points, weigh(compute, memory_, slots + 1), "of more slots");
        vm.assertEq(points, weigh(memory_, compute, slots), "compute and memory count alike");
    }

    function testFuzz_weigh_isSlotsTimesThatOfOne(uint16 compute, uint16 memory_, uint8 slots) public pure {
        uint256 one = weigh(compute, memory_, 1);
        vm.assertLe(1, one, "one slot at least");
        vm.assertLe(one, MOST_PER_SLOT, "one slot at most");
        vm.assertEq(weigh(compute, memory_, slots), slots * one, "all slots");
    }

    function testFuzz_weigh_doublesEveryFourBands(uint16 bands) public pure {
        bands = uint16(bound(bands, 112 + 20, 112 + 92));
        uint256 twice = weigh(bands + 4, 0, 1);
        uint256 once = weigh(bands, 0, 1);
        // Rounded down, by less than a unit.
        vm.assertLe(once * 2, twice, "at least");
        vm.assertLe(twice, once * 2 + 1, "at most");
    }

    function weigh(uint16 compute, uint16 memory_, uint8 slots) private pure returns (uint256) {
        return Points.weigh(IMachines.Class(1, compute, memory_, slots));
    }
}
