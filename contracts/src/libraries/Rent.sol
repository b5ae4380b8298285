// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Rent
/// @notice The arithmetic of rent. Each rounding is against the one who could repeat it for gain.
library Rent {
    uint256 private constant TOKEN_UNITS = 1e18;
    uint256 private constant SECONDS_PER_HOUR = 3600;
    uint256 private constant BPS = 10_000;

    /// @notice Token units a second for `slots` slots. Rounded up: no lease that costs anything, however small, runs for
    /// nothing.
    /// @param usdPerSlotHour In millionths of a US dollar.
    /// @param usdPerToken In millionths of a US dollar for one whole token.
    function rate(uint256 usdPerSlotHour, uint256 slots, uint256 usdPerToken) internal pure returns (uint256) {
        return Math.ceilDiv(usdPerSlotHour * slots * TOKEN_UNITS, usdPerToken * SECONDS_PER_HOUR);
    }

    /// @notice The rate that leaves `rate_` when the operator's share of it is taken off. Rounded up, for the owner.
    function withFee(uint256 rate_, uint256 feeBps) internal pure returns (uint256) {
        return feeBps == 0 ? rate_ : Math.ceilDiv(rate_ * BPS, BPS - feeBps);
    }

    /// @notice Divides rent among operator, fire and payee; the three add up to `gross`. The fee is rounded down and the burn
    /// up, so that settling every second earns no operator and escapes no fire.
    function split(uint256 gross, uint256 feeBps, uint256 burnBps)
        internal
        pure
        returns (uint256 paid, uint256 fee, uint256 burnt)
    {
        fee = gross * feeBps / BPS;
        burnt = Math.ceilDiv((gross - fee) * burnBps, BPS);
        paid = gross - fee - burnt;
    }
}
