// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IGuardianPause} from "./IGuardianPause.sol";

/// @title IRewards
/// @notice What the network pays for: being there (availability pot, by points), being used (work pot, by value burnt) and
/// verifying. The one place where tokens are minted, by a formula with a floor and a ceiling in code.
///
/// An epoch is EPOCH_SECONDS. Its pots are known when it begins; who gets what is known when it is rolled, after its end.
/// Availability: points × pot ÷ all points that were fresh the whole epoch. Work: value burnt × min(pot ÷ all value burnt, κ),
/// κ < 1, so that renting from oneself always loses. What an epoch does not hand out is never minted.
///
/// New points count from the next epoch on. In the epoch in which they change, the old ones count if they rise and nothing
/// does if they fall: what was not there the whole epoch is not paid for it.
///
/// A quarter of a machine's reward is paid at once; the rest vests evenly over 150 days, beginning with the next half month,
/// and what has not vested is the first that a slash takes.
///
/// The guardian's pause holds up mints to machines, verifiers and treasury: what is owed stays owed. Slashes go on.
interface IRewards is IGuardianPause {
    /// @param points Weight in the availability pot, as last set.
    /// @param fromEpoch The first epoch whose availability has not been credited.
    /// @param untilEpoch The epoch from which those points no longer count.
    /// @param unvested Token units that are still to vest; a slash takes them first.
    /// @param claimable Token units that can be claimed now.
    struct Account {
        uint32 points;
        uint32 fromEpoch;
        uint32 untilEpoch;
        uint96 unvested;
        uint96 claimable;
    }

    /// @notice Emitted when an epoch is rolled: what its pots pay for one point and for 1e18 of value burnt.
    event Rolled(uint256 indexed epoch, uint256 availabilityPot, uint256 points, uint256 workPot, uint256 burnt);
    /// @notice Emitted when a machine's weight changes from `fromEpoch` on.
    event Weighed(uint256 indexed machineId, uint256 points, uint256 fromEpoch, uint256 untilEpoch);
    /// @notice Emitted when reward is credited to a machine: a quarter at once, the rest to vest.
    event Credited(uint256 indexed machineId, uint256 availability, uint256 work);
    /// @notice Emitted when a machine's owner is paid `amount` of freshly minted tokens.
    event Claimed(uint256 indexed machineId, address indexed owner, uint256 amount);
    /// @notice Emitted when `amount` of unvested reward is lost to a slash.
    event Forfeited(uint256 indexed machineId, uint256 amount);
    /// @notice Emitted when verifiers are owed the flat pay for a vote.
    event VerifiersCredited(uint256 indexed epoch, uint256 verifiers, uint256 payEach);
    /// @notice Emitted when a verifier is paid.
    event VerifierPaid(address indexed verifier, uint256 amount);
    /// @notice Emitted when the treasury is paid its share of rolled epochs.
    event TreasuryPaid(uint256 amount);
    /// @notice Emitted when κ changes, in hundredths of a percent, from `fromEpoch` on.
    event KappaSet(uint256 kappaBps, uint256 fromEpoch);

    /// @notice Closes up to `epochs` epochs that are over, and pays the treasury its share of all that are closed. Anyone.
    function roll(uint256 epochs) external;
    /// @notice Takes the machine's points of now for the epochs to come. Machines calls it when the class changes; anyone may.
    /// It refuses nothing: an audit must not fail for it.
    function sync(uint256 machineId) external;
    /// @notice Credits what the machine has earned in rolled epochs (of work, in the `workEpochs` named) and pays what is
    /// claimable to its owner. Epochs without work, or claimed before, pay nothing. While mints are paused it credits and
    /// pays nothing. Anyone.
    function claim(uint256 machineId, uint256[] calldata workEpochs) external returns (uint256 amount);
    /// @notice Takes up to `amount` of unvested reward for a slash and mints it to `to`. Only Machines.
    function forfeit(uint256 machineId, uint256 amount, address to) external returns (uint256 taken);
    /// @notice Owes each of `verifiers` the flat pay, or an equal part of what is left in the epoch's verifier pot. Only
    /// Committees.
    function creditVerifiers(address[] calldata verifiers) external;
    /// @notice Pays a verifier what he is owed. Anyone.
    function claimVerifier(address verifier) external returns (uint256 amount);
    /// @notice Sets κ, the most that is paid for one unit of value burnt, for epochs that have not begun. Only governance,
    /// within MIN_KAPPA_BPS … MAX_KAPPA_BPS.
    function setKappa(uint256 kappaBps) external;

    /// @notice What the schedule allows to be minted in `epoch`, in token units.
    function emissionOf(uint256 epoch) external view returns (uint256);
    /// @notice The epoch that has now begun.
    function currentEpoch() external view returns (uint256);
    /// @notice The first epoch that is not rolled yet.
    function nextEpoch() external view returns (uint256);
    /// @notice How a machine stands, as of its last credit.
    function accountOf(uint256 machineId) external view returns (Account memory);
    /// @notice What `claim` would pay now without work and without rolling, in token units.
    function claimableOf(uint256 machineId) external view returns (uint256);
    /// @notice What 1e18 of value burnt in a rolled epoch is paid.
    function workRateOf(uint256 epoch) external view returns (uint256);
    /// @notice Whether a machine has been paid for its work in `epoch`.
    function isWorkClaimed(uint256 machineId, uint256 epoch) external view returns (bool);
    /// @notice κ in `epoch`, in hundredths of a percent.
    function kappaOf(uint256 epoch) external view returns (uint256);
    /// @notice Token units that a verifier can claim.
    function owedTo(address verifier) external view returns (uint256);
    /// @notice Token units of the treasury's share that are not minted yet.
    function owedToTreasury() external view returns (uint256);
    /// @notice Token units minted since deployment.
    function minted() external view returns (uint256);
}
