// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakePrices
/// @notice A price that a test sets, and that it can let go stale.
contract FakePrices {
    error Stale();

    uint256 private _usdPerToken;
    bool private _stale;

    function set(uint256 price) external {
        _usdPerToken = price;
    }

    function setStale(bool stale) external {
        _stale = stale;
    }

    function usdPerToken() external view returns (uint256) {
        if (_stale) revert Stale();
        return _usdPerToken;
    }
}
