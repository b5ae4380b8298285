// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAudits} from "./interfaces/IAudits.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";

/// @title Machines
/// @notice See {IMachines}. Holds no tokens: the stake of a machine lies in Stakes, locked by this contract.
contract Machines is IMachines, ERC721, EIP712 {
    struct Record {
        address key;
        State state;
        uint8 slots;
        uint40 lastSeen;
        Offer offer;
        string endpoint;
        string claim;
    }

    /// @notice Stake locked for each slot, in token units.
    uint256 public constant STAKE_PER_SLOT = 100e18;
    /// @notice Seconds without a heartbeat after which a machine can no longer be leased.
    uint256 public constant SILENCE_LIMIT = 1 hours;
    /// @notice A slot set has 64 bits.
    uint256 public constant MAX_SLOTS = 64;
    /// @notice The strongest tier, a confidential VM.
    uint256 public constant MAX_TIER = 4;
    /// @notice The longest lease any offer may allow: a year keeps every end of a lease within 32 bits of seconds.
    uint256 public constant MAX_LEASE_SECONDS = 365 days;
    /// @notice Keep a page of machines readable in one call.
    uint256 public constant MAX_ENDPOINT_BYTES = 256;
    uint256 public constant MAX_CLAIM_BYTES = 4096;

    bytes32 private constant MACHINE_KEY_TYPEHASH = keccak256("MachineKey(address owner,uint256 nonce)");

    IStakes public immutable STAKES;
    IAudits public immutable AUDITS;
    ILeases public immutable LEASES;

    /// @inheritdoc IMachines
    uint256 public count;
    /// @inheritdoc IMachines
    mapping(address key => uint256) public keyNonce;
    /// @inheritdoc IMachines
    mapping(address key => uint256 machineId) public machineOfKey;
    mapping(uint256 machineId => Record) private _records;

    constructor(IStakes stakes, IAudits audits, ILeases leases)
        ERC721("Hotaru Machine", "MACHINE")
        EIP712("Hotaru Machines", "1")
    {
        STAKES = stakes;
        AUDITS = audits;
        LEASES = leases;
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

        machineId = ++count;
        _takeKey(machineId, registration.key, keySignature);
        _records[machineId] = Record({
            key: registration.key,
            state: State.Online,
            slots: registration.slots,
            lastSeen: uint40(block.timestamp),
            offer: registration.offer,
            endpoint: registration.endpoint,
            claim: registration.claim
        });
        // Not _safeMint: its callback would run a stranger's code, and an owner who can register can hold a deed.
        _mint(msg.sender, machineId);
        emit Registered(machineId, msg.sender, registration.key, registration.slots, registration.claim);
        emit Offered(machineId, registration.offer);
        emit EndpointSet(machineId, registration.endpoint);

        STAKES.lock(msg.sender, registration.slots * STAKE_PER_SLOT);
        AUDITS.request(machineId);
    }

    /// @inheritdoc IMachines
    function setOffer(uint256 machineId, Offer calldata offer) external onlyOwner(machineId) {
        _checkOffer(offer);
        _records[machineId].offer = offer;
        emit Offered(machineId, offer);
    }

    /// @inheritdoc IMachines
    function setEndpoint(uint256 machineId, string calldata endpoint) external onlyOwnerOrKey(machineId) {
        _checkLength(endpoint, MAX_ENDPOINT_BYTES);
        _records[machineId].endpoint = endpoint;
        emit EndpointSet(machineId, endpoint);
    }

    /// @inheritdoc IMachines
    function setKey(uint256 machineId, address key, bytes calldata keySignature) external onlyOwner(machineId) {
        delete machineOfKey[_records[machineId].key];
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
        _move(machineId, State.Paused, State.Online);
    }

    /// @inheritdoc IMachines
    function exit(uint256 machineId) external onlyOwner(machineId) {
        uint64 busy = LEASES.busySlots(machineId);
        if (busy != 0) revert Errors.Machines_SlotsBusy(machineId, busy);

        Record storage record = _records[machineId];
        delete machineOfKey[record.key];
        _move(machineId, record.state, State.Exited);

        STAKES.unlock(msg.sender, record.slots * STAKE_PER_SLOT);
    }

    /// @inheritdoc IMachines
    function heartbeat(uint256 machineId) external {
        Record storage record = _requireOnNetwork(machineId);
        if (msg.sender != record.key) revert Errors.Machines_NotKey(machineId, msg.sender);
        record.lastSeen = uint40(block.timestamp);
    }

    /// @inheritdoc IMachines
    function machine(uint256 machineId) public view returns (Machine memory) {
        Record memory record = _records[machineId];
        return Machine({
            owner: _ownerOf(machineId),
            key: record.key,
            state: record.state,
            slots: record.slots,
            lastSeen: record.lastSeen,
            offer: record.offer,
            endpoint: record.endpoint,
            claim: record.claim
        });
    }

    /// @inheritdoc IMachines
    function page(uint256 from, uint256 length) external view returns (Machine[] memory machines) {
        uint256 left = from > count ? 0 : count - from + 1;
        machines = new Machine[](length < left ? length : left);
        for (uint256 i = 0; i < machines.length; ++i) {
            machines[i] = machine(from + i);
        }
    }

    /// @inheritdoc IMachines
    function terms(uint256 machineId) external view returns (Terms memory) {
        Record storage record = _records[machineId];
        if (record.state == State.None) return Terms(address(0), State.None, 0, 0, record.offer);
        uint40 silentAfter = record.lastSeen + uint40(SILENCE_LIMIT);
        return Terms(_ownerOf(machineId), record.state, record.slots, silentAfter, record.offer);
    }

    /// @inheritdoc IMachines
    function offerHash(uint256 machineId) external view returns (bytes32) {
        return keccak256(abi.encode(_records[machineId].offer));
    }

    /// @inheritdoc IMachines
    function isOwnerOrKey(uint256 machineId, address account) public view returns (bool) {
        if (account == address(0)) return false;
        return account == _records[machineId].key || account == _ownerOf(machineId);
    }

    /// @dev A deed moves only when no stake hangs on it any more: see {IMachines}.
    function _update(address to, uint256 machineId, address auth) internal override returns (address) {
        State state = _records[machineId].state;
        if (_ownerOf(machineId) != address(0) && state != State.Exited) revert Errors.Machines_DeedStaked(machineId);
        return super._update(to, machineId, auth);
    }

    /// @dev Checks that `key` agrees to sign for the caller's machine and is not another's, and books it.
    function _takeKey(uint256 machineId, address key, bytes calldata keySignature) private {
        if (machineOfKey[key] != 0) revert Errors.Machines_KeyTaken(key, machineOfKey[key]);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(MACHINE_KEY_TYPEHASH, msg.sender, keyNonce[key]++)));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, keySignature);
        if (failure != ECDSA.RecoverError.NoError || signer != key) {
            revert Errors.Machines_KeySignatureInvalid(key, signer);
        }
        machineOfKey[key] = machineId;
    }

    function _move(uint256 machineId, State from, State to) private {
        Record storage record = _records[machineId];
        if (record.state != from) revert Errors.Machines_WrongState(machineId, record.state);
        record.state = to;
        emit StateSet(machineId, to);
    }

    function _requireOnNetwork(uint256 machineId) private view returns (Record storage record) {
        record = _records[machineId];
        if (record.state == State.None || record.state == State.Exited) {
            revert Errors.Machines_NotOnNetwork(machineId, record.state);
        }
    }

    function _checkOffer(Offer calldata offer) private pure {
        // A price of nothing would let anyone hold slots for nothing.
        bool fits = offer.usdPerSlotHour > 0 && offer.minSeconds > 0 && offer.minSeconds <= offer.maxSeconds
            && offer.maxSeconds <= MAX_LEASE_SECONDS && offer.tier <= MAX_TIER;
        if (!fits) revert Errors.Machines_OfferInvalid(offer);
    }

    function _checkLength(string calldata text, uint256 max) private pure {
        if (bytes(text).length > max) revert Errors.Machines_TextTooLong(bytes(text).length, max);
    }
}
