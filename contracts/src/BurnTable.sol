// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBurnTable} from "./interfaces/IBurnTable.sol";
import {Errors} from "./Errors.sol";

/// @title BurnTable
/// @notice See {IBurnTable}.
contract BurnTable is IBurnTable {
    /// @notice Below, renting from oneself would cost next to nothing.
    uint256 public constant MIN_BURN_BPS = 100;
    /// @notice Above, honest rent would move elsewhere; no vote can tax it away.
    uint256 public constant MAX_BURN_BPS = 5000;
    /// @notice Keeps the search, which every change of the number of slots pays for, to two words of storage.
    uint256 public constant MAX_STEPS = 8;

    /// @notice The timelock of the governor.
    address public immutable GOVERNANCE;

    Step[] private _steps;

    constructor(address governance, Step[] memory steps_) {
        GOVERNANCE = governance;
        _set(steps_);
    }

    /// @inheritdoc IBurnTable
    function set(Step[] calldata steps_) external {
        if (msg.sender != GOVERNANCE) revert Errors.BurnTable_NotGovernance(msg.sender);
        _set(steps_);
    }

    /// @inheritdoc IBurnTable
    function shareFor(uint256 verifiedSlots) external view returns (uint256 bps) {
        // From the highest step down, and always by ≥: a number of slots that jumps over a threshold is past it too.
        for (uint256 i = _steps.length; i > 0; --i) {
            Step memory step = _steps[i - 1];
            if (verifiedSlots >= step.fromSlots) return step.bps;
        }
    }

    /// @inheritdoc IBurnTable
    function steps() external view returns (Step[] memory) {
        return _steps;
    }

    function _set(Step[] memory steps_) private {
        if (steps_.length == 0 || steps_.length > MAX_STEPS) {
            revert Errors.BurnTable_StepsOutOfBounds(steps_.length, MAX_STEPS);
        }
        // The first step covers every number below the second, so that no number is without a share.
        if (steps_[0].fromSlots != 0) revert Errors.BurnTable_FirstNotZero(steps_[0].fromSlots);
        delete _steps;
        for (uint256 i = 0; i < steps_.length; ++i) {
            Step memory step = steps_[i];
            if (i > 0 && step.fromSlots <= steps_[i - 1].fromSlots) {
                revert Errors.BurnTable_NotAscending(step.fromSlots, steps_[i - 1].fromSlots);
            }
            if (step.bps < MIN_BURN_BPS || step.bps > MAX_BURN_BPS) {
                revert Errors.BurnTable_ShareOutOfBounds(step.bps, MIN_BURN_BPS, MAX_BURN_BPS);
            }
            _steps.push(step);
        }
        emit TableSet(steps_);
    }
}
