// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardPowersTest
/// @notice What governance and the guardian may do to rewards.
contract RewardPowersTest is RewardWorld {
    function test_setKappa_RevertWhen_TheCallerIsNotGovernance() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Rewards_NotGovernance.selector, stranger));
        vm.prank(stranger);
        rewards.setKappa(5000);
    }

    function test_setKappa_RevertWhen_ItIsBelowItsBound() public {
        setKappa(1000);
        vm.expectRevert(abi.encodeWithSelector(Errors.Rewards_KappaOutOfBounds.selector, 999, 1000, 9000));
        setKappa(999);
    }

    function test_setKappa_RevertWhen_ItIsAboveItsBound() public {
        setKappa(9000);
        vm.expectRevert(abi.encodeWithSelector(Errors.Rewards_KappaOutOfBounds.selector, 9001, 1000, 9000));
        setKappa(9001);
    }

    function test_setKappa_WhenItIsSet() public {
        uint256 epoch = now_();
        for (uint256 i = 0; i < 4; ++i) {
            burn(1, 1e18);
            if (i == 1) {
                expectLog(address(rewards));
                emit IRewards.KappaSet(5000, epoch + 2);
                setKappa(5000);
            }
            if (i == 2) setKappa(9000);
            skipEpochs(1);
        }
        rewards.roll(9);
        vm.assertEq(rewards.workRateOf(epoch), 0.8e18, "before");
        vm.assertEq(rewards.workRateOf(epoch + 1), 0.8e18, "the epoch in which it is set");
        vm.assertEq(rewards.workRateOf(epoch + 2), 0.5e18, "the next");
        vm.assertEq(rewards.workRateOf(epoch + 3), 0.9e18, "the one after the second");
        vm.assertEq(rewards.kappaOf(type(uint256).max), 9000, "for good");
    }

    function test_pause_RevertWhen_TheCallerIsNotTheGuardian() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_NotGuardian.selector, stranger));
        vm.prank(stranger);
        rewards.pause(time + 1);
    }

    function test_pause_RevertWhen_ItWouldEndNow() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_PauseOutOfBounds.selector, time, time + 7 days));
        pause(0);
    }

    function test_pause_RevertWhen_ItWouldLastTooLong() public {
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Guardian_PauseOutOfBounds.selector, time + 7 days + 1, time + 7 days)
        );
        pause(7 days + 1);
    }

    function test_pause_RevertWhen_TheLastOneIsTooRecent() public {
        pause(1);
        uint256 allowedAt = time + 30 days;
        skip(30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_PauseTooSoon.selector, allowedAt));
        pause(1);
        skip(1);
        pause(7 days);
    }

    function test_pause_WhenItIsAllowed() public {
        expectLog(address(rewards));
        emit IGuardianPause.Paused(time + 7 days);
        pause(7 days);
        vm.assertEq(rewards.pausedUntil(), time + 7 days, "until");
    }

    function setKappa(uint256 kappaBps) private {
        vm.prank(governance);
        rewards.setKappa(kappaBps);
    }

    function pause(uint256 duration) private {
        vm.prank(guardian);
        rewards.pause(time + duration);
    }
}
