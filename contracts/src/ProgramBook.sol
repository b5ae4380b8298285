// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IPrograms} from "./interfaces/IPrograms.sol";
import {PointsLedger} from "./libraries/PointsLedger.sol";
import {WorkLedger} from "./libraries/WorkLedger.sol";
import {Epochs} from "./Epochs.sol";
import {Errors} from "./Errors.sol";

/// @title ProgramBook
/// @notice The programmes as they are kept: what each epoch of one pays and what each machine is credited with. Every
/// programme has ledgers and a budget of its own, so none can reach into another.
abstract contract ProgramBook is IPrograms, Epochs {
    using PointsLedger for PointsLedger.Pool;
    using PointsLedger for PointsLedger.Share;
    using SafeCast for uint256;
    using WorkLedger for WorkLedger.Book;

    struct Record {
        address sponsor;
        uint32 fromEpoch;
        uint32 untilEpoch;
        IERC20 token;
        Fact fact;
        address hook;
        uint128 perEpoch;
        uint128 maxPerBurnt;
        uint128 budget;
        string name;
        PointsLedger.Pool pool;
        WorkLedger.Book work;
    }

    /// @dev A machine takes part in the epochs from … until - 1.
    struct Seat {
        uint32 from;
        uint32 until;
        uint128 owed;
        PointsLedger.Share share;
    }

    /// @dev `until` of a machine that has not left.
    uint32 internal constant STAYING = type(uint32).max;

    IMachines public immutable MACHINES;
    ILeases public immutable LEASES;

    /// @inheritdoc IPrograms
    uint256 public count;
    mapping(uint256 programId => Record) internal _records;
    mapping(uint256 programId => mapping(uint256 machineId => Seat)) internal _seats;
    mapping(uint256 machineId => uint256[]) internal _programsOf;

    constructor(IMachines machines, ILeases leases) {
        MACHINES = machines;
        LEASES = leases;
    }

    /// @inheritdoc IPrograms
    function program(uint256 programId) external view returns (Program memory) {
        Record storage record = _records[programId];
        return Program({
            sponsor: record.sponsor,
            token: record.token,
            fact: record.fact,
            fromEpoch: record.fromEpoch,
            untilEpoch: record.untilEpoch,
            perEpoch: record.perEpoch,
            maxPerBurnt: record.maxPerBurnt,
            hook: record.hook,
            name: record.name
        });
    }

    /// @inheritdoc IPrograms
    function nextEpochOf(uint256 programId) external view returns (uint256) {
        return _records[programId].pool.nextEpoch;
    }

    /// @inheritdoc IPrograms
    function budgetOf(uint256 programId) external view returns (uint256) {
        return _records[programId].budget;
    }

    /// @inheritdoc IPrograms
    function programsOf(uint256 machineId) external view returns (uint256[] memory) {
        return _programsOf[machineId];
    }

    /// @inheritdoc IPrograms
    function memberOf(uint256 programId, uint256 machineId) external view returns (Member memory member) {
        Seat storage seat = _seats[programId][machineId];
        (member.points, member.pointsUntil) = seat.share.last();
        (member.from, member.until, member.owed) = (seat.from, seat.until, seat.owed);
    }

    function _required(uint256 programId) internal view returns (Record storage record) {
        record = _records[programId];
        if (record.untilEpoch == 0) revert Errors.Programs_Unknown(programId);
    }

    /// @dev Closes up to `epochs` epochs that are over.
    function _roll(uint256 programId, Record storage record, uint256 epochs) internal {
        uint256 end = _epochNow();
        if (end > record.untilEpoch) end = record.untilEpoch;
        uint256 epoch = record.pool.nextEpoch;
        for (; epoch < end && epochs > 0; (++epoch, --epochs)) {
            if (record.fact == Fact.Work) {
                uint256 burnt = LEASES.burntIn(epoch);
                record.work.close(epoch, record.perEpoch, burnt, record.maxPerBurnt);
                record.pool.nextEpoch = uint32(epoch + 1);
                emit Rolled(programId, epoch, 0, burnt);
            } else {
                emit Rolled(programId, epoch, record.pool.close(record.perEpoch), 0);
            }
        }
    }

    /// @dev Credits points of epochs that are rolled.
    function _settle(Record storage record, Seat storage seat) internal {
        uint256 amount = record.pool.settle(seat.share);
        if (amount > 0) seat.owed += amount.toUint128();
    }

    /// @dev Credits work of epochs that are rolled and in which the machine took part.
    function _settleWork(Record storage record, Seat storage seat, uint256 machineId, uint256[] calldata epochs)
        internal
    {
        if (record.fact != Fact.Work) return;
        uint256 amount;
        for (uint256 i = 0; i < epochs.length; ++i) {
            uint256 epoch = epochs[i];
            if (epoch >= record.pool.nextEpoch) revert Errors.Epochs_NotRolled(epoch, record.pool.nextEpoch);
            if (epoch < seat.from || epoch >= seat.until) continue;
            amount += record.work.take(machineId, epoch, LEASES.burntBy(machineId, epoch));
        }
        if (amount > 0) seat.owed += amount.toUint128();
    }

    /// @dev Takes the machine's points of now, up to but without `latest`, for the epochs to come.
    function _weigh(uint256 programId, Record storage record, Seat storage seat, uint256 machineId, uint256 latest)
        internal
    {
        if (record.fact != Fact.Availability) return;
        (uint32 points, uint40 until) = MACHINES.pointsOf(machineId);
        uint256 untilEpoch = _epochOf(until);
        if (untilEpoch > latest) untilEpoch = latest;
        uint256 current = _lastBegun(record);
        if (record.pool.weigh(seat.share, current, points, untilEpoch)) {
            emit Weighed(programId, machineId, points, current + 1, untilEpoch);
        }
    }

    /// @dev The present epoch, or the one before the first.
    function _lastBegun(Record storage record) internal view returns (uint256) {
        uint256 current = _epochNow();
        return current < record.fromEpoch ? record.fromEpoch - 1 : current;
    }
}
