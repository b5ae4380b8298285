// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Week} from "./libraries/Week.sol";
import {Errors} from "./Errors.sol";

/// @title MachineBook
/// @notice The machines as they are kept, and everything that can be read of them. It decides nothing.
abstract contract MachineBook is IMachines, ERC721 {
    /// @dev Three words and the text: what a lease reads is in the first three.
    struct Record {
        address key;
        State state;
        uint8 slots;
        uint40 lastSeen;
        uint24 payee;
        uint8 kind;
        uint16 computeBand;
        uint16 memoryBand;
        uint8 classSlots;
        // Slots of this machine that `verifiedSlots` counts.
        uint8 countedSlots;
        uint32 points;
        uint40 classUntil;
        uint48 claimBlock;
        uint40 awayFrom;
        uint40 awayUntil;
        uint32 usdPerSlotHour;
        uint32 preemptibleUsdPerSlotHour;
        uint32 minSeconds;
        uint32 maxSeconds;
        uint8 tier;
        bool preemptible;
        // Whether the next word is in use: most offers are open all week.
        bool hasWeek;
        uint168 weekHours;
        int8 utcOffset;
        string endpoint;
    }

    /// @notice Seconds without a heartbeat after which a machine can no longer be leased.
    uint256 public constant SILENCE_LIMIT = 1 hours;

    struct Totals {
        uint40 count;
        uint40 verifiedSlots;
    }

    Totals internal _totals;
    mapping(uint256 machineId => Record) internal _records;

    /// @inheritdoc IMachines
    function count() external view returns (uint256) {
        return _totals.count;
    }

    /// @inheritdoc IMachines
    function verifiedSlots() external view returns (uint256) {
        return _totals.verifiedSlots;
    }

    /// @inheritdoc IMachines
    function machine(uint256 machineId) public view returns (Machine memory) {
        Record storage record = _records[machineId];
        return Machine({
            owner: _ownerOf(machineId),
            key: record.key,
            state: record.state,
            slots: record.slots,
            lastSeen: record.lastSeen,
            class: _classOf(record),
            points: record.points,
            classUntil: record.classUntil,
            claimBlock: record.claimBlock,
            maintenance: Maintenance(record.awayFrom, record.awayUntil),
            offer: _offerOf(record),
            endpoint: record.endpoint
        });
    }

    /// @inheritdoc IMachines
    function page(uint256 from, uint256 length) external view returns (Machine[] memory machines) {
        uint256 left = from > _totals.count ? 0 : _totals.count - from + 1;
        machines = new Machine[](length < left ? length : left);
        for (uint256 i = 0; i < machines.length; ++i) {
            machines[i] = machine(from + i);
        }
    }

    /// @inheritdoc IMachines
    function terms(uint256 machineId, bool preemptible, bytes32 expected) external view returns (Terms memory) {
        Record storage record = _records[machineId];
        if (record.state != State.Online) revert Errors.Machines_NotOnline(machineId, record.state);
        uint256 silentAfter = record.lastSeen + SILENCE_LIMIT;
        if (block.timestamp > silentAfter) revert Errors.Machines_Silent(machineId, silentAfter);
        if (block.timestamp >= record.classUntil) revert Errors.Machines_AuditStale(machineId);
        Offer memory offer = _offerOf(record);
        bytes32 found = keccak256(abi.encode(offer));
        if (expected != 0 && found != expected) revert Errors.Machines_OfferChanged(machineId, found, expected);
        bool offered = preemptible ? offer.preemptible : offer.usdPerSlotHour > 0;
        if (!offered) revert Errors.Machines_NotOffered(machineId, preemptible);
        return Terms({
            slots: record.slots,
            payee: record.payee,
            openUntil: _openUntil(record),
            minSeconds: offer.minSeconds,
            maxSeconds: offer.maxSeconds,
            usdPerSlotHour: preemptible ? offer.preemptibleUsdPerSlotHour : offer.usdPerSlotHour
        });
    }

    /// @inheritdoc IMachines
    function stateOf(uint256 machineId) external view returns (State, uint8) {
        return (_records[machineId].state, _records[machineId].slots);
    }

    /// @inheritdoc IMachines
    function pointsOf(uint256 machineId) external view returns (uint32, uint40) {
        return (_records[machineId].points, _records[machineId].classUntil);
    }

    /// @inheritdoc IMachines
    function maintenanceOf(uint256 machineId) external view returns (Maintenance memory) {
        return Maintenance(_records[machineId].awayFrom, _records[machineId].awayUntil);
    }

    /// @inheritdoc IMachines
    function offerHash(uint256 machineId) external view returns (bytes32) {
        return keccak256(abi.encode(_offerOf(_records[machineId])));
    }

    /// @inheritdoc IMachines
    function isOwnerOrKey(uint256 machineId, address account) public view returns (bool) {
        if (account == address(0)) return false;
        return account == _records[machineId].key || account == _ownerOf(machineId);
    }

    /// @inheritdoc IMachines
    function ownerAndKey(uint256 machineId) external view returns (address, address) {
        return (_ownerOf(machineId), _records[machineId].key);
    }

    function _classOf(Record storage record) internal view returns (Class memory) {
        return Class(record.kind, record.computeBand, record.memoryBand, record.classSlots);
    }

    function _offerOf(Record storage record) internal view returns (Offer memory) {
        bool hasWeek = record.hasWeek;
        return Offer({
            usdPerSlotHour: record.usdPerSlotHour,
            preemptibleUsdPerSlotHour: record.preemptibleUsdPerSlotHour,
            minSeconds: record.minSeconds,
            maxSeconds: record.maxSeconds,
            tier: record.tier,
            preemptible: record.preemptible,
            weekHours: hasWeek ? record.weekHours : 0,
            utcOffset: hasWeek ? record.utcOffset : int8(0)
        });
    }

    function _keepOffer(Record storage record, Offer calldata offer) internal {
        record.usdPerSlotHour = offer.usdPerSlotHour;
        record.preemptibleUsdPerSlotHour = offer.preemptibleUsdPerSlotHour;
        record.minSeconds = offer.minSeconds;
        record.maxSeconds = offer.maxSeconds;
        record.tier = offer.tier;
        record.preemptible = offer.preemptible;
        record.hasWeek = offer.weekHours != 0;
        if (offer.weekHours == 0) return;
        record.weekHours = offer.weekHours;
        record.utcOffset = offer.utcOffset;
    }

    /// @dev The second by which a lease that begins now has to be over: the end of the hours, or the next maintenance.
    function _openUntil(Record storage record) private view returns (uint40) {
        uint256 until =
            record.hasWeek ? Week.openUntil(record.weekHours, record.utcOffset, block.timestamp) : type(uint40).max;
        if (block.timestamp >= record.awayUntil || until < record.awayFrom) return uint40(until);
        return record.awayFrom > block.timestamp ? record.awayFrom : uint40(block.timestamp);
    }
}
