// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrices} from "../../src/interfaces/IPrices.sol";
import {Errors} from "../../src/Errors.sol";
import {Prices} from "../../src/Prices.sol";
import {PriceWorld} from "../PriceWorld.sol";

/// @title PricesAttack
/// @notice Who would set the price alone, twice, elsewhere, or further than it may go.
contract PricesAttack is PriceWorld {
    function test_attack_oracle_oneReporterOfFiveDoesNotMoveTheMedian() public {
        enrollFirst(5);
        for (uint256 liar = 0; liar < 3; ++liar) {
            skip(1 minutes);
            IPrices.Observation[] memory list = new IPrices.Observation[](3);
            for (uint256 i = 0; i < 3; ++i) {
                list[i] = observe(i, i == liar ? 1 : PRICE, time);
            }
            prices.post(list);
            assertPrice(PRICE);
        }
    }

    function test_attack_oracle_oneReporterIsNoMajorityByRepeatingHimself() public {
        enrollFirst(2);
        IPrices.Observation[] memory list = new IPrices.Observation[](2);
        (list[0], list[1]) = (observe(0, PRICE, time - 1), observe(0, PRICE, time));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_SignersNotAscending.selector, reporter(0), reporter(0)));
        prices.post(list);
    }

    function test_attack_replay_anObservationIsOfOneChain() public {
        enroll(0);
        IPrices.Observation[] memory list = one(observe(0, PRICE, time));
        vm.chainId(block.chainid + 1);
        refuseForged(list);
        post(PRICE);
    }

    function test_attack_replay_anObservationIsForOneContract() public {
        enroll(0);
        Prices second = deploy(reportersTo(1));
        IPrices.Observation[] memory list = one(observe(second, keys[0], PRICE, time));
        refuseForged(list);
    }

    function test_attack_replay_anOldPriceDoesNotComeBack() public {
        enrollFirst(2);
        IPrices.Observation memory late = observe(1, PRICE, time);
        skip(1 minutes);
        IPrices.Observation[] memory list = new IPrices.Observation[](2);
        (list[0], list[1]) = (observe(0, PRICE, time), observe(1, PRICE, time));
        prices.post(list);
        // One of the two newer, and the other's of before: he said something else since.
        skip(1);
        (list[0], list[1]) = (observe(0, PRICE, time), late);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Prices_ObservationOutOfBounds.selector, reporter(1), time - 61, time, time)
        );
        prices.post(list);
    }

    function test_attack_stolenKeys_noRatchetWithinAnInterval() public {
        enroll(0);
        post(PRICE);
        for (uint256 i = 1; i < 10; ++i) {
            skip(1 minutes - 1);
            post(PRICE * 12 / 10);
            IPrices.Observation[] memory list = one(observe(0, PRICE * 12 / 10 + 1, time + 1));
            skip(1);
            vm.expectRevert(
                abi.encodeWithSelector(Errors.Prices_MovedTooFar.selector, PRICE * 12 / 10 + 1, PRICE, PRICE * 2 / 10)
            );
            prices.post(list);
        }
        assertPrice(PRICE * 12 / 10);
    }

    function test_attack_equivocation_theFirstOfHisOwnProversLosesMore() public {
        enroll(0);
        IPrices.Observation memory first = observe(0, PRICE, time);
        IPrices.Observation memory other = observe(0, PRICE + 1, time);
        vm.prank(reporter(0));
        prices.proveEquivocation(reporter(0), first, other);
        vm.assertEq(stakes.totalOf(reporter(0)), FUNDS - 400e18, "left");
    }

    function test_attack_equivocation_leavingFirstSavesNothing() public {
        enroll(0);
        vm.prank(reporter(0));
        prices.leave();
        vm.expectRevert(
            abi.encodeWithSelector(
                Errors.Stakes_StillUnbonding.selector, address(prices), uint160(reporter(0)), time + 14 days
            )
        );
        stakes.release(address(prices), uint160(reporter(0)));
        prices.proveEquivocation(reporter(0), observe(0, PRICE, time), observe(0, PRICE + 1, time));
        vm.assertEq(stakes.totalOf(reporter(0)), FUNDS - 500e18, "left");
    }

    /// @dev Under another domain the signature is somebody else's, whom nobody knows.
    function refuseForged(IPrices.Observation[] memory list) private {
        (bool done, bytes memory reason) = address(prices).call(abi.encodeCall(prices.post, (list)));
        vm.assertTrue(!done && bytes4(reason) == Errors.Prices_NotEnrolled.selector, "refused");
    }
}
