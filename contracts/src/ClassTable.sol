// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClassTable} from "./interfaces/IClassTable.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Errors} from "./Errors.sol";

/// @title ClassTable
/// @notice See {IClassTable}. The first rows of a network, and the root of compute times the root of memory that their points
/// are, stand in packages/protocol/src/classTable.ts.
contract ClassTable is IClassTable {
    /// @notice Keeps the search, which every audit that passes pays for, below 110 000 gas.
    uint256 public constant MAX_ROWS = 32;
    /// @notice The largest weight of one slot: 2^24, a thousand of today's fastest cards. Of 255 slots it fits 32 bits.
    uint256 public constant MAX_POINTS_PER_SLOT = 1 << 24;
    /// @dev 0 cpu, 1 gpu: what a verdict can say.
    uint8 private constant MAX_KIND = 1;

    /// @notice The timelock of the governor.
    address public immutable GOVERNANCE;

    Row[] private _rows;

    constructor(address governance, Row[] memory rows_) {
        GOVERNANCE = governance;
        _set(rows_);
    }

    /// @inheritdoc IClassTable
    function set(Row[] calldata rows_) external {
        if (msg.sender != GOVERNANCE) revert Errors.ClassTable_NotGovernance(msg.sender);
        _set(rows_);
    }

    /// @inheritdoc IClassTable
    function classOf(IMachines.Class calldata measured) external view returns (uint256 row, bytes16 name) {
        (row, name,) = _find(measured);
    }

    /// @inheritdoc IClassTable
    function weigh(IMachines.Class calldata measured) external view returns (uint32 points) {
        (,, uint32 pointsPerSlot) = _find(measured);
        return pointsPerSlot * measured.slots;
    }

    /// @inheritdoc IClassTable
    function rows() external view returns (Row[] memory) {
        return _rows;
    }

    /// @dev From the last row down: the first that the slot reaches is the one that weighs most.
    function _find(IMachines.Class calldata measured) private view returns (uint256, bytes16, uint32) {
        uint256 length = _rows.length;
        for (uint256 i = length; i > 0; --i) {
            Row memory row = _rows[i - 1];
            bool reached = measured.kind == row.kind && measured.computeBand >= row.computeFrom
                && measured.memoryBand >= row.memoryFrom;
            if (reached) return (i - 1, row.name, row.pointsPerSlot);
        }
        return (length, 0, 1);
    }

    function _set(Row[] memory rows_) private {
        if (rows_.length > MAX_ROWS) revert Errors.ClassTable_TooManyRows(rows_.length, MAX_ROWS);
        delete _rows;
        uint256 previous = 0;
        for (uint256 i = 0; i < rows_.length; ++i) {
            Row memory row = rows_[i];
            _requireOwnName(rows_, i);
            if (row.kind > MAX_KIND) revert Errors.ClassTable_KindUnknown(row.name, row.kind);
            if (row.computeTo < row.computeFrom) {
                revert Errors.ClassTable_BandsReversed(row.name, row.computeFrom, row.computeTo);
            }
            if (row.pointsPerSlot <= previous) {
                revert Errors.ClassTable_NotRising(row.name, row.pointsPerSlot, previous);
            }
            if (row.pointsPerSlot > MAX_POINTS_PER_SLOT) {
                revert Errors.ClassTable_PointsOutOfBounds(row.name, row.pointsPerSlot, MAX_POINTS_PER_SLOT);
            }
            previous = row.pointsPerSlot;
            _rows.push(row);
        }
        emit TableSet(rows_);
    }

    function _requireOwnName(Row[] memory rows_, uint256 index) private pure {
        bytes16 name = rows_[index].name;
        if (name == 0) revert Errors.ClassTable_NameEmpty(index);
        for (uint256 i = 0; i < index; ++i) {
            if (rows_[i].name == name) revert Errors.ClassTable_NameTaken(name, i, index);
        }
    }
}
