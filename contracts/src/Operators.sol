// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "./interfaces/ILeases.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {Errors} from "./Errors.sol";

/// @title Operators
/// @notice See {IOperators}. Who may register is not restricted: a fee is only ever what the renter agreed to.
contract Operators is IOperators {
    /// @notice A renter who sees the price with its fee cannot be overcharged, one who does not look should not lose more
    /// than a fifth.
    uint256 public constant MAX_FEE_BPS = 2000;
    /// @notice One line on a screen, and a bounded price for whoever reads all operators.
    uint256 public constant MAX_NAME_BYTES = 64;

    ILeases public immutable LEASES;

    /// @dev Operators are numbered by 24 bits in a lease.
    uint24 private _count;
    mapping(uint256 operatorId => Operator) private _operators;

    constructor(ILeases leases) {
        LEASES = leases;
    }

    /// @inheritdoc IOperators
    function register(string calldata name, uint16 feeCapBps) external returns (uint256 operatorId) {
        _checkTerms(name, feeCapBps);
        operatorId = ++_count;
        Operator storage record = _operators[operatorId];
        record.account = msg.sender;
        record.feeCapBps = feeCapBps;
        record.name = name;
        emit Registered(operatorId, msg.sender, feeCapBps, name);
        record.purse = LEASES.openPurse(msg.sender);
    }

    /// @inheritdoc IOperators
    function change(uint256 operatorId, string calldata name, uint16 feeCapBps) external {
        Operator storage record = _own(operatorId);
        _checkTerms(name, feeCapBps);
        record.feeCapBps = feeCapBps;
        record.name = name;
        emit Changed(operatorId, feeCapBps, name);
    }

    /// @inheritdoc IOperators
    function handOver(uint256 operatorId, address account) external {
        Operator storage record = _own(operatorId);
        if (account == address(0)) revert Errors.Operators_AccountZero(operatorId);
        record.account = account;
        emit HandedOver(operatorId, account);
        record.purse = LEASES.openPurse(account);
    }

    /// @inheritdoc IOperators
    function operator(uint256 operatorId) external view returns (Operator memory) {
        return _operators[operatorId];
    }

    /// @inheritdoc IOperators
    function terms(uint256 operatorId) external view returns (address account, uint16 feeCapBps, uint24 purse) {
        Operator storage record = _operators[operatorId];
        return (record.account, record.feeCapBps, record.purse);
    }

    /// @inheritdoc IOperators
    function count() external view returns (uint256) {
        return _count;
    }

    function _own(uint256 operatorId) private view returns (Operator storage record) {
        record = _operators[operatorId];
        if (msg.sender != record.account) revert Errors.Operators_NotOperator(operatorId, msg.sender);
    }

    function _checkTerms(string calldata name, uint256 feeCapBps) private pure {
        uint256 length = bytes(name).length;
        if (length == 0 || length > MAX_NAME_BYTES) {
            revert Errors.Operators_NameLengthOutOfBounds(length, 1, MAX_NAME_BYTES);
        }
        if (feeCapBps > MAX_FEE_BPS) revert Errors.Operators_FeeCapTooHigh(feeCapBps, MAX_FEE_BPS);
    }
}
