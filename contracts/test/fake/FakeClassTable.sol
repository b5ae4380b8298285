// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";

/// @title FakeClassTable
/// @notice Every slot weighs the same, as much as a test says.
contract FakeClassTable {
    uint32 private _pointsPerSlot = 64;

    function set(uint32 pointsPerSlot) external {
        _pointsPerSlot = pointsPerSlot;
    }

    function weigh(IMachines.Class calldata measured) external view returns (uint32) {
        return _pointsPerSlot * measured.slots;
    }
}
