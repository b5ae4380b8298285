// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vesting} from "../../src/libraries/Vesting.sol";
import {Test} from "../Test.sol";

/// @title VestingFuzz
/// @notice Random credits, looks and seizures against one straight line for each credit.
contract VestingFuzz is Test {
    using Vesting for Vesting.Tranches;

    uint256 private constant DURATION = 150 days;
    uint256 private constant PERIOD = 15 days;

    Vesting.Tranches private tranches;
    uint256[] private amounts;
    uint256[] private times;
    uint256 private random;

    function testFuzz_vesting_IsNeverAheadOfTheLineNorBehindForLong(uint256 seed) public {
        random = seed;
        uint256 credited;
        uint256 released;
        for (uint256 i = 0; i < 60; ++i) {
            skip(draw(4) == 0 ? draw(200 days) : draw(8 days));
            released += tranches.release();
            if (draw(3) != 0) {
                uint256 amount = draw(10) == 0 ? draw(3) : draw(1e24);
                tranches.add(amount);
                credited += amount;
                amounts.push(amount);
                times.push(time);
            }
            vm.assertEq(released + tranches.unvested, credited, "nothing is lost");
            vm.assertLe(released, lineAt(time), "not ahead of the line");
            if (time > times0() + PERIOD) vm.assertLe(lineAt(time - PERIOD), released + 100, "nor a period behind");
        }
        skip(DURATION + PERIOD);
        vm.assertEq(released + tranches.release(), credited, "all in the end");
        vm.assertEq(tranches.unvested, 0, "none left");
    }

    function testFuzz_vesting_LosesNothingButWhatIsTaken(uint256 seed) public {
        random = seed;
        uint256 credited;
        uint256 out;
        for (uint256 i = 0; i < 80; ++i) {
            skip(draw(5) == 0 ? draw(200 days) : draw(20 days));
            out += tranches.release();
            uint256 action = draw(4);
            if (action < 2) {
                uint256 amount = draw(10) == 0 ? draw(3) : draw(1e24);
                tranches.add(amount);
                credited += amount;
            } else if (action == 2) {
                uint256 unvested = tranches.unvested;
                uint256 asked = draw(4) == 0 ? type(uint256).max : draw(unvested + 2);
                uint256 taken = tranches.take(asked);
                vm.assertEq(taken, asked < unvested ? asked : unvested, "taken");
                out += taken;
            }
            vm.assertEq(out + tranches.unvested, credited, "nothing is lost");
        }
        skip(DURATION + PERIOD - 1);
        for (uint256 i = 0; i < 20; ++i) {
            skip(1 days);
            out += tranches.release();
        }
        vm.assertEq(out, credited, "all in the end");
    }

    function testFuzz_vesting_IsNoFasterForLookingOften(uint256 seed) public {
        random = seed;
        uint256 amount = draw(1e24) + 1;
        tranches.release();
        tranches.add(amount);
        uint256 released;
        for (uint256 i = 0; i < 40; ++i) {
            skip(draw(10 days));
            released += tranches.release();
            uint256 begins = (1_800_000_000 / PERIOD + 1) * PERIOD;
            uint256 exact = time <= begins ? 0 : amount * (time - begins) / DURATION;
            if (exact > amount) exact = amount;
            vm.assertLe(released, exact, "not ahead");
            vm.assertLe(exact, released + 60, "not behind");
        }
    }

    function setUp() public {
        vm.warp(time);
    }

    /// @dev What would be free by `at` if each credit vested in a line from its second on, rounded up.
    function lineAt(uint256 at) private view returns (uint256 sum) {
        for (uint256 i = 0; i < amounts.length; ++i) {
            if (at <= times[i]) continue;
            uint256 age = at - times[i];
            sum += age >= DURATION ? amounts[i] : amounts[i] * age / DURATION + 1;
        }
    }

    function times0() private view returns (uint256) {
        return times.length == 0 ? type(uint256).max - PERIOD : times[0];
    }

    function draw(uint256 below) private returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % below;
    }
}
