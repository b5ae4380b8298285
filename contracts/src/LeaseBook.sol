// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "./interfaces/ILeases.sol";
import {Rent} from "./libraries/Rent.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {Purses} from "./Purses.sol";

/// @title LeaseBook
/// @notice The leases as they are kept: what is stored, what follows from it and the clock, and the one way by which
/// money leaves escrow. It holds the escrow of all leases and what {Purses} holds, and decides nothing.
abstract contract LeaseBook is Purses {
    using Slots for Slots.Holds;

    /// @dev Ended is Running or Accepted with `until` in the past, so that time alone can end a lease. Accepted is Running of
    /// which something has been paid.
    enum Stage {
        None,
        Open,
        Running,
        Accepted,
        Closed
    }

    /// @dev A lease in two words of storage, filled to the last bit: a third would cost a sixth of what opening may cost.
    /// 72 bits of rate are 4,722 tokens a second. While Open, `until` holds the seconds bought.
    struct Record {
        address renter;
        uint72 rate;
        uint24 operator;
        uint24 machineId;
        uint64 slots;
        uint32 from;
        uint32 until;
        uint32 latest;
        uint24 payee;
        uint16 burnBps;
        uint16 feeBps;
        bool preemptible;
        Stage stage;
    }

    /// @notice Seconds a machine has to start a lease: enough to fetch a large image.
    uint256 public constant START_WINDOW = 10 minutes;
    /// @notice Seconds from the start in which the renter may reject.
    uint256 public constant ACCEPT_WINDOW = 10 minutes;

    mapping(uint256 leaseId => Record) internal _records;
    mapping(uint256 machineId => Slots.Holds) internal _holds;

    /// @inheritdoc ILeases
    function lease(uint256 leaseId) public view returns (Lease memory) {
        Record memory record = _records[leaseId];
        bool isOpen = record.stage == Stage.Open;
        return Lease({
            machineId: record.machineId,
            renter: record.renter,
            payee: record.payee,
            operator: record.operator,
            state: _stateOf(record),
            slots: record.slots,
            burnBps: record.burnBps,
            feeBps: record.feeBps,
            preemptible: record.preemptible,
            accepted: record.stage == Stage.Accepted,
            rate: record.rate,
            escrow: uint128(_escrowOf(record)),
            duration: isOpen ? record.until : 0,
            unpaidFrom: record.from,
            paidUntil: isOpen ? 0 : record.until,
            latestEnd: record.latest
        });
    }

    /// @inheritdoc ILeases
    function busySlots(uint256 machineId) external view returns (uint64) {
        return _holds[machineId].busy(type(uint64).max);
    }

    /// @inheritdoc ILeases
    function heldUntil(uint256 machineId) external view returns (uint256) {
        return _holds[machineId].last();
    }

    /// @dev Closes for good: seconds up to `paidTo` are paid, all others refunded.
    function _close(uint256 leaseId, Record memory record, uint256 paidTo) internal returns (uint256 refund) {
        bool hasRun = record.stage != Stage.Open;
        uint256 gross = hasRun ? uint256(record.rate) * (paidTo - record.from) : 0;
        refund = _escrowOf(record) - gross;
        // Once its own hold has run out, the slots may be another lease's.
        uint256 freeAt = _freeAt(record);
        if (block.timestamp < freeAt) {
            // A lease that waited for another's notice to end leaves the slots to that one until then.
            uint256 to = block.timestamp < record.from ? record.from : block.timestamp;
            _holds[record.machineId].move(record.slots, freeAt, to);
        }
        Record storage kept = _records[leaseId];
        kept.until = uint32(hasRun ? _earnedUntil(record) : block.timestamp);
        kept.from = uint32(hasRun ? paidTo : block.timestamp);
        kept.stage = Stage.Closed;
        _release(leaseId, record, gross, refund);
        emit Closed(leaseId);
    }

    /// @dev Lets `gross` of rent and `refund` out of escrow. Last in every path: what follows is the renter's transfer.
    function _release(uint256 leaseId, Record memory record, uint256 gross, uint256 refund) internal {
        (uint256 paid, uint256 fee, uint256 burnt) = Rent.split(gross, record.feeBps, record.burnBps);
        emit Settled(leaseId, paid, fee, burnt, refund);

        if (paid > 0) _pay(record.payee, paid);
        if (fee > 0) _pay(record.operator, fee);
        if (burnt > 0) _setAside(record.machineId, burnt);
        if (refund > 0) TOKEN.transfer(record.renter, refund);
    }

    function _required(uint256 leaseId) internal view returns (Record memory record) {
        record = _records[leaseId];
        if (record.stage == Stage.None) revert Errors.Leases_Unknown(leaseId);
    }

    function _stateOf(Record memory record) internal view returns (State) {
        if (record.stage == Stage.None) return State.None;
        if (record.stage == Stage.Open) return State.Open;
        if (record.stage == Stage.Closed) return State.Closed;
        return block.timestamp < record.until ? State.Running : State.Ended;
    }

    function _hasBegun(Record memory record) internal pure returns (bool) {
        return record.stage == Stage.Running || record.stage == Stage.Accepted;
    }

    function _escrowOf(Record memory record) internal pure returns (uint256) {
        if (record.stage == Stage.Open) return uint256(record.rate) * record.until;
        return _hasBegun(record) ? uint256(record.rate) * (record.until - record.from) : 0;
    }

    /// @dev The second up to which rent is earned: now, or the end when that is past.
    function _earnedUntil(Record memory record) internal view returns (uint256) {
        return block.timestamp < record.until ? block.timestamp : record.until;
    }

    /// @dev The second from which the slots are free by themselves.
    function _freeAt(Record memory record) internal pure returns (uint256) {
        return record.stage == Stage.Open ? record.from + START_WINDOW : record.until;
    }

    function _isAccepted(Record memory record) internal view returns (bool) {
        return record.stage == Stage.Accepted || block.timestamp >= record.from + ACCEPT_WINDOW;
    }
}
