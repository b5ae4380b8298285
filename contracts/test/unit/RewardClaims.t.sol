// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardClaimsTest
/// @notice test/tree/Rewards.tree: what is credited, vests, is taken and is paid.
contract RewardClaimsTest is RewardWorld {
    address private immutable stakes = account("stakes");

    function test_claim_RevertWhen_AnEpochOfWorkIsNotRolled() public {
        burn(1, 1e18);
        uint256 epoch = now_();
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_NotRolled.selector, epoch, epoch));
        claimWork(1, epoch);
        skipEpochs(1);
        vm.assertEq(claimWork(1, epoch), 0.2e18, "once it is over");
    }

    function test_claim_WhenNothingIsEarned() public {
        skipEpochs(1);
        vm.assertEq(claim(1), 0, "amount");
        vm.assertEq(rewards.minted(), 0, "minted");
    }

    function test_claim_WhenPointsWereCounted() public {
        earnPots(1, 1);
        uint256 pot = pot1();
        expectLog(address(rewards));
        emit IRewards.Credited(1, pot, 0);
        expectLog(address(rewards));
        emit IRewards.Claimed(1, owner(1), pot / 4);
        vm.assertEq(claim(1), pot / 4, "a quarter");
        vm.assertEq(token.balanceOf(owner(1)), pot / 4, "paid");
        vm.assertEq(rewards.accountOf(1).unvested, pot - pot / 4, "the rest");
        vm.assertEq(claim(1), 0, "once");
    }

    function test_claim_WhenTwoMachinesShareThePot() public {
        weigh(1, 1, now_() + 2);
        weigh(2, 3, now_() + 2);
        skipEpochs(2);
        claim(1);
        claim(2);
        uint256 pot = pot1();
        vm.assertLe(creditOf(1) + creditOf(2), pot, "both at most");
        vm.assertLe(pot, creditOf(1) + creditOf(2) + 10, "both at least");
        vm.assertEq(creditOf(2) / 1e6, creditOf(1) * 3 / 1e6, "by points");
    }

    function test_claim_WhenLittleWasBurnt() public {
        burn(1, 100e18);
        burn(2, 300e18);
        skipEpochs(1);
        claimWork(1, now_() - 1);
        claimWork(2, now_() - 1);
        vm.assertEq(creditOf(1), 80e18, "four fifths");
        vm.assertEq(creditOf(2), 240e18, "of each");
    }

    function test_claim_WhenMuchWasBurnt() public {
        burn(1, 1_000_000e18);
        burn(2, 3_000_000e18);
        skipEpochs(1);
        claimWork(1, now_() - 1);
        claimWork(2, now_() - 1);
        vm.assertEq(creditOf(1), WORK / 4, "a quarter of the pot");
        vm.assertEq(creditOf(2), WORK * 3 / 4, "the rest of it");
    }

    function test_claim_WhenTheSameWorkIsClaimedAgain() public {
        burn(1, 100e18);
        skipEpochs(1);
        uint256[] memory twice = new uint256[](2);
        (twice[0], twice[1]) = (now_() - 1, now_() - 1);
        vm.assertEq(rewards.isWorkClaimed(1, now_() - 1), false, "not yet");
        rewards.claim(1, twice);
        vm.assertEq(creditOf(1), 80e18, "once in a call");
        vm.assertEq(rewards.isWorkClaimed(1, now_() - 1), true, "claimed");
        vm.assertEq(claimWork(1, now_() - 1), 0, "and for good");
        vm.assertEq(creditOf(1), 80e18, "no more");
    }

    function test_claim_WhenLeasesHasForgottenTheEpoch() public {
        burn(1, 100e18);
        leases.forget(1, now_());
        skipEpochs(1);
        vm.assertEq(claimWork(1, now_() - 1), 0, "nothing");
    }

    function test_claim_WhenTheHalfMonthIsNotOver() public {
        uint256 begins = earnWork();
        skip(begins - time);
        vm.assertEq(claim(1), 0, "up to its last second");
        skip(1);
        vm.assertTrue(claim(1) > 0, "and then");
    }

    function test_claim_WhenTheVestingRuns() public {
        uint256 begins = earnWork();
        skip(begins + 30 days - time);
        vm.assertEq(claim(1), 60e18 / 5, "a fifth in a fifth of the time");
        skip(15 days);
        vm.assertEq(claim(1), 60e18 / 10, "and a tenth in a tenth");
        vm.assertEq(rewards.accountOf(1).unvested, 60e18 * 7 / 10, "the rest waits");
    }

    function test_claim_WhenTheVestingIsOver() public {
        uint256 begins = earnWork();
        skip(begins + 7 days + 1 - time);
        claim(1);
        skip(begins + 150 days - 1 - time);
        claim(1);
        vm.assertTrue(rewards.accountOf(1).unvested > 0, "a second before");
        skip(1);
        claim(1);
        vm.assertEq(rewards.accountOf(1).unvested, 0, "nothing left");
        vm.assertEq(token.balanceOf(owner(1)), 80e18, "all of it");
    }

    function test_claim_WhenTheDeedHasChangedHands() public {
        burn(1, 100e18);
        skipEpochs(1);
        machines.setOwner(1, stranger);
        claimWork(1, now_() - 1);
        vm.assertEq(token.balanceOf(stranger), 20e18, "the new owner");
        vm.assertEq(token.balanceOf(owner(1)), 0, "the old one");
    }

    function test_claim_WhenMintsArePaused() public {
        burn(1, 100e18);
        skipEpochs(1);
        pause(1 days);
        vm.assertEq(claimWork(1, now_() - 1), 0, "pays nothing");
        vm.assertEq(rewards.accountOf(1).claimable, 20e18, "credits");
        vm.assertEq(token.totalSupply(), 0, "mints nothing");
        skip(1 days - 1);
        vm.assertEq(claim(1), 0, "in the last second");
        skip(1);
        vm.assertEq(claim(1), 20e18, "pays later");
    }

    function test_claim_WhenItWasAskedBeforeWhatItWouldPay() public {
        burn(1, 100e18);
        earnPots(1, 3);
        claimWork(1, now_() - 4);
        weigh(1, 10, now_() + 2);
        skipEpochs(1);
        weigh(1, 20, now_() + 9);
        skipEpochs(40);
        rewards.roll(100);
        uint256 claimable = rewards.claimableOf(1);
        vm.assertEq(claim(1), claimable, "as said");
        vm.assertTrue(claimable > 0, "something");
        vm.assertEq(rewards.claimableOf(1), 0, "nothing left");
    }

    function test_forfeit_RevertWhen_TheCallerIsNotMachines() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Rewards_NotMachines.selector, stranger));
        vm.prank(stranger);
        rewards.forfeit(1, 1, stranger);
    }

    function test_forfeit_WhenMoreIsAskedThanHasNotVested() public {
        uint256 begins = earnWork();
        skip(begins + 30 days - time);
        expectLog(address(rewards));
        emit IRewards.Forfeited(1, 48e18);
        vm.assertEq(forfeit(1, 1000e18), 48e18, "all of it");
        vm.assertEq(token.balanceOf(stakes), 48e18, "minted");
        vm.assertEq(claim(1), 12e18, "what had vested stays");
        skip(1000 days);
        vm.assertEq(claim(1), 0, "and no more");
    }

    function test_forfeit_WhenLessIsAsked() public {
        uint256 begins = earnWork();
        skip(begins + 30 days - time);
        vm.assertEq(forfeit(1, 12e18), 12e18, "as asked");
        claim(1);
        vm.assertEq(rewards.accountOf(1).unvested, 36e18, "the rest");
        skip(15 days);
        vm.assertEq(claim(1), 4.5e18, "an eighth in an eighth of the time");
        skip(105 days);
        vm.assertEq(claim(1), 31.5e18, "and all in the end");
        vm.assertEq(rewards.accountOf(1).unvested, 0, "nothing left");
    }

    function test_forfeit_WhenSomethingIsEarnedAndNotCredited() public {
        earnPots(1, 1);
        uint256 pot = pot1();
        vm.assertEq(forfeit(1, type(uint256).max), pot - pot / 4, "three quarters of the pot");
        vm.assertEq(claim(1), pot / 4, "the quarter stays");
    }

    function test_forfeit_WhenNothingIsThere() public {
        vm.assertEq(forfeit(1, 1e18), 0, "nothing");
        vm.assertEq(token.totalSupply(), 0, "minted");
    }

    function test_forfeit_WhenMintsArePausedForIt() public {
        earnWork();
        pause(1 days);
        vm.assertEq(forfeit(1, 10e18), 10e18, "taken");
        vm.assertEq(token.balanceOf(stakes), 10e18, "minted");
    }

    /// @dev 80 tokens of work for machine 1, 60 of which vest from the second that is returned on.
    function earnWork() private returns (uint256 begins) {
        burn(1, 100e18);
        skipEpochs(1);
        claimWork(1, now_() - 1);
        return (time / 15 days + 1) * 15 days;
    }

    /// @dev The machine is alone in `epochs` epochs, the first of which is the second of the ledger.
    function earnPots(uint256 machineId, uint256 epochs) private {
        weigh(machineId, 1, now_() + 1 + epochs);
        skipEpochs(1 + epochs);
    }

    /// @dev The availability pot of the ledger's second epoch.
    function pot1() private view returns (uint256) {
        return rewards.emissionOf(rewards.START_EPOCH() + 1) * 1999 / 10_000;
    }

    function forfeit(uint256 machineId, uint256 amount) private returns (uint256) {
        vm.prank(address(machines));
        return rewards.forfeit(machineId, amount, stakes);
    }

    function pause(uint256 duration) private {
        vm.prank(guardian);
        rewards.pause(time + duration);
    }
}
