// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrices} from "../../src/interfaces/IPrices.sol";
import {Errors} from "../../src/Errors.sol";
import {PriceWorld} from "../PriceWorld.sol";

/// @title PricesTest
/// @notice test/tree/Prices.tree, the leaves of `post` and `usdPerToken`.
contract PricesTest is PriceWorld {
    function test_post_RevertWhen_FewerThanAMajorityHaveSigned() public {
        enrollFirst(4);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NoMajority.selector, 2, 3));
        prices.post(seen(usd(PRICE, PRICE)));
    }

    function test_post_RevertWhen_NobodyIsEnrolled() public {
        IPrices.Observation[] memory none = new IPrices.Observation[](0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NoMajority.selector, 0, 1));
        prices.post(none);
    }

    function test_post_RevertWhen_ASignerIsNotEnrolled() public {
        enroll(1);
        IPrices.Observation[] memory list = one(observe(0, PRICE, time));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotEnrolled.selector, reporter(0)));
        prices.post(list);
    }

    function test_post_RevertWhen_ASignatureIsNone() public {
        enroll(0);
        IPrices.Observation[] memory list = one(IPrices.Observation(PRICE, uint40(time), new bytes(65)));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotEnrolled.selector, address(0)));
        prices.post(list);
    }

    function test_post_RevertWhen_SignersAreNotInOrder() public {
        enrollFirst(2);
        IPrices.Observation[] memory list = seen(usd(PRICE, PRICE));
        (list[0], list[1]) = (list[1], list[0]);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_SignersNotAscending.selector, reporter(0), reporter(1)));
        prices.post(list);
    }

    function test_post_RevertWhen_AnObservationIsASecondTooOld() public {
        enroll(0);
        refuseObservation(time - 10 minutes - 1, time - 10 minutes);
    }

    function test_post_WhenAnObservationIsAsOldAsMayBe() public {
        enroll(0);
        expectLog(address(prices));
        emit IPrices.Posted(PRICE, time - 10 minutes + 1 days, 1);
        prices.post(one(observe(0, PRICE, time - 10 minutes)));
    }

    function test_post_RevertWhen_AnObservationIsFromTheFuture() public {
        enroll(0);
        refuseObservation(time + 1, time - 10 minutes);
    }

    function test_post_RevertWhen_AnObservationWasPostedBefore() public {
        enroll(0);
        post(PRICE);
        refuseObservation(time, time + 1);
        skip(1);
        refuseObservation(time - 1, time);
        post(PRICE);
    }

    function test_post_RevertWhen_AnObservationOfJustSoLongAgoWasPostedBefore() public {
        enroll(0);
        post(PRICE);
        skip(10 minutes);
        refuseObservation(time - 10 minutes, time - 10 minutes + 1);
    }

    function test_post_RevertWhen_APriceIsZero() public {
        enroll(0);
        IPrices.Observation[] memory list = one(observe(0, 0, time));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Zero.selector, reporter(0)));
        prices.post(list);
    }

    function test_post_WhenItIsTheFirstOfAll() public {
        enroll(0);
        post(type(uint64).max);
        assertPrice(type(uint64).max);
    }

    function test_post_WhenTheNumberIsOdd() public {
        enrollFirst(5);
        prices.post(seen(usd(7, 900, 8)));
        assertPrice(8);
    }

    function test_post_WhenTheNumberIsEven() public {
        enrollFirst(2);
        prices.post(seen(usd(PRICE, PRICE + 3)));
        assertPrice(PRICE + 1);
    }

    function test_post_WhenItMovesByAFifthOfTheAnchor() public {
        enroll(0);
        post(PRICE);
        skip(10 minutes);
        refuseMove(600_001, PRICE, 100_000);
        refuseMove(399_999, PRICE, 100_000);
        post(600_000);
        skip(10 minutes);
        post(480_000);
        assertPrice(480_000);
    }

    function test_post_WhenItMovesAgainWithinTheInterval() public {
        enroll(0);
        post(PRICE);
        skip(1);
        post(600_000);
        skip(10 minutes - 2);
        refuseMove(600_001, PRICE, 100_000);
        post(400_000);
        assertPrice(400_000);
    }

    function test_post_WhenTheIntervalHasJustPassed() public {
        enroll(0);
        post(PRICE);
        skip(1 minutes);
        post(550_000);
        skip(9 minutes);
        post(600_000);
        skip(1);
        refuseMove(720_001, 600_000, 120_000);
        post(720_000);
    }

    function test_post_WhenSeveralIntervalsHavePassed() public {
        enroll(0);
        post(PRICE);
        skip(40 minutes - 1);
        refuseMove(800_001, PRICE, 300_000);
        skip(1);
        refuseMove(900_001, PRICE, 400_000);
        post(900_000);
        skip(1);
        refuseMove(1_080_001, 900_000, 180_000);
    }

    function test_post_WhenVeryManyIntervalsHavePassed() public {
        enroll(0);
        post(PRICE);
        skip(365 days);
        refuseMove(1_500_001, PRICE, 1_000_000);
        post(1_500_000);
        assertPrice(1_500_000);
    }

    function test_post_WhenItFallsAfterVeryManyIntervals() public {
        enroll(0);
        post(PRICE);
        skip(30 minutes);
        refuseMove(199_999, PRICE, 300_000);
        skip(365 days);
        refuseMove(166_649, PRICE, 333_350);
        post(166_650);
        assertPrice(166_650);
    }

    function test_post_WhenAFifthOfThePriceIsLessThanAMillionth() public {
        enroll(0);
        post(4);
        skip(10 minutes);
        refuseMove(6, 4, 1);
        post(5);
        assertPrice(5);
    }

    function test_usdPerToken_RevertWhen_NobodyHasPosted() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Stale.selector, 0));
        prices.usdPerToken();
    }

    function test_usdPerToken_WhenTheLastFreshSecondIsReached() public {
        enroll(0);
        post(PRICE);
        skip(1 days);
        assertPrice(PRICE);
    }

    function test_usdPerToken_RevertWhen_ThePriceIsStale() public {
        enroll(0);
        post(PRICE);
        uint256 freshUntil = time + 1 days;
        skip(1 days + 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Stale.selector, freshUntil));
        prices.usdPerToken();
        (uint256 last, uint256 until) = prices.latest();
        vm.assertEq(last, PRICE, "last");
        vm.assertEq(until, freshUntil, "until");
    }

    function test_usdPerToken_WhenItIsRead() public {
        enroll(0);
        post(PRICE);
        vm.record();
        prices.usdPerToken();
        (bytes32[] memory reads,) = vm.accesses(address(prices));
        vm.assertEq(reads.length, 1, "reads");
    }

    function refuseObservation(uint256 observedAt, uint256 earliest) private {
        IPrices.Observation[] memory list = one(observe(0, PRICE, observedAt));
        vm.expectRevert(
            abi.encodeWithSelector(
                Errors.Prices_ObservationOutOfBounds.selector, reporter(0), observedAt, earliest, time
            )
        );
        prices.post(list);
    }

    function refuseMove(uint256 to, uint256 anchor, uint256 slack) private {
        IPrices.Observation[] memory list = one(observe(0, to, time));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_MovedTooFar.selector, to, anchor, slack));
        prices.post(list);
    }

    function usd(uint256 first, uint256 second) private pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (first, second);
    }

    function usd(uint256 first, uint256 second, uint256 third) private pure returns (uint256[] memory list) {
        list = new uint256[](3);
        (list[0], list[1], list[2]) = (first, second, third);
    }
}
