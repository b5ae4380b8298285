// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IPrices
/// @notice The token's price in US dollars: the median of what the reporters posted lately.
interface IPrices {
    /// @notice Emitted when `reporter` posts the price of one whole token, in millionths of a US dollar.
    event Posted(address indexed reporter, uint256 usdPerToken);

    /// @notice Posts the price of one whole token in millionths of a US dollar. Only a reporter. A changed price may differ
    /// from the reporter's last one by at most MAX_DEVIATION_BPS, and not sooner than MIN_INTERVAL after it; the same price
    /// may be posted again at any time.
    function post(uint64 usdPerToken) external;
    /// @notice The median, at the last post, of the posts not older than MAX_AGE, in millionths of a US dollar; reverts when
    /// fewer than a majority of the reporters have one.
    function usdPerToken() external view returns (uint256);
    /// @notice A reporter's last post and the unix second of it; zeros when he has none.
    function postOf(address reporter) external view returns (uint256 usdPerToken, uint256 postedAt);
    /// @notice Who may post, fixed at deployment.
    function reporters() external view returns (address[] memory);
}
