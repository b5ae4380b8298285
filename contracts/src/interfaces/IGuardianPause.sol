// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IGuardianPause
/// @notice The one power that anybody has over the ledger without a vote: a guardian may stop one thing (new leases, or mints)
/// for a week in a month. A pause runs out by itself, and what it holds up is late, never lost.
interface IGuardianPause {
    /// @notice Emitted when the guardian pauses until `until`, unix seconds.
    event Paused(uint256 until);

    /// @notice Pauses until `until`, at most MAX_PAUSE from now and PAUSE_COOLDOWN after the last pause began. Only the
    /// guardian.
    function pause(uint256 until) external;
    /// @notice Unix seconds until which the pause lasts; in the past when there is none.
    function pausedUntil() external view returns (uint256);
}
