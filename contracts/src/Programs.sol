// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IPrograms} from "./interfaces/IPrograms.sol";
import {Hooks} from "./libraries/Hooks.sol";
import {Epochs} from "./Epochs.sol";
import {Errors} from "./Errors.sol";
import {ProgramBook} from "./ProgramBook.sol";

/// @title Programs
/// @notice See {IPrograms}. Who may do what; how programmes are kept is in {ProgramBook}.
/// @dev The one contract of the ledger with a reentrancy guard: it moves tokens that it does not know. What arrives for a new
/// programme is measured, and a token that calls back in between could have the same units measured twice, which would be paid
/// out of another programme's budget in that token.
contract Programs is ProgramBook, ReentrancyGuard {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice Programmes that a machine may take part in at once: enough to mine several tokens, few enough to read.
    uint256 public constant MAX_PROGRAMS = 8;
    /// @notice Keeps a list of programmes readable.
    uint256 public constant MAX_NAME_BYTES = 64;
    /// @notice Gas that a hook may use to answer.
    uint256 public constant HOOK_GAS = Hooks.GAS;

    /// @notice Epochs after the end of a programme in which machines can still claim: 90 days.
    uint256 public immutable CLAIM_EPOCHS;

    /// @param epochSeconds Length of an epoch; the same in all contracts of a ledger.
    constructor(IMachines machines, ILeases leases, uint32 epochSeconds)
        Epochs(epochSeconds)
        ProgramBook(machines, leases)
    {
        CLAIM_EPOCHS = 90 days / epochSeconds;
    }

    /// @inheritdoc IPrograms
    function create(Program calldata terms) external nonReentrant returns (uint256 programId) {
        uint256 current = _epochNow();
        if (terms.fromEpoch <= current || terms.untilEpoch <= terms.fromEpoch) {
            revert Errors.Programs_EpochsInvalid(terms.fromEpoch, terms.untilEpoch, current);
        }
        if (terms.perEpoch == 0 || (terms.fact == Fact.Work && terms.maxPerBurnt == 0)) {
            revert Errors.Programs_PaysNothing();
        }
        uint256 length = bytes(terms.name).length;
        if (length > MAX_NAME_BYTES) revert Errors.Programs_NameTooLong(length, MAX_NAME_BYTES);
        uint256 asked = uint256(terms.perEpoch) * (terms.untilEpoch - terms.fromEpoch);
        uint256 budget = _take(terms.token, asked);
        uint256 epochs = budget / terms.perEpoch;
        if (epochs == 0) revert Errors.Programs_BudgetTooSmall(budget, terms.perEpoch);

        programId = ++count;
        Record storage record = _records[programId];
        record.sponsor = msg.sender;
        record.fromEpoch = terms.fromEpoch;
        record.untilEpoch = (terms.fromEpoch + epochs).toUint32();
        record.token = terms.token;
        record.fact = terms.fact;
        record.hook = terms.hook;
        record.perEpoch = terms.perEpoch;
        record.maxPerBurnt = terms.maxPerBurnt;
        record.budget = budget.toUint128();
        record.name = terms.name;
        record.pool.nextEpoch = terms.fromEpoch;
        emit Created(programId, msg.sender, address(terms.token), terms.fact, budget, terms.name);
    }

    /// @inheritdoc IPrograms
    function join(uint256 programId, uint256 machineId) external {
        Record storage record = _required(programId);
        _checkMachineSide(machineId);
        uint256 fromEpoch = _lastBegun(record) + 1;
        if (fromEpoch >= record.untilEpoch) revert Errors.Programs_Over(programId, record.untilEpoch);
        Seat storage seat = _seats[programId][machineId];
        if (seat.until == STAYING) revert Errors.Programs_AlreadyJoined(programId, machineId);
        if (_programsOf[machineId].length == MAX_PROGRAMS) revert Errors.Programs_TooMany(machineId, MAX_PROGRAMS);
        if (record.hook != address(0)) {
            (address owner,) = MACHINES.ownerAndKey(machineId);
            if (!Hooks.mayJoin(record.hook, machineId, owner)) revert Errors.Programs_Refused(programId, machineId);
        }

        _programsOf[machineId].push(programId);
        (seat.from, seat.until) = (uint32(fromEpoch), STAYING);
        emit Joined(programId, machineId, fromEpoch);
        _roll(programId, record, ROLLED_BY_THE_WAY);
        _settle(record, seat);
        _weigh(programId, record, seat, machineId, STAYING);
    }

    /// @inheritdoc IPrograms
    function leave(uint256 programId, uint256 machineId) external {
        _checkMachineSide(machineId);
        (Record storage record, Seat storage seat) = _requiredSeat(programId, machineId);
        _roll(programId, record, ROLLED_BY_THE_WAY);
        _settle(record, seat);
        uint256 untilEpoch = _lastBegun(record) + 1;
        _weigh(programId, record, seat, machineId, untilEpoch);
        seat.until = uint32(untilEpoch);
        _remove(programId, machineId);
        emit Left(programId, machineId, untilEpoch);
    }

    /// @inheritdoc IPrograms
    function sync(uint256 programId, uint256 machineId) external {
        (Record storage record, Seat storage seat) = _requiredSeat(programId, machineId);
        _roll(programId, record, ROLLED_BY_THE_WAY);
        _settle(record, seat);
        _weigh(programId, record, seat, machineId, STAYING);
    }

    /// @inheritdoc IPrograms
    function roll(uint256 programId, uint256 epochs) external {
        _roll(programId, _required(programId), epochs);
    }

    /// @inheritdoc IPrograms
    function claim(uint256 programId, uint256 machineId, uint256[] calldata workEpochs)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Record storage record = _required(programId);
        Seat storage seat = _seats[programId][machineId];
        _roll(programId, record, ROLLED_BY_THE_WAY);
        _settle(record, seat);
        _settleWork(record, seat, machineId, workEpochs);
        if (seat.until == STAYING) _weigh(programId, record, seat, machineId, STAYING);

        amount = seat.owed;
        if (amount > record.budget) amount = record.budget;
        if (amount == 0) return 0;
        seat.owed -= uint128(amount);
        record.budget -= uint128(amount);
        (address owner,) = MACHINES.ownerAndKey(machineId);
        emit Claimed(programId, machineId, owner, amount);
        record.token.safeTransfer(owner, amount);
    }

    /// @inheritdoc IPrograms
    function reclaim(uint256 programId) external nonReentrant returns (uint256 amount) {
        Record storage record = _required(programId);
        if (msg.sender != record.sponsor) revert Errors.Programs_NotSponsor(programId, msg.sender);
        uint256 claimableUntil = record.untilEpoch + CLAIM_EPOCHS;
        if (_epochNow() < claimableUntil) revert Errors.Programs_StillClaimable(programId, claimableUntil);
        amount = record.budget;
        record.budget = 0;
        emit Reclaimed(programId, amount);
        record.token.safeTransfer(msg.sender, amount);
    }

    /// @dev Takes `asked` from the caller and says how much of it really came.
    function _take(IERC20 token, uint256 asked) private returns (uint256 arrived) {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), asked);
        uint256 held = token.balanceOf(address(this));
        arrived = held > before ? held - before : 0;
        if (arrived > asked) arrived = asked;
    }

    function _remove(uint256 programId, uint256 machineId) private {
        uint256[] storage programs = _programsOf[machineId];
        uint256 last = programs.length - 1;
        for (uint256 i = 0; i < last; ++i) {
            if (programs[i] == programId) {
                programs[i] = programs[last];
                break;
            }
        }
        programs.pop();
    }

    function _requiredSeat(uint256 programId, uint256 machineId)
        private
        view
        returns (Record storage record, Seat storage seat)
    {
        record = _required(programId);
        seat = _seats[programId][machineId];
        if (seat.until != STAYING) revert Errors.Programs_NotJoined(programId, machineId);
    }

    function _checkMachineSide(uint256 machineId) private view {
        if (!MACHINES.isOwnerOrKey(machineId, msg.sender)) revert Errors.Programs_NotMachine(machineId, msg.sender);
    }
}
