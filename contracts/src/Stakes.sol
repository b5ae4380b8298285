// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";

/// @title Stakes
/// @notice See {IStakes}. Holds stake and nothing else; who may lock it is fixed for ever at deployment.
contract Stakes is IStakes {
    using SafeERC20 for IERC20;

    struct Batch {
        uint128 amount;
        uint40 releasableAt;
    }

    /// @notice The longest delay that can be set at deployment: no stake is ever stuck for longer.
    uint256 public constant MAX_UNBONDING_PERIOD = 60 days;

    IERC20 public immutable TOKEN;
    /// @notice The two lockers.
    address public immutable MACHINES;
    address public immutable AUDITS;
    /// @notice Seconds from `unlock` until stake can be released: the time in which a fault can still be found.
    uint256 public immutable UNBONDING_PERIOD;

    /// @inheritdoc IStakes
    uint256 public total;
    /// @inheritdoc IStakes
    mapping(address account => uint256) public free;
    /// @inheritdoc IStakes
    mapping(address account => mapping(address locker => uint256)) public locked;
    mapping(address account => mapping(address locker => Batch)) private _batches;

    constructor(IERC20 token, address machines, address audits, uint256 unbondingPeriod) {
        if (unbondingPeriod > MAX_UNBONDING_PERIOD) {
            revert Errors.Stakes_UnbondingOutOfBounds(unbondingPeriod, MAX_UNBONDING_PERIOD);
        }
        TOKEN = token;
        MACHINES = machines;
        AUDITS = audits;
        UNBONDING_PERIOD = unbondingPeriod;
    }

    modifier onlyLocker() {
        if (msg.sender != MACHINES && msg.sender != AUDITS) revert Errors.Stakes_NotLocker(msg.sender);
        _;
    }

    /// @inheritdoc IStakes
    function deposit(uint256 amount) external {
        free[msg.sender] += amount;
        total += amount;
        emit Deposited(msg.sender, amount);

        TOKEN.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IStakes
    function withdraw(uint256 amount) external {
        _takeFree(msg.sender, amount);
        total -= amount;
        emit Withdrawn(msg.sender, amount);

        TOKEN.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IStakes
    function release(address locker) external returns (uint256 amount) {
        Batch memory batch = _batches[msg.sender][locker];
        amount = batch.amount;
        if (amount == 0) revert Errors.Stakes_NothingUnbonding(msg.sender, locker);
        if (block.timestamp < batch.releasableAt) {
            revert Errors.Stakes_StillUnbonding(msg.sender, locker, batch.releasableAt);
        }

        delete _batches[msg.sender][locker];
        free[msg.sender] += amount;
        emit Released(msg.sender, locker, amount);
    }

    /// @inheritdoc IStakes
    function lock(address account, uint256 amount) external onlyLocker {
        _takeFree(account, amount);
        locked[account][msg.sender] += amount;
        emit Locked(account, msg.sender, amount);
    }

    /// @inheritdoc IStakes
    function unlock(address account, uint256 amount) external onlyLocker {
        uint256 held = locked[account][msg.sender];
        if (amount > held) revert Errors.Stakes_LockedTooSmall(account, msg.sender, amount, held);

        uint256 releasableAt = block.timestamp + UNBONDING_PERIOD;
        Batch storage batch = _batches[account][msg.sender];
        locked[account][msg.sender] = held - amount;
        batch.amount += SafeCast.toUint128(amount);
        batch.releasableAt = SafeCast.toUint40(releasableAt);
        emit UnbondingStarted(account, msg.sender, amount, releasableAt);
    }

    /// @inheritdoc IStakes
    function unbonding(address account, address locker) external view returns (uint256 amount, uint256 releasableAt) {
        Batch memory batch = _batches[account][locker];
        return (batch.amount, batch.releasableAt);
    }

    function _takeFree(address account, uint256 amount) private {
        uint256 available = free[account];
        if (amount > available) revert Errors.Stakes_FreeTooSmall(account, amount, available);
        free[account] = available - amount;
    }
}
