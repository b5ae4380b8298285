// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IBeacon
/// @notice Randomness that nobody in the ledger can foresee or choose: numbered rounds, each published at a known second,
/// each provable to a contract by whoever holds its proof.
interface IBeacon {
    /// @notice The first round that is published after `timestamp`.
    function roundAfter(uint256 timestamp) external view returns (uint64 round);
    /// @notice The unix second at which `round` is published.
    function timeOf(uint64 round) external view returns (uint256 timestamp);
    /// @notice The randomness of `round`; reverts with `Beacon_ProofInvalid` unless `proof` is the beacon's for that round.
    function randomness(uint64 round, bytes calldata proof) external view returns (bytes32);
}
