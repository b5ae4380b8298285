// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IOperators
/// @notice Clouds that bring renters. An operator's fee is agreed lease by lease, on top of the rent, and never above the cap
/// that it registered, nor above MAX_FEE_BPS.
interface IOperators {
    /// @param account Who speaks for the operator.
    /// @param feeCapBps The highest fee it may take, in hundredths of a percent of what a renter pays.
    /// @param purse Where its fees go (see {ILeases}).
    struct Operator {
        address account;
        uint16 feeCapBps;
        uint24 purse;
        string name;
    }

    /// @notice Emitted when an operator registers.
    event Registered(uint256 indexed operatorId, address indexed account, uint16 feeCapBps, string name);
    /// @notice Emitted when an operator changes its name or lowers or raises its cap; open leases keep their fee.
    event Changed(uint256 indexed operatorId, uint16 feeCapBps, string name);
    /// @notice Emitted when an operator is handed over; fees of open leases go on to whom they were agreed with.
    event HandedOver(uint256 indexed operatorId, address indexed account);

    /// @notice Registers the caller as an operator.
    function register(string calldata name, uint16 feeCapBps) external returns (uint256 operatorId);
    /// @notice Changes name and cap. Only the operator's account.
    function change(uint256 operatorId, string calldata name, uint16 feeCapBps) external;
    /// @notice Hands the operator over. Only the operator's account.
    function handOver(uint256 operatorId, address account) external;

    /// @notice One operator; zeros when it was never registered.
    function operator(uint256 operatorId) external view returns (Operator memory);
    /// @notice What a lease depends on.
    function terms(uint256 operatorId) external view returns (address account, uint16 feeCapBps, uint24 purse);
    /// @notice How many operators ever registered; their numbers are 1 … count.
    function count() external view returns (uint256);
}
