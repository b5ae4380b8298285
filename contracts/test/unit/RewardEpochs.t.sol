// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardEpochsTest
/// @notice test/tree/Rewards.tree: epochs and points.
contract RewardEpochsTest is RewardWorld {
    function test_constructor_RevertWhen_AnEpochIsTooShort() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_LengthOutOfBounds.selector, 9, 10, 1 days));
        deploy(9);
        deploy(10);
    }

    function test_constructor_RevertWhen_AnEpochIsTooLong() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_LengthOutOfBounds.selector, 1 days + 1, 10, 1 days));
        deploy(1 days + 1);
        deploy(1 days);
    }

    function test_emissionOf_WhenTheEpochIsBeforeTheDeployment() public view {
        vm.assertEq(rewards.emissionOf(now_() - 1), 0, "before");
        vm.assertEq(rewards.emissionOf(now_()), 500_000e18, "first");
    }

    function test_emissionOf_WhenTheThreeYearsRun() public view {
        vm.assertEq(rewards.emissionOf(now_() + 219), 410_000e18, "a fifth of the way");
        vm.assertEq(rewards.emissionOf(now_() + 876), 140_000e18, "four fifths of the way");
    }

    function test_emissionOf_WhenTheThreeYearsAreOver() public view {
        uint256 lastStep = uint256(450_000e18) / 1095 + 1;
        vm.assertEq(rewards.emissionOf(now_() + 1095), 50_000e18, "floor");
        vm.assertEq(rewards.emissionOf(now_() + 1096), 50_000e18, "a day after");
        vm.assertLe(rewards.emissionOf(now_() + 1094), 50_000e18 + lastStep, "a day before");
        vm.assertTrue(rewards.emissionOf(now_() + 1094) > 50_000e18, "above the floor a day before");
        vm.assertEq(rewards.emissionOf(now_() + 100_000), 50_000e18, "for good");
    }

    function test_emissionOf_WhenEpochsAreShorterThanADay() public {
        rewards = deploy(10);
        vm.assertEq(rewards.emissionOf(time / 10), uint256(500_000e18) * 10 / 1 days, "ten seconds");
        vm.assertEq(rewards.emissionOf(time / 10 + 1095 * 8640), uint256(50_000e18) * 10 / 1 days, "after three years");
    }

    function test_roll_WhenThePresentEpochIsNotOver() public {
        uint256 epoch = now_();
        skip((epoch + 1) * EPOCH - 1 - time);
        rewards.roll(10);
        vm.assertEq(rewards.nextEpoch(), epoch, "in the last second");
        skip(1);
        rewards.roll(10);
        vm.assertEq(rewards.nextEpoch(), epoch + 1, "in the next");
        vm.assertEq(rewards.currentEpoch(), epoch + 1, "present epoch");
    }

    function test_roll_WhenEpochsAreOver() public {
        weigh(1, 7, now_() + 9);
        burn(1, 10e18);
        uint256 epoch = now_();
        skipEpochs(2);
        expectLog(address(rewards));
        emit IRewards.Rolled(epoch, AVAILABILITY, 0, WORK, 10e18);
        rewards.roll(1);
        vm.assertEq(rewards.workRateOf(epoch), 0.8e18, "work rate");
        // A day later all is 450,000 / 1095 less, and availability 15 / 1095 points of a percent of it.
        uint256 emission = rewards.emissionOf(epoch + 1);
        uint256 availability = emission * 1999 / 10_000;
        expectLog(address(rewards));
        emit IRewards.Rolled(
            epoch + 1, availability, 7, emission - availability - emission * 500 / 10_000 - emission * 1000 / 10_000, 0
        );
        rewards.roll(1);
    }

    function test_roll_WhenFewerAreAskedFor() public {
        uint256 epoch = now_();
        skipEpochs(5);
        rewards.roll(0);
        vm.assertEq(rewards.nextEpoch(), epoch, "none");
        rewards.roll(3);
        vm.assertEq(rewards.nextEpoch(), epoch + 3, "three");
        rewards.roll(3);
        vm.assertEq(rewards.nextEpoch(), epoch + 5, "all");
    }

    function test_roll_WhenNobodyWasThereAndNothingWasBurnt() public {
        skipEpochs(1);
        expectLog(address(rewards));
        emit IRewards.TreasuryPaid(TREASURY);
        rewards.roll(1);
        vm.assertEq(token.balanceOf(treasury), TREASURY, "treasury");
        vm.assertEq(token.totalSupply(), TREASURY, "supply");
        vm.assertEq(rewards.minted(), TREASURY, "minted");
    }

    function test_roll_WhenMintsArePaused() public {
        skipEpochs(1);
        pause(2 days);
        rewards.roll(1);
        vm.assertEq(token.totalSupply(), 0, "nothing minted");
        vm.assertEq(rewards.owedToTreasury(), TREASURY, "owed");
        skip(2 days);
        rewards.roll(0);
        vm.assertEq(token.balanceOf(treasury), TREASURY, "paid later");
        vm.assertEq(rewards.owedToTreasury(), 0, "owed no more");
    }

    function test_sync_WhenAMachineGetsItsFirstPoints() public {
        uint256 epoch = now_();
        machines.setPoints(1, 10, (epoch + 9) * EPOCH);
        expectLog(address(rewards));
        emit IRewards.Weighed(1, 10, epoch + 1, epoch + 9);
        rewards.sync(1);
        IRewards.Account memory account = rewards.accountOf(1);
        vm.assertEq(account.points, 10, "points");
        vm.assertEq(account.fromEpoch, epoch + 1, "from");
        vm.assertEq(account.untilEpoch, epoch + 9, "until");
        assertCounted(0);
        assertCounted(10);
    }

    function test_sync_WhenPointsRise() public {
        weigh(1, 10, now_() + 9);
        skipEpochs(3);
        weigh(1, 30, now_() + 9);
        rewards.roll(9);
        assertCounted(10);
        assertCounted(30);
        // It was alone in each: all pots but the first, whole, in spite of the change.
        claim(1);
        assertAlone(1, now_() - 4, 4);
    }

    function test_sync_WhenPointsFall() public {
        weigh(1, 30, now_() + 9);
        skipEpochs(3);
        weigh(1, 10, now_() + 9);
        rewards.roll(9);
        assertCounted(0);
        assertCounted(10);
    }

    function test_sync_WhenTheClassIsLost() public {
        weigh(1, 30, now_() + 9);
        skipEpochs(3);
        weigh(1, 0, 0);
        uint256 before = creditOf(1);
        rewards.roll(9);
        assertCounted(0);
        assertCounted(0);
        claim(1);
        vm.assertEq(creditOf(1), before, "nothing more");
    }

    function test_sync_WhenTheClassRunsOut() public {
        machines.setPoints(1, 30, (now_() + 3) * EPOCH - 1);
        rewards.sync(1);
        skipEpochs(1);
        assertCounted(30);
        assertCounted(0);
        claim(1);
        assertAlone(1, now_() - 2, 1);
    }

    function test_sync_WhenTheClassIsRenewedInTime() public {
        weigh(1, 30, now_() + 3);
        skipEpochs(2);
        weigh(1, 30, now_() + 9);
        rewards.roll(9);
        for (uint256 i = 0; i < 5; ++i) {
            assertCounted(30);
        }
        skipEpochs(9);
        claim(1);
        assertAlone(1, now_() - 15, 10);
        vm.assertEq(rewards.accountOf(1).points, 0, "through");
    }

    function test_sync_WhenPointsChangeTwiceInAnEpoch() public {
        weigh(1, 10, now_() + 2);
        weigh(1, 20, now_() + 9);
        skipEpochs(1);
        weigh(1, 30, now_() + 9);
        weigh(1, 40, now_() + 8);
        rewards.roll(9);
        assertCounted(20);
        for (uint256 i = 0; i < 7; ++i) {
            assertCounted(40);
        }
        assertCounted(0);
    }

    function test_sync_WhenPointsChangeBackInTheSameEpoch() public {
        weigh(1, 10, now_() + 9);
        weigh(2, 10, now_() + 9);
        skipEpochs(1);
        weigh(1, 20, now_() + 9);
        weigh(1, 10, now_() + 9);
        weigh(2, 5, now_() + 9);
        weigh(2, 10, now_() + 9);
        rewards.roll(9);
        assertCounted(10);
        assertCounted(20);
    }

    function test_sync_WhenManyEpochsWereNotRolled() public {
        weigh(1, 10, now_() + 1000);
        skipEpochs(200);
        weigh(1, 20, now_() + 1000);
        vm.assertEq(rewards.nextEpoch(), now_() - 200 + 64, "rolls a part by the way");
        skipEpochs(1);
        rewards.roll(1000);
        claim(1);
        assertAlone(1, now_() - 200, 200);
        skipEpochs(1);
        assertCounted(20);
    }

    function test_sync_WhenManyEpochsWereNotRolledAndPointsChangeTwice() public {
        uint256 start = now_();
        weigh(1, 10, start + 1000);
        skipEpochs(200);
        weigh(1, 20, now_() + 1000);
        skipEpochs(1);
        weigh(1, 30, now_() + 1000);
        rewards.roll(1000);
        claim(1);
        // 128 epochs were rolled when the second change came, and the first of them had no points.
        assertAlone(1, start + 1, 127);
        skipEpochs(1);
        claim(1);
        vm.assertLe(creditOf(1), potsOf(start + 1, 127) + potsOf(now_() - 1, 1), "and the epochs since");
    }

    function pause(uint256 duration) private {
        vm.prank(guardian);
        rewards.pause(time + duration);
    }

    /// @dev The epoch that now runs counts `points` in all; steps to the next.
    function assertCounted(uint256 points) private {
        uint256 epoch = now_();
        rewards.roll(1000);
        skipEpochs(1);
        uint256 elapsed = epoch - rewards.START_EPOCH();
        uint256 emission = rewards.emissionOf(epoch);
        uint256 availability = emission * (2000 - 1500 * elapsed / 1095) / 10_000;
        uint256 work = emission - availability - emission * 500 / 10_000 - emission * 1000 / 10_000;
        expectLog(address(rewards));
        emit IRewards.Rolled(epoch, availability, points, work, 0);
        rewards.roll(1);
    }

    /// @dev The machine was credited with the whole availability pots of `epochs` epochs from `epoch` on, but for rounding.
    function assertAlone(uint256 machineId, uint256 epoch, uint256 epochs) private view {
        uint256 pots = potsOf(epoch, epochs);
        vm.assertLe(creditOf(machineId), pots, "credited at most");
        vm.assertLe(pots, creditOf(machineId) + 1000, "credited at least");
    }

    function potsOf(uint256 epoch, uint256 epochs) private view returns (uint256 sum) {
        for (uint256 i = epoch; i < epoch + epochs; ++i) {
            uint256 elapsed = i - rewards.START_EPOCH();
            sum += rewards.emissionOf(i) * (2000 - 1500 * elapsed / 1095) / 10_000;
        }
    }
}
