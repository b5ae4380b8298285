// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Staffed} from "../Staffed.sol";

/// @title WholeWorld
/// @notice The whole ledger with three machines and a few who rent, for campaigns that no contract alone can hold: chance
/// drawn from one seed an action, and what must hold of supply, stake and held tokens whatever happens.
abstract contract WholeWorld is Staffed {
    uint256 internal constant MACHINES = 3;

    address[] internal parties;
    /// @dev Token units that fire and sweeps should have burnt.
    uint256 internal burnt;
    uint256 private random;

    constructor() {
        setUp();
        for (uint256 i = 1; i <= MACHINES; ++i) {
            registerAudited(i);
        }
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            parties.push(verifier(i));
        }
        for (uint256 i = 0; i < REPORTERS; ++i) {
            parties.push(reporters()[i]);
        }
        for (uint256 i = 1; i <= MACHINES; ++i) {
            parties.push(ownerOf(i));
            parties.push(account(keyName(i)));
        }
        parties.push(address(timelock));
        parties.push(renter);
        parties.push(stranger);
        parties.push(bank());
    }

    /// @dev Around every action: the clock, which forge sets back, and the chance.
    modifier seeded(uint256 seed) {
        vm.warp(time);
        random = seed;
        _;
    }

    function draw(uint256 choices) internal returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % choices;
    }

    function chance(uint256 percent) internal returns (bool) {
        return draw(100) < percent;
    }

    function ownerName(uint256 machineId) internal pure returns (string memory) {
        return ["", "owner 1", "owner 2", "owner 3"][machineId];
    }

    function keyName(uint256 machineId) internal pure returns (string memory) {
        return ["", "key 1", "key 2", "key 3"][machineId];
    }

    function ownerOf(uint256 machineId) internal pure returns (address) {
        return account(ownerName(machineId));
    }

    /// @dev Machine i has i slots.
    function registerAudited(uint256 machineId) private {
        register(ownerName(machineId), keyName(machineId), uint8(machineId));
        setOffer(machineId, aPreemptibleOffer());
        classify(machineId, uint8(machineId));
    }

    /// @dev The machine takes leases: stake, heartbeat, class and price are as they have to be.
    function mend(uint256 machineId) internal {
        (IMachines.State state, uint8 slots) = machines.stateOf(machineId);
        uint256 missing = slots * machines.STAKE_PER_SLOT() - machines.stakeOf(machineId);
        if (missing > 0) {
            fund(ownerOf(machineId), missing);
            stake(ownerOf(machineId), missing);
            vm.prank(ownerOf(machineId));
            machines.restake(machineId);
        }
        if (state == IMachines.State.Paused) {
            vm.prank(ownerOf(machineId));
            machines.resume(machineId);
        }
        refresh(machineId);
    }

    function burnPending() internal {
        burnt += leases.pendingBurn();
        leases.burnPending();
    }

    function sweep() internal {
        uint256 pending = stakes.pending();
        burnt += pending - pending / 3;
        stakes.sweep();
    }

    /// @dev What must succeed; the reason is the run's when it does not.
    function done(address by, address to, bytes memory data) internal {
        vm.prank(by);
        (bool ok, bytes memory reason) = to.call(data);
        if (ok) return;
        assembly {
            revert(add(reason, 32), mload(reason))
        }
    }

    /// @dev What must not.
    function refused(address by, address to, bytes memory data, string memory what) internal {
        vm.prank(by);
        (bool ok,) = to.call(data);
        vm.assertTrue(!ok, what);
    }

    /// @dev I5: what was minted and is not in Rewards' count, or burnt and not in ours, shows here. I2, I13: the stake of all
    /// is what Stakes holds.
    function checkSupplyAndStake() internal view {
        vm.assertEq(
            token.totalSupply(),
            token.GENESIS_SUPPLY() + rewards.minted() - burnt,
            "I5: supply moved by another sum than was minted and burnt"
        );
        uint256 sum;
        for (uint256 i = 0; i < parties.length; ++i) {
            sum += stakes.totalOf(parties[i]);
        }
        vm.assertEq(sum, stakes.total(), "I13: the accounts do not add up to the total");
        vm.assertEq(
            token.balanceOf(address(stakes)), sum + stakes.pending(), "I2: tokens held are not the stake and what waits"
        );
    }
}
