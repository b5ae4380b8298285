// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Waterfall} from "../../src/libraries/Waterfall.sol";
import {Test} from "../Test.sol";

/// @title WaterfallFuzz
/// @notice Whatever is slashed and whoever is named: the parts add up, and nobody gets more than his.
contract WaterfallFuzz is Test {
    function testFuzz_divide_addsUpAndGivesNobodyMoreThanHis(
        uint96 amount,
        address renter,
        uint96 claim,
        address reporter,
        uint8 verifiers
    ) public view {
        IStakes.Split memory split = IStakes.Split(renter, claim, reporter, new address[](verifiers));
        Waterfall.Parts memory parts = this.divide(amount, split);
        uint256 left = amount - parts.renter;
        uint256 toVerifiers = parts.eachVerifier * verifiers;
        vm.assertEq(parts.renter + parts.reporter + toVerifiers + parts.rest, amount, "parts");

        uint256 due = claim < amount ? claim : amount;
        vm.assertEq(parts.renter, renter == address(0) ? 0 : due, "renter");
        vm.assertEq(parts.reporter, reporter == address(0) ? 0 : left / 5, "reporter");
        vm.assertLe(toVerifiers, left / 5, "verifiers");
        vm.assertLe(verifiers == 0 ? 0 : left / 5, toVerifiers + verifiers, "verifiers lose less than a unit each");
        // Whoever invents a fault with all accomplices loses three fifths of what the renter did not lose.
        vm.assertLe(left * 3, parts.rest * 5, "rest");
    }

    function testFuzz_divideRest_burnsTwoThirdsAtLeast(uint96 rest) public pure {
        (uint256 burnt, uint256 toTreasury) = Waterfall.divideRest(rest);
        vm.assertEq(burnt + toTreasury, rest, "parts");
        vm.assertLe(uint256(rest) * 2, burnt * 3, "burnt at least");
        vm.assertLe(burnt * 3, uint256(rest) * 2 + 2, "burnt at most");
    }

    /// @dev The library takes calldata.
    function divide(uint256 amount, IStakes.Split calldata split) external pure returns (Waterfall.Parts memory) {
        return Waterfall.divide(amount, split);
    }
}
