// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardsAttacks
/// @notice What rewards were farmed by elsewhere, tried here.
contract RewardsAttacks is RewardWorld {
    uint256 private random;

    /// @dev Machine 1 rents from itself in 200 epochs, machine 3 is its twin that does not, machine 2 is rented or not. However
    /// much is burnt, when, and against whom: what the twin does not get is less than what was burnt (I24).
    function testFuzz_attack_washRent_AlwaysLoses(uint256 seed) public {
        random = seed;
        bool othersRent = draw(2) == 0;
        bool hasPoints = draw(2) == 0;
        uint256 scale = 10 ** (3 + draw(24));
        uint256 burnt;
        for (uint256 i = 0; i < 200; ++i) {
            if (hasPoints && i % 20 == 0) {
                uint32 points = uint32(1 + draw(100));
                weigh(1, points, now_() + 30);
                weigh(3, points, now_() + 30);
            }
            uint256 burn_ = draw(3) == 0 ? 0 : draw(scale) + 1;
            burnt += burn_;
            if (burn_ > 0) burn(1, burn_);
            if (othersRent && draw(2) == 0) burn(2, draw(scale * 10));
            uint256 before = creditOf(1);
            uint256 epoch = now_();
            skipEpochs(1);
            if (hasPoints) continue;
            claimWork(1, epoch);
            vm.assertLe((creditOf(1) - before) * 10_000, burn_ * rewards.KAPPA_BPS(), "kappa of each epoch");
        }
        uint256[] memory epochs = new uint256[](200);
        for (uint256 i = 0; i < 200; ++i) {
            epochs[i] = now_() - 200 + i;
        }
        rewards.claim(1, epochs);
        rewards.claim(3, epochs);
        vm.assertTrue(burnt > 0, "something was burnt");
        vm.assertTrue(creditOf(1) - creditOf(3) < burnt, "less than was burnt");
    }

    /// @dev The work pot is not an auction that one can win late: an epoch that others left empty pays κ and no more.
    function test_attack_loneRenter_DoesNotGetThePot() public {
        burn(1, 1);
        skipEpochs(1);
        claimWork(1, now_() - 1);
        vm.assertEq(creditOf(1), 0, "0.8 of a unit is nothing");
    }

    /// @dev Tokens sent to a contract that divides by shares have broken many: here nothing is divided by a balance.
    function test_attack_firstStakerDonation_ChangesNothing() public {
        token.mint(address(rewards), 1_000_000e18);
        weigh(1, 1, now_() + 9);
        skipEpochs(1);
        token.mint(address(rewards), 1_000_000e18);
        weigh(2, 1_000_000, now_() + 9);
        skipEpochs(2);
        claim(1);
        claim(2);
        uint256 start = rewards.START_EPOCH();
        uint256 first = rewards.emissionOf(start + 1) * 1999 / 10_000;
        uint256 second = rewards.emissionOf(start + 2) * 1998 / 10_000;
        vm.assertLe(creditOf(1), first + second / 1_000_000, "its epoch, and its part of the next");
        vm.assertLe(creditOf(1) + creditOf(2), first + second, "no more than the pots");
        vm.assertLe(second * 999_998 / 1_000_000, creditOf(2), "the second is not diluted away");
    }

    function test_attack_claimAcrossTwoEpochsTwice_PaysOnce() public {
        uint256 epoch = now_();
        burn(1, 100e18);
        skipEpochs(1);
        burn(1, 100e18);
        skipEpochs(1);
        uint256[] memory epochs = new uint256[](5);
        (epochs[0], epochs[1], epochs[2], epochs[3], epochs[4]) = (epoch, epoch + 1, epoch, epoch + 1, epoch);
        rewards.claim(1, epochs);
        rewards.claim(1, epochs);
        vm.assertEq(creditOf(1), 160e18, "each once");
    }

    function test_attack_claimOfAnUnrolledEpoch_IsRefused() public {
        burn(1, 100e18);
        uint256 epoch = now_();
        skip((epoch + 1) * EPOCH - 1 - time);
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_NotRolled.selector, epoch, epoch));
        claimWork(1, epoch);
        // Had it been paid, and marked as such, before this was burnt, the rest would be lost; had it not, paid twice.
        burn(2, 1_000_000e18);
        skip(1);
        claimWork(1, epoch);
        vm.assertLe(creditOf(1), WORK * 100e18 / 1_000_100e18, "by the whole epoch's value");
    }

    /// @dev Work of an epoch before the ledger's is nobody's.
    function test_attack_claimBeforeTheBeginning_PaysNothing() public {
        leases.burn(1, now_() - 1, 100e18);
        leases.burn(1, 0, 100e18);
        skipEpochs(1);
        claimWork(1, now_() - 2);
        claimWork(1, 0);
        vm.assertEq(creditOf(1), 0, "nothing");
    }

    /// @dev Points for the second in which one looks: there is no such second.
    function test_attack_flashPoints_PayNothing() public {
        weigh(2, 10, now_() + 9);
        skip((now_() + 1) * EPOCH - 1 - time);
        weigh(1, 1_000_000, now_() + 9);
        skip(1);
        weigh(1, 0, 0);
        skipEpochs(3);
        claim(1);
        vm.assertEq(creditOf(1), 0, "nothing");
    }

    /// @dev Whoever syncs another's machine again and again takes nothing from it.
    function test_attack_syncByOthers_CostsTheMachineNothing() public {
        weigh(1, 10, now_() + 100);
        weigh(2, 10, now_() + 100);
        for (uint256 i = 0; i < 30; ++i) {
            skip(EPOCH * 2 / 5);
            vm.prank(stranger);
            rewards.sync(1);
        }
        skipEpochs(1);
        claim(1);
        claim(2);
        vm.assertLe(creditOf(2), creditOf(1) + 1000, "as much as the one that was left alone");
    }

    /// @dev Nor does one who makes it claim every hour slow its vesting.
    function test_attack_claimByOthers_DoesNotSlowVesting() public {
        burn(1, 100e18);
        skipEpochs(1);
        claimWork(1, now_() - 1);
        for (uint256 i = 0; i < 600; ++i) {
            skip(6 hours);
            vm.prank(stranger);
            claim(1);
        }
        skip(15 days);
        claim(1);
        vm.assertEq(token.balanceOf(owner(1)), 80e18, "all vested");
    }

    /// @dev A machine that expects a slash cannot hide its rewards by leaving them uncredited, or get them out by claiming.
    function test_attack_hidingFromASlash_KeepsAQuarter() public {
        weigh(1, 10, now_() + 31);
        weigh(2, 10, now_() + 31);
        for (uint256 i = 0; i < 31; ++i) {
            skipEpochs(1);
            claim(2);
        }
        vm.prank(address(machines));
        uint256 hidden = rewards.forfeit(1, type(uint256).max, treasury);
        vm.prank(address(machines));
        uint256 claimed = rewards.forfeit(2, type(uint256).max, treasury);
        vm.assertTrue(hidden >= claimed, "hiding saves nothing");
        claim(1);
        vm.assertLe(creditOf(1), (creditOf(1) + hidden) / 4 + 1, "a quarter is left");
        skip(300 days);
        vm.assertEq(claim(1), 0, "for good");
    }

    /// @dev κ cannot be raised for an epoch in which value has already been burnt.
    function test_attack_retroactiveKappa_DoesNotReachBack() public {
        vm.prank(governance);
        rewards.setKappa(1000);
        skipEpochs(1);
        burn(1, 100e18);
        skipEpochs(1);
        vm.prank(governance);
        rewards.setKappa(9000);
        skipEpochs(1);
        claimWork(1, now_() - 2);
        vm.assertEq(creditOf(1), 10e18, "by the kappa of then");
    }

    /// @dev Committees that dismiss without end cannot pay verifiers more than the pot.
    function test_attack_verifierPot_IsNotOverdrawn() public {
        address[] memory verifiers = new address[](100);
        for (uint256 i = 0; i < 100; ++i) {
            verifiers[i] = stranger;
        }
        for (uint256 i = 0; i < 200; ++i) {
            vm.prank(committees);
            rewards.creditVerifiers(verifiers);
        }
        vm.assertLe(rewards.owedTo(stranger), rewards.emissionOf(now_()) / 20, "the pot");
    }

    function draw(uint256 below) private returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % below;
    }
}
