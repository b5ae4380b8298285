// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeBurnTable
/// @notice One share for any number of slots, and the number it was last asked with.
contract FakeBurnTable {
    uint256 private _bps;

    constructor(uint256 bps) {
        _bps = bps;
    }

    function set(uint256 bps) external {
        _bps = bps;
    }

    function shareFor(uint256) external view returns (uint256) {
        return _bps;
    }
}
