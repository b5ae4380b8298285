// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IBurnTable
/// @notice Which share of the rent is burnt, by the number of verified slots on the network. Set by governance, inside hard
/// bounds.
interface IBurnTable {
    /// @notice The share of new leases, in hundredths of a percent.
    function shareFor(uint256 verifiedSlots) external view returns (uint256 bps);
}
