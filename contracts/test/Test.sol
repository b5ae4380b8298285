// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @title Test
/// @notice What every test stands on: the cheat codes, a clock that only goes forward, and accounts with known keys.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Kept beside `block.timestamp`, which the compiler may read once and keep.
    uint256 internal time = 1_800_000_000;

    function skip(uint256 duration) internal {
        time += duration;
        vm.warp(time);
    }

    function privateKeyOf(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name)));
    }

    function account(string memory name) internal pure returns (address) {
        return vm.addr(privateKeyOf(name));
    }

    /// @dev Folds a random value into min … max, both included.
    function bound(uint256 value, uint256 min, uint256 max) internal pure returns (uint256) {
        if (value >= min && value <= max) return value;
        return min + value % (max - min + 1);
    }

    /// @dev Until `assertNoLogs` nothing may be said: a call that changes nothing tells nobody of it.
    function expectNoLogs() internal {
        vm.recordLogs();
    }

    function assertNoLogs() internal {
        vm.assertEq(vm.getRecordedLogs().length, 0, "logs");
    }

    function expectLog(address emitter) internal {
        vm.expectEmit(true, true, true, true, emitter);
    }
}
