// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IStakes
/// @notice Tokens that answer for a machine or a verifier. Each account's stake is free, locked or unbonding; the three
/// add up to what the account put in less what it took out.
interface IStakes {
    /// @notice Emitted when `account` puts `amount` of tokens into its free stake.
    event Deposited(address indexed account, uint256 amount);
    /// @notice Emitted when `amount` moves from free to locked, to answer for the subject of `locker`.
    event Locked(address indexed account, address indexed locker, uint256 amount);
    /// @notice Emitted when `amount` moves from locked to unbonding; it can be released from `releasableAt` on.
    event UnbondingStarted(address indexed account, address indexed locker, uint256 amount, uint256 releasableAt);
    /// @notice Emitted when `amount` moves from unbonding back to free.
    event Released(address indexed account, address indexed locker, uint256 amount);
    /// @notice Emitted when `amount` leaves to `account`.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice Puts `amount` of the caller's tokens into his free stake. Needs an allowance for this contract.
    function deposit(uint256 amount) external;
    /// @notice Withdraws free stake at once.
    function withdraw(uint256 amount) external;
    /// @notice Moves the caller's unbonding stake of `locker`, whose delay is over, back to free.
    function release(address locker) external returns (uint256 amount);

    /// @notice Locks free stake of `account`. Only a locker (Machines, Audits).
    function lock(address account, uint256 amount) external;
    /// @notice Starts unbonding of locked stake. Only a locker, for what it locked itself.
    /// @dev There is one unbonding batch for each account and locker: a later unlock joins it and restarts its delay.
    function unlock(address account, uint256 amount) external;

    /// @notice Stake of `account` that can be locked or withdrawn now.
    function free(address account) external view returns (uint256);
    /// @notice Stake of `account` that answers for the subjects of `locker`.
    function locked(address account, address locker) external view returns (uint256);
    /// @notice Stake of `account` on its way back from `locker`, and the unix second from which it can be released.
    function unbonding(address account, address locker) external view returns (uint256 amount, uint256 releasableAt);
    /// @notice The stake of all accounts: free, locked and unbonding.
    function total() external view returns (uint256);
}
