// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardVerifiersTest
/// @notice What verifiers are owed and paid.
contract RewardVerifiersTest is RewardWorld {
    function test_creditVerifiers_RevertWhen_TheCallerIsNotCommittees() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Rewards_NotCommittees.selector, stranger));
        vm.prank(stranger);
        rewards.creditVerifiers(new address[](1));
    }

    function test_creditVerifiers_WhenNobodyVoted() public {
        vm.prank(committees);
        rewards.creditVerifiers(new address[](0));
    }

    function test_creditVerifiers_WhenThePotIsFull() public {
        expectLog(address(rewards));
        emit IRewards.VerifiersCredited(now_(), 2, 2e18);
        creditVerifiers(2);
        vm.assertEq(rewards.owedTo(verifier(0)), 2e18, "first");
        vm.assertEq(rewards.owedTo(verifier(1)), 2e18, "second");
        vm.assertEq(rewards.minted(), 0, "owed, not minted");
    }

    function test_creditVerifiers_WhenThePotRunsOut() public {
        // Ten seconds' verifier pot is 2.89 tokens.
        rewards = deploy(10);
        uint256 pot = rewards.emissionOf(time / 10) / 20;
        creditVerifiers(1);
        creditVerifiers(2);
        vm.assertEq(rewards.owedTo(verifier(0)), 2e18 + (pot - 2e18) / 2, "half of the rest");
        vm.assertEq(rewards.owedTo(verifier(1)), (pot - 2e18) / 2, "the other half");
        creditVerifiers(2);
        vm.assertLe(rewards.owedTo(verifier(0)) + rewards.owedTo(verifier(1)), pot, "no more than the pot");
        skip(10);
        uint256 before = rewards.owedTo(verifier(0));
        creditVerifiers(1);
        vm.assertEq(rewards.owedTo(verifier(0)), before + 2e18, "the next epoch has its own");
    }

    function test_claimVerifier_RevertWhen_MintsArePausedForHim() public {
        creditVerifiers(1);
        pause(7 days);
        uint256 until = time + 7 days;
        skip(7 days - 1);
        address verifier0 = verifier(0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_Paused.selector, until));
        rewards.claimVerifier(verifier0);
    }

    function test_claimVerifier_WhenSomethingIsOwed() public {
        creditVerifiers(1);
        expectLog(address(rewards));
        emit IRewards.VerifierPaid(verifier(0), 2e18);
        vm.assertEq(rewards.claimVerifier(verifier(0)), 2e18, "amount");
        vm.assertEq(rewards.claimVerifier(verifier(0)), 0, "once");
        vm.assertEq(token.balanceOf(verifier(0)), 2e18, "paid");
        vm.assertEq(rewards.minted(), 2e18, "minted");
    }

    function test_claimVerifier_WhenThePauseIsOver() public {
        creditVerifiers(1);
        pause(7 days);
        skip(7 days);
        vm.assertEq(rewards.claimVerifier(verifier(0)), 2e18, "amount");
    }

    function pause(uint256 duration) private {
        vm.prank(guardian);
        rewards.pause(time + duration);
    }

    function creditVerifiers(uint256 verifiers) private {
        address[] memory list = new address[](verifiers);
        for (uint256 i = 0; i < verifiers; ++i) {
            list[i] = verifier(i);
        }
        vm.prank(committees);
        rewards.creditVerifiers(list);
    }

    function verifier(uint256 i) private pure returns (address) {
        return account(["verifier 1", "verifier 2"][i]);
    }
}
