// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IPrices} from "../../src/interfaces/IPrices.sol";
import {Prices} from "../../src/Prices.sol";
import {Test} from "../Test.sol";

/// @title PricesTest
/// @notice test/tree/Prices.tree, leaf by leaf.
contract PricesTest is Test {
    Prices private prices;
    address[] private reporters;

    function setUp() public {
        vm.warp(time);
        reporters.push(account("reporter 1"));
        reporters.push(account("reporter 2"));
        reporters.push(account("reporter 3"));
        prices = new Prices(reporters);
    }

    function test_post_RevertWhen_TheCallerIsNoReporter() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotReporter.selector, account("stranger")));
        vm.prank(account("stranger"));
        prices.post(50_000);
    }

    function test_post_RevertWhen_ThePriceIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Zero.selector));
        post(0, 0);
    }

    function test_post_RevertWhen_ThePriceMovedTooFar() public {
        post(0, 50_000);
        skip(10 minutes);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_MovedTooFar.selector, 60_001, 50_000, 10_000));
        post(0, 60_001);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_MovedTooFar.selector, 39_999, 50_000, 10_000));
        post(0, 39_999);
    }

    function test_post_RevertWhen_ThePriceMovesAgainTooSoon() public {
        post(0, 50_000);
        uint256 allowedAt = time + 10 minutes;
        skip(10 minutes - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_TooSoon.selector, reporters[0], allowedAt));
        post(0, 50_001);
    }

    function test_post_WhenThePriceIsTheSame() public {
        post(0, 50_000);
        skip(1);
        post(0, 50_000);
        (uint256 usdPerToken, uint256 postedAt) = prices.postOf(reporters[0]);
        vm.assertEq(usdPerToken, 50_000, "price");
        vm.assertEq(postedAt, time, "posted at");
    }

    function test_post_WhenThePriceMovesByAFifthAfterThePause() public {
        post(0, 50_000);
        skip(10 minutes);
        expectLog(address(prices));
        emit IPrices.Posted(reporters[0], 60_000);
        post(0, 60_000);
        skip(10 minutes);
        post(0, 48_000);
    }

    function test_post_WhenAFifthOfThePriceIsLessThanAMillionth() public {
        post(0, 2);
        skip(10 minutes);
        post(0, 3);
        skip(10 minutes);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_MovedTooFar.selector, 5, 3, 1));
        post(0, 5);
    }

    function test_usdPerToken_RevertWhen_NobodyHasPosted() public {
        assertStale(0);
    }

    function test_usdPerToken_RevertWhen_FewerThanAMajorityHavePosted() public {
        post(0, 50_000);
        assertStale(0);
    }

    function test_usdPerToken_WhenAllPostsAreFresh() public {
        post(0, 70_000);
        post(1, 10_000);
        post(2, 50_000);
        vm.assertEq(prices.usdPerToken(), 50_000, "median");
    }

    function test_usdPerToken_WhenAnEvenNumberOfPostsIsFresh() public {
        post(0, 50_000);
        post(1, 30_001);
        vm.assertEq(prices.usdPerToken(), 40_000, "mean of the middles");
    }

    function test_usdPerToken_RevertWhen_AMajorityGoesStale() public {
        post(0, 50_000);
        skip(1 hours);
        post(1, 50_000);
        post(2, 50_000);
        uint256 freshUntil = time + 1 days;
        skip(1 days);
        vm.assertEq(prices.usdPerToken(), 50_000, "in the last second");
        skip(1);
        assertStale(freshUntil);
    }

    function test_usdPerToken_WhenStaleReportersPostAgain() public {
        post(0, 50_000);
        post(1, 50_000);
        post(2, 50_000);
        uint256 freshUntil = time + 1 days;
        skip(2 days);
        post(0, 60_000);
        assertStale(freshUntil);
        post(1, 40_000);
        vm.assertEq(prices.usdPerToken(), 50_000, "mean of the two fresh");
    }

    function test_constructor_RevertWhen_ThereAreNoReporters() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReportersOutOfBounds.selector, 0, 21));
        new Prices(new address[](0));
    }

    function test_constructor_RevertWhen_ThereAreTooManyReporters() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReportersOutOfBounds.selector, 22, 21));
        new Prices(new address[](22));
    }

    function test_constructor_RevertWhen_AReporterIsNamedTwice() public {
        reporters.push(reporters[0]);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReporterTwice.selector, reporters[0]));
        new Prices(reporters);
    }

    function post(uint256 by, uint64 price) private {
        vm.prank(reporters[by]);
        prices.post(price);
    }

    function assertStale(uint256 freshUntil) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Stale.selector, freshUntil));
        prices.usdPerToken();
    }
}
