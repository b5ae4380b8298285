// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IBeacon
/// @notice Randomness that nobody in the ledger can foresee or choose: numbered rounds, each published at a known second,
/// each provable to a contract by whoever holds its proof. Rounds count from 1, so that 0 can mean none.
interface IBeacon {
    /// @notice The first round that is published after `timestamp`; one published in that very second is not.
    function roundAfter(uint256 timestamp) external view returns (uint64 round);
    /// @notice The unix second at which `round` is published; reverts with `Beacon_RoundUnknown` for round 0.
    function timeOf(uint64 round) external view returns (uint256 timestamp);
    /// @notice The randomness of `round`; reverts with `Beacon_ProofInvalid` unless `proof` is the beacon's for that round.
    function randomness(uint64 round, bytes calldata proof) external view returns (bytes32);
}
