// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RewardWorld} from "../RewardWorld.sol";

/// @title RewardsFuzz
/// @notice Random orders of calls against a naive model that keeps the weight of every machine in every epoch.
contract RewardsFuzz is RewardWorld {
    uint256 private constant STEPS = 48;
    uint256 private constant HORIZON = 1200;

    uint256 private start;
    uint256 private random;
    /// @dev What machine 1 … 3 weighs in the epoch `start + e`.
    uint256[HORIZON][4] private weight;

    /// @dev Epochs are never far behind: the credits are the model's, but for rounding.
    function testFuzz_points_AreCreditedAsTheModelSays(uint256 seed) public {
        run(seed, 2);
        for (uint256 i = 1; i <= 3; ++i) {
            uint256 expected = modelOf(i);
            vm.assertLe(creditOf(i), expected + 1000, "no more than the model");
            vm.assertLe(expected, creditOf(i) + 1e6, "no less than the model");
        }
    }

    /// @dev Epochs may be behind by hundreds: no machine gets more than the model, and all together no more than the pots.
    function testFuzz_points_AreNeverOverCreditedWhenNobodyRolls(uint256 seed) public {
        run(seed, 40);
        for (uint256 i = 1; i <= 3; ++i) {
            vm.assertLe(creditOf(i), modelOf(i) + 1000, "no more than the model");
        }
    }

    function testFuzz_work_NeverPaysMoreThanThePotOrKappa(uint256 seed) public {
        random = seed;
        uint256 epoch = now_();
        uint256[4] memory burnt;
        for (uint256 i = 1; i <= 3; ++i) {
            burnt[i] = draw(3) == 0 ? draw(1000) : draw(10 ** (6 + draw(20)));
            burn(i, burnt[i]);
        }
        uint256 kappa = 1000 + draw(8001);
        vm.warp(time - EPOCH);
        vm.prank(governance);
        rewards.setKappa(kappa);
        vm.warp(time);
        skipEpochs(1);
        uint256 sum;
        for (uint256 i = 1; i <= 3; ++i) {
            claimWork(i, epoch);
            vm.assertLe(creditOf(i) * 10_000, burnt[i] * kappa, "kappa");
            sum += creditOf(i);
        }
        vm.assertLe(sum, WORK, "pot");
    }

    function run(uint256 seed, uint256 longest) private {
        random = seed;
        start = now_();
        for (uint256 step = 0; step < STEPS && now_() - start + 80 < HORIZON; ++step) {
            uint256 machineId = 1 + draw(3);
            uint256 action = draw(10);
            if (action < 4) {
                syncRandomly(machineId);
            } else if (action < 7) {
                skipEpochs(1 + draw(longest));
            } else if (action == 7) {
                skip(draw(EPOCH));
            } else if (action == 8) {
                rewards.roll(draw(9));
            } else {
                claim(machineId);
            }
            assertBounded();
        }
        skipEpochs(1);
        rewards.roll(HORIZON);
        for (uint256 i = 1; i <= 3; ++i) {
            claim(i);
        }
        assertBounded();
    }

    function syncRandomly(uint256 machineId) private {
        uint32 points = uint32(draw(4) * 5);
        uint256 until = draw(8) == 0 ? time - draw(2 * EPOCH) : time + draw(20 * EPOCH);
        machines.setPoints(machineId, points, until);
        rewards.sync(machineId);

        uint256 current = now_() - start;
        uint256 end = until / EPOCH < start ? 0 : until / EPOCH - start;
        if (end <= current) points = 0;
        if (points < weight[machineId][current]) weight[machineId][current] = 0;
        for (uint256 e = current + 1; e < current + 40; ++e) {
            weight[machineId][e] = e < end ? points : 0;
        }
    }

    function modelOf(uint256 machineId) private view returns (uint256 sum) {
        for (uint256 e = 0; e < now_() - start; ++e) {
            uint256 all = weight[1][e] + weight[2][e] + weight[3][e];
            if (all == 0) continue;
            uint256 pot = rewards.emissionOf(start + e) * (2000 - 1500 * e / 1095) / 10_000;
            sum += pot * weight[machineId][e] / all;
        }
    }

    function assertBounded() private view {
        uint256 emitted;
        for (uint256 epoch = start; epoch < rewards.nextEpoch(); ++epoch) {
            emitted += rewards.emissionOf(epoch);
        }
        vm.assertLe(rewards.minted(), emitted, "I3");
        vm.assertEq(rewards.minted(), token.totalSupply(), "I5");
    }

    function draw(uint256 below) private returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % below;
    }
}
