// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Errors} from "./Errors.sol";
import {MachineStanding} from "./MachineStanding.sol";

/// @title Machines
/// @notice See {IMachines}. What owner and agent do with a machine; what it is worth is in {MachineStanding}, how it is kept in
/// {MachineBook}. Holds no tokens: the stake of a machine lies in Stakes, in a bond of its own.
contract Machines is MachineStanding, EIP712 {
    struct KeyUse {
        uint40 machineId;
        uint40 nonce;
    }

    /// @notice A slot set has 64 bits.
    uint256 public constant MAX_SLOTS = 64;
    /// @notice The strongest tier, a confidential VM.
    uint256 public constant MAX_TIER = 4;
    /// @notice The longest lease any offer may allow: a year keeps every end of a lease within 32 bits of seconds.
    uint256 public constant MAX_LEASE_SECONDS = 365 days;
    /// @notice The widest offsets of local time there are, UTC-12 to UTC+14, in quarters of an hour.
    int8 public constant MIN_UTC_OFFSET = -48;
    int8 public constant MAX_UTC_OFFSET = 56;
    /// @notice Keeps a page of machines readable in one call.
    uint256 public constant MAX_ENDPOINT_BYTES = 256;
    /// @notice A claim is only logged; this bounds what a reader has to take.
    uint256 public constant MAX_CLAIM_BYTES = 4096;
    bytes32 private constant MACHINE_KEY_TYPEHASH = keccak256("MachineKey(address owner,uint256 nonce)");

    mapping(address key => KeyUse) private _keys;

    constructor(Config memory config)
        ERC721("Hotaru Machine", "MACHINE")
        EIP712("Hotaru Machines", "1")
        MachineStanding(config)
    {}

    /// @inheritdoc IMachines
    function register(Registration calldata registration, bytes calldata keySignature)
        external
        returns (uint256 machineId)
    {
        if (registration.slots == 0 || registration.slots > MAX_SLOTS) {
            revert Errors.Machines_SlotsOutOfBounds(registration.slots, MAX_SLOTS);
        }
        _checkOffer(registration.offer);
        _checkLength(registration.endpoint, MAX_ENDPOINT_BYTES);
        _checkLength(registration.claim, MAX_CLAIM_BYTES);

        machineId = ++_totals.count;
        _takeKey(machineId, registration.key, keySignature);
        Record storage record = _records[machineId];
        record.key = registration.key;
        record.state = State.Online;
        record.slots = registration.slots;
        record.lastSeen = uint40(block.timestamp);
        record.payee = LEASES.openPurse(msg.sender);
        record.claimBlock = uint48(block.number);
        record.endpoint = registration.endpoint;
        _keepOffer(record, registration.offer);
        // Not _safeMint: its callback would run a stranger's code, and an owner who can register can hold a deed.
        _mint(msg.sender, machineId);
        emit Registered(machineId, msg.sender, registration.key, registration.slots);
        emit Claimed(machineId, registration.claim);
        emit Offered(machineId, registration.offer);
        emit EndpointSet(machineId, registration.endpoint);

        STAKES.lock(machineId, msg.sender, registration.slots * STAKE_PER_SLOT);
    }

    /// @inheritdoc IMachines
    function setOffer(uint256 machineId, Offer calldata offer) external onlyOwner(machineId) {
        _checkOffer(offer);
        _keepOffer(_records[machineId], offer);
        emit Offered(machineId, offer);
    }

    /// @inheritdoc IMachines
    function setClaim(uint256 machineId, string calldata claim) external onlyOwner(machineId) {
        _checkLength(claim, MAX_CLAIM_BYTES);
        _records[machineId].claimBlock = uint48(block.number);
        emit Claimed(machineId, claim);
    }

    /// @inheritdoc IMachines
    function setEndpoint(uint256 machineId, string calldata endpoint) external onlyOwnerOrKey(machineId) {
        _checkLength(endpoint, MAX_ENDPOINT_BYTES);
        _records[machineId].endpoint = endpoint;
        emit EndpointSet(machineId, endpoint);
    }

    /// @inheritdoc IMachines
    function setKey(uint256 machineId, address key, bytes calldata keySignature) external onlyOwner(machineId) {
        delete _keys[_records[machineId].key].machineId;
        _takeKey(machineId, key, keySignature);
        _records[machineId].key = key;
        emit KeySet(machineId, key);
    }

    /// @inheritdoc IMachines
    function pause(uint256 machineId) external onlyOwnerOrKey(machineId) {
        _move(machineId, State.Online, State.Paused);
    }

    /// @inheritdoc IMachines
    function resume(uint256 machineId) external onlyOwnerOrKey(machineId) {
        uint256 missing = _missingStake(machineId);
        if (missing > 0) revert Errors.Machines_StakeTooSmall(machineId, missing);
        _move(machineId, State.Paused, State.Online);
    }

    /// @inheritdoc IMachines
    function exit(uint256 machineId) external onlyOwner(machineId) {
        uint64 busy = LEASES.busySlots(machineId);
        if (busy != 0) revert Errors.Machines_SlotsBusy(machineId, busy);

        Record storage record = _records[machineId];
        delete _keys[record.key].machineId;
        _move(machineId, record.state, State.Exited);
        if (record.classUntil != 0) _setClass(machineId, Class(0, 0, 0, 0), 0);

        STAKES.unbond(machineId);
    }

    /// @inheritdoc IMachines
    function heartbeat(uint256 machineId) external {
        Record storage record = _requireOnNetwork(machineId);
        if (msg.sender != record.key) revert Errors.Machines_NotKey(machineId, msg.sender);
        record.lastSeen = uint40(block.timestamp);
    }

    /// @inheritdoc IMachines
    function keyNonce(address key) external view returns (uint256) {
        return _keys[key].nonce;
    }

    /// @inheritdoc IMachines
    function machineOfKey(address key) external view returns (uint256) {
        return _keys[key].machineId;
    }

    /// @dev A deed takes its stake along; the buyer is paid for leases opened from now on.
    function _update(address to, uint256 machineId, address auth) internal override returns (address from) {
        from = super._update(to, machineId, auth);
        if (from == address(0) || _records[machineId].state == State.Exited) return from;
        _records[machineId].payee = LEASES.openPurse(to);
        STAKES.move(machineId, to);
    }

    /// @dev Checks that `key` agrees to sign for the caller's machine and is not another's, and books it.
    function _takeKey(uint256 machineId, address key, bytes calldata keySignature) private {
        KeyUse storage use = _keys[key];
        if (use.machineId != 0) revert Errors.Machines_KeyTaken(key, use.machineId);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(MACHINE_KEY_TYPEHASH, msg.sender, uint256(use.nonce))));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, keySignature);
        if (failure != ECDSA.RecoverError.NoError || signer != key) {
            revert Errors.Machines_KeySignatureInvalid(key, signer);
        }
        (use.machineId, use.nonce) = (uint40(machineId), use.nonce + 1);
    }

    function _checkOffer(Offer calldata offer) private pure {
        // A price of nothing would let anyone hold slots for nothing; a preemptible lease holds nothing.
        bool fits = (offer.usdPerSlotHour > 0 || offer.preemptible) && offer.minSeconds > 0
            && offer.minSeconds <= offer.maxSeconds && offer.maxSeconds <= MAX_LEASE_SECONDS && offer.tier <= MAX_TIER
            && offer.utcOffset >= MIN_UTC_OFFSET && offer.utcOffset <= MAX_UTC_OFFSET
            && (offer.weekHours != 0 || offer.utcOffset == 0);
        if (!fits) revert Errors.Machines_OfferInvalid(offer);
    }

    function _checkLength(string calldata text, uint256 max) private pure {
        if (bytes(text).length > max) revert Errors.Machines_TextTooLong(bytes(text).length, max);
    }
}
