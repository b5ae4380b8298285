// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Waterfall} from "./libraries/Waterfall.sol";
import {Errors} from "./Errors.sol";
import {Token} from "./Token.sol";

/// @title Stakes
/// @notice See {IStakes}. Holds stake and nothing else; who may lock it is fixed for ever at deployment.
contract Stakes is IStakes {
    using SafeCast for uint256;

    struct Account {
        uint96 free;
        uint96 total;
    }

    struct Bond {
        address account;
        uint96 amount;
    }

    struct Totals {
        uint96 staked;
        uint96 pending;
    }

    /// @notice The contracts that lock stake, each for its own subjects: machines, verifiers, faults, reporters.
    struct Lockers {
        address machines;
        address committees;
        address faults;
        address prices;
    }

    /// @notice The longest delay that can be set at deployment: no stake is ever stuck for longer.
    uint256 public constant MAX_UNBONDING_PERIOD = 60 days;

    Token public immutable TOKEN;
    address public immutable MACHINES;
    address public immutable COMMITTEES;
    address public immutable FAULTS;
    address public immutable PRICES;
    /// @notice Receives what is left of a slash, as free stake.
    address public immutable TREASURY;
    /// @notice Seconds from `unbond` until stake can be released: the time in which a fault can still be found.
    uint256 public immutable UNBONDING_PERIOD;

    Totals private _totals;
    mapping(address account => Account) private _accounts;
    mapping(address locker => mapping(uint256 subject => Bond)) private _bonds;
    mapping(address locker => mapping(uint256 subject => uint256)) private _releasableAt;

    constructor(Token token, Lockers memory lockers, address treasury, uint256 unbondingPeriod) {
        if (unbondingPeriod > MAX_UNBONDING_PERIOD) {
            revert Errors.Stakes_UnbondingOutOfBounds(unbondingPeriod, MAX_UNBONDING_PERIOD);
        }
        TOKEN = token;
        MACHINES = lockers.machines;
        COMMITTEES = lockers.committees;
        FAULTS = lockers.faults;
        PRICES = lockers.prices;
        TREASURY = treasury;
        UNBONDING_PERIOD = unbondingPeriod;
    }

    modifier onlyLocker() {
        bool isLocker =
            msg.sender == MACHINES || msg.sender == COMMITTEES || msg.sender == FAULTS || msg.sender == PRICES;
        if (!isLocker) revert Errors.Stakes_NotLocker(msg.sender);
        _;
    }

    /// @inheritdoc IStakes
    function deposit(uint256 amount) external {
        _deposit(amount);
    }

    /// @inheritdoc IStakes
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        // Whoever saw the permit may have used it first; if the allowance is missing, the transfer says so.
        try TOKEN.permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _deposit(amount);
    }

    /// @inheritdoc IStakes
    function withdraw(uint256 amount) external {
        _takeFree(msg.sender, amount);
        _accounts[msg.sender].total -= uint96(amount);
        _totals.staked -= uint96(amount);
        emit Withdrawn(msg.sender, amount);

        TOKEN.returnStake(msg.sender, amount);
    }

    /// @inheritdoc IStakes
    function release(address locker, uint256 subject) external returns (uint256 amount) {
        Bond memory found = _bonds[locker][subject];
        uint256 releasableAt = _releasableAt[locker][subject];
        if (releasableAt == 0) revert Errors.Stakes_NotUnbonding(locker, subject);
        if (block.timestamp < releasableAt) revert Errors.Stakes_StillUnbonding(locker, subject, releasableAt);

        amount = found.amount;
        delete _bonds[locker][subject];
        delete _releasableAt[locker][subject];
        _accounts[found.account].free += found.amount;
        emit Released(found.account, locker, subject, amount);
    }

    /// @inheritdoc IStakes
    function sweep() external {
        (uint256 burnt, uint256 toTreasury) = Waterfall.divideRest(_totals.pending);
        _totals.pending = 0;
        _totals.staked += uint96(toTreasury);
        emit Swept(burnt, toTreasury);

        _give(TREASURY, toTreasury);
        TOKEN.burn(burnt);
    }

    /// @inheritdoc IStakes
    function lock(uint256 subject, address account, uint256 amount) external onlyLocker {
        Bond storage found = _lockedBond(subject);
        if (found.account != account && found.account != address(0)) {
            revert Errors.Stakes_BondTaken(msg.sender, subject, found.account);
        }

        _takeFree(account, amount);
        _bonds[msg.sender][subject] = Bond(account, found.amount + uint96(amount));
        emit Locked(account, msg.sender, subject, amount);
    }

    /// @inheritdoc IStakes
    function unlock(uint256 subject, uint256 amount) external onlyLocker {
        Bond storage found = _lockedBond(subject);
        if (amount > found.amount) revert Errors.Stakes_BondTooSmall(msg.sender, subject, amount, found.amount);

        address account = found.account;
        if (amount == found.amount) delete _bonds[msg.sender][subject];
        else found.amount -= uint96(amount);
        _accounts[account].free += uint96(amount);
        emit Unlocked(account, msg.sender, subject, amount);
    }

    /// @inheritdoc IStakes
    function unbond(uint256 subject) external onlyLocker {
        Bond storage found = _lockedBond(subject);
        uint256 releasableAt = block.timestamp + UNBONDING_PERIOD;
        _releasableAt[msg.sender][subject] = releasableAt;
        emit UnbondingStarted(found.account, msg.sender, subject, found.amount, releasableAt);
    }

    /// @inheritdoc IStakes
    function move(uint256 subject, address to) external onlyLocker {
        Bond storage found = _lockedBond(subject);
        (address from, uint96 amount) = (found.account, found.amount);
        found.account = to;
        _accounts[from].total -= amount;
        _accounts[to].total += amount;
        emit Moved(from, to, msg.sender, subject, amount);

        TOKEN.moveStakeVotes(from, to, amount);
    }

    /// @inheritdoc IStakes
    function slash(uint256 subject, uint256 amount, uint256 extra, Split calldata split)
        external
        onlyLocker
        returns (uint256 taken)
    {
        Bond storage found = _bonds[msg.sender][subject];
        address account = found.account;
        taken = amount < found.amount ? amount : found.amount;
        found.amount -= uint96(taken);
        _accounts[account].total -= uint96(taken);

        Waterfall.Parts memory parts = Waterfall.divide(taken + extra, split);
        _totals.staked = _totals.staked + extra.toUint96() - uint96(parts.rest);
        _totals.pending += uint96(parts.rest);
        uint256 toVerifiers = parts.eachVerifier * split.verifiers.length;
        emit Slashed(account, msg.sender, subject, taken, extra, parts.renter, parts.reporter, toVerifiers, parts.rest);

        if (taken > 0) TOKEN.moveStakeVotes(account, address(0), taken);
        _give(split.renter, parts.renter);
        _give(split.reporter, parts.reporter);
        for (uint256 i = 0; i < split.verifiers.length; ++i) {
            _give(split.verifiers[i], parts.eachVerifier);
        }
    }

    /// @inheritdoc IStakes
    function free(address account) external view returns (uint256) {
        return _accounts[account].free;
    }

    /// @inheritdoc IStakes
    function totalOf(address account) external view returns (uint256) {
        return _accounts[account].total;
    }

    /// @inheritdoc IStakes
    function bond(address locker, uint256 subject) external view returns (address, uint256, uint256) {
        Bond memory found = _bonds[locker][subject];
        return (found.account, found.amount, _releasableAt[locker][subject]);
    }

    /// @inheritdoc IStakes
    function total() external view returns (uint256) {
        return _totals.staked;
    }

    /// @inheritdoc IStakes
    function pending() external view returns (uint256) {
        return _totals.pending;
    }

    function _deposit(uint256 amount) private {
        uint96 small = amount.toUint96();
        Account storage account = _accounts[msg.sender];
        account.free += small;
        account.total += small;
        _totals.staked += small;
        emit Deposited(msg.sender, amount);

        TOKEN.takeStake(msg.sender, amount);
    }

    /// @dev What a slash gives away is free stake of whom it goes to: he votes with it, and withdraws it when he likes.
    function _give(address to, uint256 amount) private {
        if (amount == 0) return;
        Account storage account = _accounts[to];
        account.free += uint96(amount);
        account.total += uint96(amount);
        TOKEN.moveStakeVotes(address(0), to, amount);
    }

    function _lockedBond(uint256 subject) private view returns (Bond storage) {
        uint256 releasableAt = _releasableAt[msg.sender][subject];
        if (releasableAt != 0) revert Errors.Stakes_Unbonding(msg.sender, subject, releasableAt);
        return _bonds[msg.sender][subject];
    }

    function _takeFree(address account, uint256 amount) private {
        uint256 available = _accounts[account].free;
        if (amount > available) revert Errors.Stakes_FreeTooSmall(account, amount, available);
        _accounts[account].free = uint96(available - amount);
    }
}
