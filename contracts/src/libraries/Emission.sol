// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Emission
/// @notice How much may be minted, and for what, as a pure function of the time since deployment. What an epoch does not hand
/// out is never minted, so these are ceilings; nothing can raise them.
library Emission {
    /// @param availability For machines that are there, by points.
    /// @param work For machines that are used, by value burnt: the rest.
    /// @param verifiers For votes of verifiers.
    /// @param treasury For the treasury.
    struct Pots {
        uint256 availability;
        uint256 work;
        uint256 verifiers;
        uint256 treasury;
    }

    /// @notice Token units a day at the start: 0.05 % of the genesis supply, enough for machines to come before renters do.
    uint256 internal constant CEILING = 500_000e18;
    /// @notice Token units a day in the end: under 2 % of the genesis supply a year, which burning can outweigh.
    uint256 internal constant FLOOR = 50_000e18;
    /// @notice Seconds in which the emission falls from CEILING to FLOOR: three years.
    uint256 internal constant FALL = 1095 days;
    /// @notice The availability pot's share at the start: pay for being there can be gamed, so it never is the larger part.
    uint256 internal constant AVAILABILITY_START_BPS = 2000;
    /// @notice The availability pot's share after FALL.
    uint256 internal constant AVAILABILITY_END_BPS = 500;
    /// @notice The verifiers' share, an upper bound: votes are paid flat.
    uint256 internal constant VERIFIERS_BPS = 500;
    /// @notice The treasury's share.
    uint256 internal constant TREASURY_BPS = 1000;

    uint256 private constant BPS = 10_000;

    /// @notice What may be minted for an epoch that begins `elapsed` seconds after the first one, in token units.
    function total(uint256 elapsed, uint256 epochSeconds) internal pure returns (uint256) {
        uint256 daily = elapsed < FALL ? CEILING - (CEILING - FLOOR) * elapsed / FALL : FLOOR;
        return daily * epochSeconds / 1 days;
    }

    /// @notice `total` divided into pots that add up to it.
    function pots(uint256 elapsed, uint256 epochSeconds) internal pure returns (Pots memory pots_) {
        uint256 amount = total(elapsed, epochSeconds);
        uint256 fallen = elapsed < FALL ? elapsed : FALL;
        uint256 availabilityBps =
            AVAILABILITY_START_BPS - (AVAILABILITY_START_BPS - AVAILABILITY_END_BPS) * fallen / FALL;
        pots_.availability = amount * availabilityBps / BPS;
        pots_.verifiers = amount * VERIFIERS_BPS / BPS;
        pots_.treasury = amount * TREASURY_BPS / BPS;
        pots_.work = amount - pots_.availability - pots_.verifiers - pots_.treasury;
    }
}
