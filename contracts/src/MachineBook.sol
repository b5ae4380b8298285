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
    function terms(uint256 machineId, bool preemptible, bytes32 expected) external view returns (Terms memory found) {
        Record storage record = _records[machineId];
        // What lies in one word is read at once, before anything branches: every opening pays for this function.
        (State state, uint256 lastSeen) = (record.state, record.lastSeen);
        (found.slots, found.payee) = (record.slots, record.payee);
        if (state != State.Online) revert Errors.Machines_NotOnline(machineId, state);
        if (block.timestamp > lastSeen + SILENCE_LIMIT) {
            revert Errors.Machines_Silent(machineId, lastSeen + SILENCE_LIMIT);
        }
        (uint256 classUntil, uint256 awayFrom, uint256 awayUntil) =
            (record.classUntil, record.awayFrom, record.awayUntil);
        if (block.timestamp >= classUntil) revert Errors.Machines_AuditStale(machineId);

        Offer memory offer = _offerOf(record);
        if (expected != 0) {
            bytes32 hash = keccak256(abi.encode(offer));
            if (hash != expected) revert Errors.Machines_OfferChanged(machineId, hash, expected);
        }
        bool offered = preemptible ? offer.preemptible : offer.usdPerSlotHour > 0;
        if (!offered) revert Errors.Machines_NotOffered(machineId, preemptible);
        found.openUntil = _openUntil(offer, awayFrom, awayUntil);
        (found.minSeconds, found.maxSeconds) = (offer.minSeconds, offer.maxSeconds);
        found.usdPerSlotHour = preemptible ? offer.preemptibleUsdPerSlotHour : offer.usdPerSlotHour;
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

    function _offerOf(Record storage record) internal view returns (Offer memory offer) {
        bool hasWeek = record.hasWeek;
        offer.usdPerSlotHour = record.usdPerSlotHour;
        offer.preemptibleUsdPerSlotHour = record.preemptibleUsdPerSlotHour;
        (offer.minSeconds, offer.maxSeconds) = (record.minSeconds, record.maxSeconds);
        (offer.tier, offer.preemptible) = (record.tier, record.preemptible);
        if (hasWeek) (offer.weekHours, offer.utcOffset) = (record.weekHours, record.utcOffset);
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
    function _openUntil(Offer memory offer, uint256 awayFrom, uint256 awayUntil) private view returns (uint40) {
        uint256 until = Week.openUntil(offer.weekHours, offer.utcOffset, block.timestamp);
        if (block.timestamp >= awayUntil || until < awayFrom) return uint40(until);
        return uint40(awayFrom > block.timestamp ? awayFrom : block.timestamp);
    }
}
