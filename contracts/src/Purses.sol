// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {Errors} from "./Errors.sol";
import {Token} from "./Token.sol";

/// @title Purses
/// @notice Money that settlements have given out and that waits: in purses for those who are paid, and set aside for the
/// fire. To pay into a purse is one write, where a transfer is two and a burn is three; and a lease keeps 24 bits instead of
/// an address.
abstract contract Purses is ILeases {
    using SafeCast for uint256;

    struct Purse {
        address account;
        uint96 amount;
    }

    /// @dev What is set aside for burning: in all, and in the epoch of the last settlement.
    struct Burn {
        uint96 pending;
        uint96 inEpoch;
        uint32 epoch;
    }

    struct MachineBurn {
        uint96 amount;
        uint32 epoch;
    }

    /// @notice Epochs for which the burn of each machine is kept, so that its slots are used again: a claim of work reward
    /// comes within two months.
    uint256 public constant EPOCHS_KEPT = 64;

    Token public immutable TOKEN;
    /// @notice Seconds of an epoch; the same in Rewards and Programs.
    uint256 public immutable EPOCH_SECONDS;

    /// @inheritdoc ILeases
    mapping(address account => uint24) public purseNumber;
    uint24 private _purseCount;
    uint96 private _burntSoFar;
    Burn private _burn;
    mapping(uint256 purse => Purse) private _purses;
    mapping(uint256 epoch => uint256) private _burntIn;
    mapping(uint256 machineId => MachineBurn[EPOCHS_KEPT]) private _burntBy;

    constructor(Token token, uint256 epochSeconds) {
        TOKEN = token;
        EPOCH_SECONDS = epochSeconds;
    }

    /// @inheritdoc ILeases
    function withdraw(uint256 purse) external returns (uint256 amount) {
        Purse storage found = _purses[purse];
        amount = found.amount;
        if (amount == 0) revert Errors.Leases_PurseEmpty(purse);
        found.amount = 0;
        emit Withdrawn(purse, found.account, amount);

        TOKEN.transfer(found.account, amount);
    }

    /// @inheritdoc ILeases
    function burnPending() external returns (uint256 amount) {
        amount = _burn.pending;
        _burn.pending = 0;
        _burntSoFar += uint96(amount);
        emit Burnt(amount);

        TOKEN.burn(amount);
    }

    /// @inheritdoc ILeases
    function purseOf(uint256 purse) external view returns (address, uint256) {
        return (_purses[purse].account, _purses[purse].amount);
    }

    /// @inheritdoc ILeases
    function totalBurnt() external view returns (uint256) {
        return uint256(_burntSoFar) + _burn.pending;
    }

    /// @inheritdoc ILeases
    function pendingBurn() external view returns (uint256) {
        return _burn.pending;
    }

    /// @inheritdoc ILeases
    function burntIn(uint256 epoch) external view returns (uint256) {
        return epoch == _burn.epoch ? _burn.inEpoch : _burntIn[epoch];
    }

    /// @inheritdoc ILeases
    function burntBy(uint256 machineId, uint256 epoch) external view returns (uint256) {
        MachineBurn storage entry = _burntBy[machineId][epoch % EPOCHS_KEPT];
        return entry.epoch == epoch ? entry.amount : 0;
    }

    function _openPurse(address account) internal returns (uint24 purse) {
        purse = purseNumber[account];
        if (purse != 0) return purse;
        purse = ++_purseCount;
        purseNumber[account] = purse;
        _purses[purse].account = account;
        emit PurseOpened(purse, account);
    }

    /// @dev The token is the ledger's own: it reverts where it cannot, and always answers true.
    function _take(address from, uint256 amount) internal {
        TOKEN.transferFrom(from, address(this), amount);
    }

    function _pay(uint24 purse, uint256 amount) internal {
        _purses[purse].amount += amount.toUint96();
    }

    function _setAside(uint256 machineId, uint256 burnt) internal {
        uint32 epoch = uint32(block.timestamp / EPOCH_SECONDS);
        Burn memory burn = _burn;
        if (burn.epoch != epoch) {
            if (burn.inEpoch > 0) _burntIn[burn.epoch] = burn.inEpoch;
            (burn.epoch, burn.inEpoch) = (epoch, 0);
        }
        burn.pending += uint96(burnt);
        burn.inEpoch += uint96(burnt);
        _burn = burn;

        MachineBurn storage entry = _burntBy[machineId][epoch % EPOCHS_KEPT];
        entry.amount = (entry.epoch == epoch ? entry.amount : 0) + uint96(burnt);
        entry.epoch = epoch;
    }
}
