// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakes} from "../interfaces/IStakes.sol";

/// @title Waterfall
/// @notice Who gets what of a slash: the renter what he lost, and of the rest the reporter a fifth and the verifiers a fifth
/// together. What remains is nobody's: two thirds of it are burnt and a third is the treasury's. Where there is no reporter
/// or no verifier, his part remains too: nobody has a reason to do without one.
library Waterfall {
    struct Parts {
        uint256 renter;
        uint256 reporter;
        uint256 eachVerifier;
        uint256 rest;
    }

    /// @notice Enough to be worth a report of a small fault, too little to be worth inventing one with an accomplice: he loses
    /// three fifths.
    uint256 internal constant REPORTER_BPS = 2000;
    uint256 internal constant VERIFIERS_BPS = 2000;
    uint256 private constant BPS = 10_000;

    /// @notice Divides `amount`; the parts add up to it, verifiers counted one by one.
    function divide(uint256 amount, IStakes.Split calldata split) internal pure returns (Parts memory parts) {
        uint256 left = amount;
        if (split.renter != address(0)) {
            parts.renter = split.renterClaim < amount ? split.renterClaim : amount;
            left -= parts.renter;
        }
        uint256 verifiers = split.verifiers.length;
        if (split.reporter != address(0)) parts.reporter = left * REPORTER_BPS / BPS;
        if (verifiers > 0) parts.eachVerifier = left * VERIFIERS_BPS / BPS / verifiers;
        parts.rest = left - parts.reporter - parts.eachVerifier * verifiers;
    }

    /// @notice Divides what remained of slashes between fire and treasury. Rounded up for the fire.
    function divideRest(uint256 rest) internal pure returns (uint256 burnt, uint256 toTreasury) {
        toTreasury = rest / 3;
        burnt = rest - toTreasury;
    }
}
