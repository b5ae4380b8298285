// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "./interfaces/ILeases.sol";
import {Errors} from "./Errors.sol";

/// @title OpeningPause
/// @notice The one power that anybody has over the ledger: a guardian may stop new leases for a week in a month. It
/// runs out by itself, and touches no lease that is open, and no money.
abstract contract OpeningPause is ILeases {
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

    constructor(address guardian) {
        GUARDIAN = guardian;
    }

    modifier whenOpeningNotPaused() {
        if (block.timestamp < _pause.until) revert Errors.Leases_OpeningPaused(_pause.until);
        _;
    }

    /// @inheritdoc ILeases
    function pauseOpening(uint256 untilTimestamp) external {
        if (msg.sender != GUARDIAN) revert Errors.Leases_NotGuardian(msg.sender);
        uint256 latest = block.timestamp + MAX_PAUSE;
        if (untilTimestamp <= block.timestamp || untilTimestamp > latest) {
            revert Errors.Leases_PauseOutOfBounds(untilTimestamp, latest);
        }
        uint256 allowedAt = _pause.pausedAt + PAUSE_COOLDOWN;
        if (block.timestamp < allowedAt) revert Errors.Leases_PauseTooSoon(allowedAt);

        _pause = Pause({pausedAt: uint40(block.timestamp), until: uint40(untilTimestamp)});
        emit OpeningPaused(untilTimestamp);
    }

    /// @inheritdoc ILeases
    function openingPausedUntil() external view returns (uint256) {
        return _pause.until;
    }
}
