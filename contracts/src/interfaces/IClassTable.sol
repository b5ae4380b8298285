// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "./IMachines.sol";

/// @title IClassTable
/// @notice What a measured slot is called, and what it weighs in rewards. Governance sets the table, within hard bounds;
/// Machines asks it when an audit gives a class, and a machine keeps its points until its next audit.
///
/// A slot is of the last row of its kind whose bands of compute and memory it reaches. Rows rise in points, so that is the
/// row which weighs most; a slot that reaches none weighs 1.
interface IClassTable {
    /// @param name What a slot of this row can do, in ASCII, padded with zeros.
    /// @param kind 0 cpu, 1 gpu.
    /// @param computeFrom The band of multiply-adds a second from which a slot is of this row.
    /// @param computeTo The band above which it is faster than anything of this row can be: another card than was claimed.
    /// Nothing here looks at it; readers compare it with a claim.
    /// @param memoryFrom The band of bytes from which a slot is of this row.
    /// @param pointsPerSlot Weight of one slot in rewards.
    /// @param calibrated Whether the bands were measured on such hardware, and not taken from its data sheet.
    struct Row {
        bytes16 name;
        uint8 kind;
        uint16 computeFrom;
        uint16 computeTo;
        uint16 memoryFrom;
        uint32 pointsPerSlot;
        bool calibrated;
    }

    /// @notice Emitted when the table changes.
    event TableSet(Row[] rows);

    /// @notice Replaces the table. Rows rise in points, each has a name of its own. Only governance.
    function set(Row[] calldata rows_) external;

    /// @notice The row of a measured slot, by its place and its name; the number of rows and no name when it reaches none.
    function classOf(IMachines.Class calldata measured) external view returns (uint256 row, bytes16 name);
    /// @notice What a machine of this class weighs: the points of its row for each slot, or 1 for each.
    function weigh(IMachines.Class calldata measured) external view returns (uint32 points);
    /// @notice The whole table.
    function rows() external view returns (Row[] memory);
}
