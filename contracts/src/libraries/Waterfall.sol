// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakes} from "../interfaces/IStakes.sol";

/// @title Waterfall
/// @notice Who gets what of a slash: the renter what he lost, and of the rest the reporter a fifth, the verifiers a fifth
/// together, the fire two fifths; what remains is the treasury's. Where there is no reporter or no verifier, his part is
/// burnt: nobody has a reason to do without one.
library Waterfall {
    struct Parts {
        uint256 renter;
        uint256 reporter;
        uint256 eachVerifier;
        uint256 burnt;
        uint256 treasury;
    }

    /// @notice Enough to be worth a report of a small fault, too little to be worth inventing one with an accomplice: he loses
    /// what is burnt and what the treasury gets, three fifths.
    uint256 internal constant REPORTER_BPS = 2000;
    uint256 internal constant VERIFIERS_BPS = 2000;
    uint256 internal constant BURN_BPS = 4000;
    uint256 private constant BPS = 10_000;

    /// @notice Divides `amount`; the parts add up to it, verifiers counted one by one.
    function divide(uint256 amount, IStakes.Split calldata split) internal pure returns (Parts memory parts) {
        if (split.renter != address(0)) {
            parts.renter = split.renterClaim < amount ? split.renterClaim : amount;
        }
        uint256 rest = amount - parts.renter;
        uint256 verifiers = split.verifiers.length;
        parts.burnt = rest * BURN_BPS / BPS;
        if (split.reporter != address(0)) parts.reporter = rest * REPORTER_BPS / BPS;
        else parts.burnt += rest * REPORTER_BPS / BPS;
        if (verifiers > 0) parts.eachVerifier = rest * VERIFIERS_BPS / BPS / verifiers;
        else parts.burnt += rest * VERIFIERS_BPS / BPS;
        parts.treasury = rest - parts.reporter - parts.eachVerifier * verifiers - parts.burnt;
    }
}
