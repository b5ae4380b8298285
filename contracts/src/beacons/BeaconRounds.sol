// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Errors} from "../Errors.sol";
import {IBeacon} from "../interfaces/IBeacon.sol";

/// @title BeaconRounds
/// @notice When rounds are published: round 1 at GENESIS, and one more each PERIOD seconds. There is no round 0.
abstract contract BeaconRounds is IBeacon {
    /// @notice The unix second at which round 1 is published.
    uint256 public immutable GENESIS;
    /// @notice Seconds from one round to the next.
    uint256 public immutable PERIOD;

    constructor(uint256 genesis, uint256 period) {
        if (period == 0) revert Errors.Beacon_PeriodInvalid(period);
        GENESIS = genesis;
        PERIOD = period;
    }

    /// @inheritdoc IBeacon
    function roundAfter(uint256 timestamp) external view returns (uint64) {
        if (timestamp < GENESIS) return 1;
        return SafeCast.toUint64((timestamp - GENESIS) / PERIOD + 2);
    }

    /// @inheritdoc IBeacon
    function timeOf(uint64 round) external view returns (uint256) {
        if (round == 0) revert Errors.Beacon_RoundUnknown(round);
        return GENESIS + (round - 1) * PERIOD;
    }
}
