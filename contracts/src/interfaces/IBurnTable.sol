// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IBurnTable
/// @notice The share of the rent that is burnt, by how many verified slots the network has. Governance sets it, within hard
/// bounds; Leases reads it when the number of slots changes, and running leases keep the share they were opened with.
interface IBurnTable {
    /// @param fromSlots The step holds from this number of verified slots on, up to the next step.
    /// @param bps Share of the rent that is burnt, in hundredths of a percent.
    struct Step {
        uint32 fromSlots;
        uint16 bps;
    }

    /// @notice Emitted when the table changes.
    event TableSet(Step[] steps);

    /// @notice Replaces the table. Steps ascend, the first begins at 0. Only governance.
    function set(Step[] calldata steps_) external;

    /// @notice The share at `verifiedSlots`: that of the last step which begins at or below it.
    function shareFor(uint256 verifiedSlots) external view returns (uint256 bps);
    /// @notice The whole table.
    function steps() external view returns (Step[] memory);
}
