// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "./Errors.sol";

/// @title Epochs
/// @notice The reward day: time cut into epochs of the same length, numbered from 1970. All contracts of a ledger have the
/// same length, so that an epoch's number says the same everywhere.
abstract contract Epochs {
    /// @notice Shorter, and rolling epochs would cost more than they pay.
    uint256 public constant MIN_EPOCH_SECONDS = 10 seconds;
    /// @notice Longer, and a machine would wait for days until its points count.
    uint256 public constant MAX_EPOCH_SECONDS = 1 days;
    /// @dev Epochs that a call rolls by the way when nobody has done it before: two months of a real network, and at about
    /// 60,000 gas each well inside a block.
    uint256 internal constant ROLLED_BY_THE_WAY = 64;

    /// @notice Length of an epoch, in seconds: a day on a real network.
    uint256 public immutable EPOCH_SECONDS;

    constructor(uint256 epochSeconds) {
        if (epochSeconds < MIN_EPOCH_SECONDS || epochSeconds > MAX_EPOCH_SECONDS) {
            revert Errors.Epochs_LengthOutOfBounds(epochSeconds, MIN_EPOCH_SECONDS, MAX_EPOCH_SECONDS);
        }
        EPOCH_SECONDS = epochSeconds;
    }

    function _epochNow() internal view returns (uint256) {
        return block.timestamp / EPOCH_SECONDS;
    }

    /// @dev The first epoch that `until`, in unix seconds, does not cover as a whole.
    function _epochOf(uint256 until) internal view returns (uint256 epoch) {
        epoch = until / EPOCH_SECONDS;
        if (epoch > type(uint32).max) epoch = type(uint32).max;
    }
}
