// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Rewards} from "../src/Rewards.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IMintable} from "../src/interfaces/IMintable.sol";
import {FakeLeases} from "./fake/FakeLeases.sol";
import {FakeMachines} from "./fake/FakeMachines.sol";
import {FakeToken} from "./fake/FakeToken.sol";
import {Test} from "./Test.sol";

/// @title RewardWorld
/// @notice Rewards over fakes, with epochs of a day, and a clock that steps by epochs. Machine i is `owner i`'s.
abstract contract RewardWorld is Test {
    uint256 internal constant EPOCH = 1 days;
    /// @dev Pots of the first epoch: 20, 65, 5 and 10 % of 500,000 tokens.
    uint256 internal constant AVAILABILITY = 100_000e18;
    uint256 internal constant WORK = 325_000e18;
    uint256 internal constant TREASURY = 50_000e18;

    address internal immutable committees = account("committees");
    address internal immutable treasury = account("treasury");
    address internal immutable governance = account("governance");
    address internal immutable guardian = account("guardian");
    address internal immutable stranger = account("stranger");

    FakeToken internal token;
    FakeMachines internal machines;
    FakeLeases internal leases;
    Rewards internal rewards;

    function setUp() public virtual {
        vm.warp(time);
        token = new FakeToken();
        machines = new FakeMachines();
        leases = new FakeLeases();
        rewards = deploy(uint32(EPOCH));
        for (uint256 i = 1; i <= 3; ++i) {
            machines.setOwner(i, owner(i));
        }
    }

    function deploy(uint32 epochSeconds) internal returns (Rewards) {
        return new Rewards(
            Rewards.Config({
                token: IMintable(address(token)),
                machines: IMachines(address(machines)),
                leases: ILeases(address(leases)),
                committees: committees,
                treasury: treasury,
                governance: governance,
                guardian: guardian,
                epochSeconds: epochSeconds
            })
        );
    }

    function owner(uint256 machineId) internal pure returns (address) {
        return account(["nobody", "owner 1", "owner 2", "owner 3"][machineId]);
    }

    function now_() internal view returns (uint256) {
        return time / EPOCH;
    }

    /// @dev To the first second of the epoch `epochs` on.
    function skipEpochs(uint256 epochs) internal {
        skip((now_() + epochs) * EPOCH - time);
    }

    /// @dev An audit gives the machine `points` for the whole epochs up to and without `untilEpoch`, and Machines syncs it.
    function weigh(uint256 machineId, uint32 points, uint256 untilEpoch) internal {
        machines.setPoints(machineId, points, untilEpoch * EPOCH);
        rewards.sync(machineId);
    }

    function burn(uint256 machineId, uint256 amount) internal {
        leases.burn(machineId, now_(), amount);
    }

    function claim(uint256 machineId) internal returns (uint256) {
        return rewards.claim(machineId, new uint256[](0));
    }

    function claimWork(uint256 machineId, uint256 epoch) internal returns (uint256) {
        uint256[] memory epochs = new uint256[](1);
        epochs[0] = epoch;
        return rewards.claim(machineId, epochs);
    }

    /// @dev All that a machine was ever credited with and that was not taken from it.
    function creditOf(uint256 machineId) internal view returns (uint256) {
        return token.balanceOf(owner(machineId)) + rewards.accountOf(machineId).unvested
            + rewards.accountOf(machineId).claimable;
    }
}
