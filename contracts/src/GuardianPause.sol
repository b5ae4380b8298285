// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IGuardianPause} from "./interfaces/IGuardianPause.sol";
import {Errors} from "./Errors.sol";

/// @title GuardianPause
/// @notice See {IGuardianPause}. What is paused is up to the contract that builds on this one: it marks it `whenNotPaused`.
abstract contract GuardianPause is IGuardianPause {
    struct Pause {
        uint40 pausedAt;
        uint40 until;
    }

    /// @notice The longest pause, in seconds: time to look into an alarm, not to govern.
    uint256 public constant MAX_PAUSE = 7 days;
    /// @notice Seconds from one pause to the next: three weeks out of four are out of the guardian's reach.
    uint256 public constant PAUSE_COOLDOWN = 30 days;

    address public immutable GUARDIAN;

    Pause private _pause;

    constructor(address guardian) {
        GUARDIAN = guardian;
    }

    modifier whenNotPaused() {
        if (_isPaused()) revert Errors.Guardian_Paused(_pause.until);
        _;
    }

    /// @inheritdoc IGuardianPause
    function pause(uint256 until) public virtual {
        if (msg.sender != GUARDIAN) revert Errors.Guardian_NotGuardian(msg.sender);
        uint256 latest = block.timestamp + MAX_PAUSE;
        if (until <= block.timestamp || until > latest) revert Errors.Guardian_PauseOutOfBounds(until, latest);
        uint256 allowedAt = _pause.pausedAt + PAUSE_COOLDOWN;
        if (block.timestamp < allowedAt) revert Errors.Guardian_PauseTooSoon(allowedAt);

        _pause = Pause({pausedAt: uint40(block.timestamp), until: uint40(until)});
        emit Paused(until);
    }

    /// @inheritdoc IGuardianPause
    function pausedUntil() public view virtual returns (uint256) {
        return _pause.until;
    }

    function _isPaused() internal view returns (bool) {
        return block.timestamp < _pause.until;
    }
}
