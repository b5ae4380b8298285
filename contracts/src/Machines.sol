// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IRewards} from "./interfaces/IRewards.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Points} from "./libraries/Points.sol";
import {Errors} from "./Errors.sol";
import {MachineBook} from "./MachineBook.sol";

/// @title Machines
/// @notice See {IMachines}. Who may do what to a machine; how it is kept is in {MachineBook}. Holds no tokens: the stake of
/// a machine lies in Stakes, in a bond of its own.
contract Machines is MachineBook, EIP712 {
    /// @notice The contracts it works with. Audits gives classes; Audits and Faults slash.
    struct Config {
        IStakes stakes;
        ILeases leases;
        IRewards rewards;
        address audits;
        address faults;
    }

    struct KeyUse {
        uint40 machineId;
        uint40 nonce;
    }

    /// @dev Seconds of maintenance planned in the month that began at `since`.
    struct Budget {
        uint40 since;
        uint40 used;
    }

    /// @notice Stake locked for each slot, in token units.
    uint256 public constant STAKE_PER_SLOT = 100e18;
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
    /// @notice Maintenance that costs nothing: an evening a month.
    uint256 public constant MAINTENANCE_BUDGET = 4 hours;
    uint256 public constant MAINTENANCE_PERIOD = 30 days;
    /// @notice Seconds from the announcement to the span: nobody announces what has already happened.
    uint256 public constant MAINTENANCE_LEAD = 1 hours;

    bytes32 private constant MACHINE_KEY_TYPEHASH = keccak256("MachineKey(address owner,uint256 nonce)");

    IStakes public immutable STAKES;
    ILeases public immutable LEASES;
    IRewards public immutable REWARDS;
    address public immutable AUDITS;
    address public immutable FAULTS;

    mapping(address key => KeyUse) private _keys;
    mapping(uint256 machineId => Budget) private _budgets;

    constructor(Config memory config) ERC721("Hotaru Machine", "MACHINE") EIP712("Hotaru Machines", "1") {
        STAKES = config.stakes;
        LEASES = config.leases;
        REWARDS = config.rewards;
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

    function _setClass(uint256 machineId, Class memory class, uint40 classUntil) private {
        Record storage record = _records[machineId];
        (record.kind, record.computeBand) = (class.kind, class.computeBand);
        (record.memoryBand, record.classSlots) = (class.memoryBand, class.slots);
        (record.points, record.classUntil) = (classUntil == 0 ? 0 : Points.weigh(class), classUntil);
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

    function _missingStake(uint256 machineId) private view returns (uint256) {
        uint256 needed = _records[machineId].slots * STAKE_PER_SLOT;
        uint256 held = stakeOf(machineId);
        return held < needed ? needed - held : 0;
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
