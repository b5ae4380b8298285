// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Token} from "../../src/Token.sol";
import {Test} from "../Test.sol";

/// @title TokenTest
/// @notice test/tree/Token.tree, leaf by leaf. What OpenZeppelin tests itself is not tested again.
contract TokenTest is Test {
    address private immutable holder = account("holder");
    Token private token;

    function setUp() public {
        vm.warp(time);
        token = new Token(holder);
    }

    function test_constructor_WhenItIsDeployed() public view {
        vm.assertEq(token.totalSupply(), 1_000_000_000e18, "supply");
        vm.assertEq(token.balanceOf(holder), 1_000_000_000e18, "holder's tokens");
        vm.assertLe(token.totalSupply(), type(uint96).max, "supply in 96 bits");
        vm.assertEq(token.symbol(), "HOTA", "symbol");
    }

    function test_burn_RevertWhen_MoreIsBurntThanTheCallerHas() public {
        address stranger = account("stranger");
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, stranger, 0, 1));
        vm.prank(stranger);
        token.burn(1);
    }

    function test_burn_WhenTheCallerHasIt() public {
        vm.prank(holder);
        token.delegate(holder);
        vm.prank(holder);
        token.burn(1e18);
        vm.assertEq(token.totalSupply(), 999_999_999e18, "supply");
        vm.assertEq(token.getVotes(holder), 999_999_999e18, "votes");
    }

    function test_clock_WhenTimePasses() public {
        skip(100);
        vm.assertEq(token.clock(), time, "clock");
        vm.assertEq(token.CLOCK_MODE(), "mode=timestamp", "mode");
    }
}
