// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IClassTable} from "./interfaces/IClassTable.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IRewards} from "./interfaces/IRewards.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";
import {MachineBook} from "./MachineBook.sol";

/// @title MachineStanding
/// @notice What a machine is worth and answers for: its class, its weight, its stake, and when it may be away.
abstract contract MachineStanding is MachineBook {
    /// @notice The contracts it works with. Audits gives classes, ClassTable weighs them; Audits and Faults slash.
    struct Config {
        IStakes stakes;
        ILeases leases;
        IRewards rewards;
        IClassTable classTable;
        address audits;
        address faults;
    }

    /// @dev Seconds of maintenance planned in the month that began at `since`.
    struct Budget {
        uint40 since;
        uint40 used;
    }

    /// @notice Stake locked for each slot, in token units.
    uint256 public constant STAKE_PER_SLOT = 100e18;
    /// @notice Maintenance that costs nothing: an evening a month.
    uint256 public constant MAINTENANCE_BUDGET = 4 hours;
    uint256 public constant MAINTENANCE_PERIOD = 30 days;
    /// @notice Seconds from the announcement to the span: nobody announces what has already happened.
    uint256 public constant MAINTENANCE_LEAD = 1 hours;

    IStakes public immutable STAKES;
    ILeases public immutable LEASES;
    IRewards public immutable REWARDS;
    IClassTable public immutable CLASS_TABLE;
    address public immutable AUDITS;
    address public immutable FAULTS;

    mapping(uint256 machineId => Budget) private _budgets;

    constructor(Config memory config) {
        STAKES = config.stakes;
        LEASES = config.leases;
        REWARDS = config.rewards;
        CLASS_TABLE = config.classTable;
        AUDITS = config.audits;
        FAULTS = config.faults;
    }

    modifier onlyOwner(uint256 machineId) {
        _requireOnNetwork(machineId);
        if (msg.sender != _ownerOf(machineId)) revert Errors.Machines_NotOwner(machineId, msg.sender);
        _;
    }

    modifier onlyOwnerOrKey(uint256 machineId) {
        _requireOnNetwork(machineId);
        if (!isOwnerOrKey(machineId, msg.sender)) revert Errors.Machines_NotOwnerOrKey(machineId, msg.sender);
        _;
    }

    /// @inheritdoc IMachines
    function planMaintenance(uint256 machineId, uint40 from, uint40 until) external onlyOwnerOrKey(machineId) {
        uint256 earliest = block.timestamp + MAINTENANCE_LEAD;
        uint256 held = LEASES.heldUntil(machineId);
        if (held > earliest) earliest = held;
        if (from < earliest || until <= from) revert Errors.Machines_MaintenanceInvalid(from, until, earliest);
        Record storage record = _records[machineId];
        if (block.timestamp < record.awayUntil) {
            revert Errors.Machines_MaintenancePlanned(machineId, record.awayFrom, record.awayUntil);
        }

        Budget storage budget = _budgets[machineId];
        if (block.timestamp >= budget.since + MAINTENANCE_PERIOD) {
            (budget.since, budget.used) = (uint40(block.timestamp), 0);
        }
        uint256 used = budget.used + (until - from);
        if (used > MAINTENANCE_BUDGET) {
            revert Errors.Machines_MaintenanceTooLong(machineId, until - from, MAINTENANCE_BUDGET - budget.used);
        }
        budget.used = uint40(used);
        (record.awayFrom, record.awayUntil) = (from, until);
        emit MaintenanceSet(machineId, from, until);
    }

    /// @inheritdoc IMachines
    function restake(uint256 machineId) external onlyOwner(machineId) {
        STAKES.lock(machineId, msg.sender, _missingStake(machineId));
    }

    /// @inheritdoc IMachines
    function prune(uint256 machineId) external {
        Record storage record = _records[machineId];
        if (record.countedSlots == 0 || block.timestamp < record.classUntil) {
            revert Errors.Machines_NothingToPrune(machineId, record.classUntil);
        }
        _count(record, 0);
    }

    /// @inheritdoc IMachines
    function setClass(uint256 machineId, Class calldata class, uint40 classUntil) external {
        if (msg.sender != AUDITS) revert Errors.Machines_NotAudits(msg.sender);
        // A machine that left while it was audited is nobody's to class.
        if (_records[machineId].state == State.Exited) return;
        _setClass(machineId, class, classUntil);
    }

    /// @inheritdoc IMachines
    function slash(uint256 machineId, uint256 amount, IStakes.Split calldata split) external returns (uint256 taken) {
        if (msg.sender != AUDITS && msg.sender != FAULTS) revert Errors.Machines_NotJudge(msg.sender);
        uint256 unvested = REWARDS.forfeit(machineId, amount, address(STAKES));
        taken = unvested + STAKES.slash(machineId, amount - unvested, unvested, split);
        // No new lease on a machine whose stake no longer covers it.
        if (_records[machineId].state == State.Online && _missingStake(machineId) > 0) {
            _move(machineId, State.Online, State.Paused);
        }
    }

    /// @inheritdoc IMachines
    function stakeOf(uint256 machineId) public view returns (uint256 amount) {
        (, amount,) = STAKES.bond(address(this), machineId);
    }

    function _setClass(uint256 machineId, Class memory class, uint40 classUntil) internal {
        Record storage record = _records[machineId];
        (record.kind, record.computeBand) = (class.kind, class.computeBand);
        (record.memoryBand, record.classSlots) = (class.memoryBand, class.slots);
        (record.points, record.classUntil) = (classUntil == 0 ? 0 : CLASS_TABLE.weigh(class), classUntil);
        emit Classed(machineId, class, record.points, classUntil);

        _count(record, classUntil == 0 ? 0 : class.slots);
        REWARDS.sync(machineId);
    }

    /// @dev Counts the machine's verified slots anew; the burn share of new leases goes by their sum.
    function _count(Record storage record, uint8 slots) private {
        if (slots == record.countedSlots) return;
        _totals.verifiedSlots = _totals.verifiedSlots + slots - record.countedSlots;
        record.countedSlots = slots;
        LEASES.refreshBurnShare();
    }

    function _move(uint256 machineId, State from, State to) internal {
        Record storage record = _records[machineId];
        if (record.state != from) revert Errors.Machines_WrongState(machineId, record.state);
        record.state = to;
        emit StateSet(machineId, to);
    }

    function _requireOnNetwork(uint256 machineId) internal view returns (Record storage record) {
        record = _records[machineId];
        if (record.state == State.None || record.state == State.Exited) {
            revert Errors.Machines_NotOnNetwork(machineId, record.state);
        }
    }

    function _missingStake(uint256 machineId) internal view returns (uint256) {
        uint256 needed = _records[machineId].slots * STAKE_PER_SLOT;
        uint256 held = stakeOf(machineId);
        return held < needed ? needed - held : 0;
    }
}
