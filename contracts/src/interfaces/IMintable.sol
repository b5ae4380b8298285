// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IMintable
/// @notice What Rewards needs of Token: the one door through which supply grows.
interface IMintable {
    /// @notice Mints `amount` token units to `to`. Only Rewards.
    function mint(address to, uint256 amount) external;
}
