// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "./Errors.sol";

/// @title GuardianPause
/// @notice The one power that anybody has over the ledger without a vote: a guardian may stop what is new (leases, mints)
/// for a week in a month. It runs out by itself, and touches nothing that is open, and no money that is owed.
abstract contract GuardianPause {
    struct Pause {
        uint40 pausedAt;
        uint40 until;
    }

    /// @notice The longest pause, in seconds: time to look into an alarm, not to govern.
    uint256 public constant MAX_PAUSE = 7 days;
    /// @notice Seconds from one pause to the next.
    uint256 public constant PAUSE_COOLDOWN = 30 days;

    address public immutable GUARDIAN;

    Pause private _pause;

    /// @notice Emitted when the guardian stops what is new until `untilTimestamp`.
    event Paused(uint256 untilTimestamp);

    constructor(address guardian) {
        GUARDIAN = guardian;
    }

    modifier whenNotPaused() {
        if (block.timestamp < _pause.until) revert Errors.Guardian_Paused(_pause.until);
        _;
    }

    /// @notice Stops what is new, for at most MAX_PAUSE and at most once a PAUSE_COOLDOWN; expires by itself. Only the
    /// guardian.
    function pause(uint256 untilTimestamp) external {
        if (msg.sender != GUARDIAN) revert Errors.Guardian_NotGuardian(msg.sender);
        uint256 latest = block.timestamp + MAX_PAUSE;
        if (untilTimestamp <= block.timestamp || untilTimestamp > latest) {
            revert Errors.Guardian_PauseOutOfBounds(untilTimestamp, latest);
        }
        uint256 allowedAt = _pause.pausedAt + PAUSE_COOLDOWN;
        if (block.timestamp < allowedAt) revert Errors.Guardian_PauseTooSoon(allowedAt);

        _pause = Pause({pausedAt: uint40(block.timestamp), until: uint40(untilTimestamp)});
        emit Paused(untilTimestamp);
    }

    /// @notice Unix seconds until which nothing new is let in; in the past when there is no pause.
    function pausedUntil() public view returns (uint256) {
        return _pause.until;
    }
}
