// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {ProgramWorld} from "../ProgramWorld.sol";

/// @title ProgramsFuzz
/// @notice Random joins, leaves, syncs and claims of three machines in two programmes of one token.
contract ProgramsFuzz is ProgramWorld {
    uint256 private random;

    function testFuzz_budgets_ArePaidOutOfAndNoFaster(uint256 seed) public {
        random = seed;
        create(IPrograms.Fact.Availability, 1 + draw(60));
        create(IPrograms.Fact.Work, 1 + draw(60));
        uint256[2] memory budgets = [programs.budgetOf(1), programs.budgetOf(2)];
        uint256 from = now_() + 1;
        for (uint256 step = 0; step < 60; ++step) {
            uint256 id = 1 + draw(2);
            uint256 machineId = 1 + draw(3);
            bool isMember = programs.memberOf(id, machineId).until == type(uint32).max;
            uint256 action = draw(8);
            if (action == 0) {
                if (isMember) leave(id, machineId);
                else if (now_() + 1 < programs.program(id).untilEpoch) join(id, machineId);
            } else if (action < 3) {
                machines.setPoints(machineId, uint32(draw(4) * 5), time + draw(20 days));
                if (isMember) programs.sync(id, machineId);
            } else if (action == 3) {
                skipEpochs(1 + draw(3));
            } else if (action == 4) {
                leases.burn(machineId, now_(), draw(2) == 0 ? draw(100e18) : draw(5000e18));
            } else if (action == 5) {
                programs.roll(id, draw(5));
            } else {
                programs.claim(id, machineId, lastEpochs(id));
            }
            for (uint256 i = 0; i < 2; ++i) {
                uint256 epochs = programs.nextEpochOf(i + 1) - from;
                vm.assertLe(
                    budgets[i] - programs.budgetOf(i + 1), epochs * PER_EPOCH, "I3: no faster than the schedule"
                );
            }
            vm.assertEq(
                programs.budgetOf(1) + programs.budgetOf(2),
                token.balanceOf(address(programs)),
                "I2: the budgets are held"
            );
        }
        skipEpochs(70 + CLAIM_EPOCHS);
        for (uint256 id = 1; id <= 2; ++id) {
            for (uint256 machineId = 1; machineId <= 3; ++machineId) {
                claim(id, machineId);
                vm.assertEq(programs.memberOf(id, machineId).owed, 0, "all that is owed is paid");
            }
            vm.prank(sponsor);
            programs.reclaim(id);
        }
        vm.assertEq(token.balanceOf(address(programs)), 0, "nothing is stuck");
    }

    function lastEpochs(uint256 id) private returns (uint256[] memory epochs) {
        programs.roll(id, 100);
        uint256 next = programs.nextEpochOf(id);
        epochs = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            epochs[i] = next - 1 - draw(4);
        }
    }

    function draw(uint256 below) private returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % below;
    }
}
