// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IOrders} from "./interfaces/IOrders.sol";
import {OrderHashes} from "./libraries/OrderHashes.sol";
import {Errors} from "./Errors.sol";

/// @title OrderBook
/// @notice The part of {Orders} that every kind of signature shares: digests, nonces, deadlines, and renters' deposits.
abstract contract OrderBook is IOrders, EIP712 {
    using BitMaps for BitMaps.BitMap;
    using OrderHashes for *;
    using SafeERC20 for IERC20;

    IERC20 public immutable TOKEN;

    /// @dev A bit a nonce: an account that counts up from a multiple of 256 pays for a new word once in 256 signatures, and
    /// signatures can still be used in any order.
    mapping(address account => BitMaps.BitMap) private _nonces;
    mapping(address account => uint256) private _deposits;

    constructor(IERC20 token) EIP712("Hotaru Orders", "1") {
        TOKEN = token;
    }

    /// @inheritdoc IOrders
    function cancel(uint256 nonce) external {
        _nonces[msg.sender].set(nonce);
        emit Cancelled(msg.sender, nonce);
    }

    /// @inheritdoc IOrders
    function deposit(uint256 amount) external {
        _deposits[msg.sender] += amount;
        emit Deposited(msg.sender, amount);
        TOKEN.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IOrders
    function withdraw(uint256 amount) external {
        _takeDeposit(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
        TOKEN.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IOrders
    function depositOf(address account) external view returns (uint256) {
        return _deposits[account];
    }

    /// @inheritdoc IOrders
    function isUsed(address account, uint256 nonce) external view returns (bool) {
        return _nonces[account].get(nonce);
    }

    /// @inheritdoc IOrders
    function hashOrder(SignedOrder calldata signed) public view returns (bytes32) {
        return _hashTypedDataV4(signed.hash());
    }

    /// @inheritdoc IOrders
    function hashStanding(StandingOrder calldata standing) public view returns (bytes32) {
        return _hashTypedDataV4(standing.hash());
    }

    /// @inheritdoc IOrders
    function hashQuote(Quote calldata quote) public view returns (bytes32) {
        return _hashTypedDataV4(quote.hash());
    }

    function _takeDeposit(address account, uint256 amount) internal {
        uint256 left = _deposits[account];
        if (amount > left) revert Errors.Orders_DepositTooSmall(account, amount, left);
        _deposits[account] = left - amount;
    }

    function _useNonce(address account, uint256 nonce) internal {
        _checkNonce(account, nonce);
        _nonces[account].set(nonce);
    }

    function _checkNonce(address account, uint256 nonce) internal view {
        if (_nonces[account].get(nonce)) revert Errors.Orders_NonceUsed(account, nonce);
    }

    function _checkDeadline(uint256 deadline) internal view {
        if (block.timestamp > deadline) revert Errors.Orders_Expired(deadline);
    }

    function _checkSignature(address signer, bytes32 hash, bytes calldata signature) internal view {
        if (!_hasSigned(signer, hash, signature)) revert Errors.Orders_SignatureInvalid(hash, signer);
    }

    /// @dev A contract wallet is asked by ERC-1271, in a static call: it can change nothing meanwhile.
    function _hasSigned(address signer, bytes32 hash, bytes calldata signature) internal view returns (bool) {
        return SignatureChecker.isValidSignatureNowCalldata(signer, hash, signature);
    }
}
