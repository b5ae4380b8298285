// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMintable} from "./interfaces/IMintable.sol";
import {IRewards} from "./interfaces/IRewards.sol";
import {Emission} from "./libraries/Emission.sol";
import {PointsLedger} from "./libraries/PointsLedger.sol";
import {Vesting} from "./libraries/Vesting.sol";
import {WorkLedger} from "./libraries/WorkLedger.sol";
import {Epochs} from "./Epochs.sol";
import {Errors} from "./Errors.sol";

/// @title RewardBook
/// @notice The rewards as they are kept: what each epoch pays, what each machine is credited with, and the one way by which
/// tokens come into being. It holds no tokens, and decides nothing.
///
/// Whatever is minted was a part of an epoch's pots before: availability and work by the two ledgers, verifiers by a count of
/// what the epoch's pot has left, the treasury when the epoch is rolled. So `minted` never passes the sum of `emissionOf`.
abstract contract RewardBook is IRewards, Epochs {
    using BitMaps for BitMaps.BitMap;
    using Checkpoints for Checkpoints.Trace224;
    using PointsLedger for PointsLedger.Pool;
    using PointsLedger for PointsLedger.Share;
    using SafeCast for uint256;
    using Vesting for Vesting.Tranches;
    using WorkLedger for WorkLedger.Book;

    struct Totals {
        uint128 minted;
        uint128 owedToTreasury;
    }

    /// @notice κ at deployment: of what one burns for oneself a fifth is lost, and three quarters of the rest wait.
    uint256 public constant KAPPA_BPS = 8000;
    /// @notice Share of a credit that can be claimed at once, in hundredths of a percent: running costs are paid in the
    /// present.
    uint256 public constant AT_ONCE_BPS = 2500;

    uint256 internal constant BPS = 10_000;

    /// @notice The first epoch that pays: the one of the deployment.
    uint256 public immutable START_EPOCH;
    IMintable public immutable TOKEN;
    ILeases public immutable LEASES;

    Totals internal _totals;
    PointsLedger.Pool internal _pool;
    WorkLedger.Book internal _work;
    Checkpoints.Trace224 internal _kappa;
    mapping(uint256 machineId => PointsLedger.Share) internal _shares;
    mapping(uint256 machineId => Vesting.Tranches) internal _tranches;
    mapping(uint256 machineId => uint256) internal _claimable;

    constructor(IMintable token, ILeases leases) {
        TOKEN = token;
        LEASES = leases;
        START_EPOCH = _epochNow();
        _pool.nextEpoch = START_EPOCH.toUint32();
        _kappa.push(0, uint224(KAPPA_BPS));
    }

    /// @inheritdoc IRewards
    function emissionOf(uint256 epoch) public view returns (uint256) {
        return epoch < START_EPOCH ? 0 : Emission.total((epoch - START_EPOCH) * EPOCH_SECONDS, EPOCH_SECONDS);
    }

    /// @inheritdoc IRewards
    function currentEpoch() external view returns (uint256) {
        return _epochNow();
    }

    /// @inheritdoc IRewards
    function nextEpoch() external view returns (uint256) {
        return _pool.nextEpoch;
    }

    /// @inheritdoc IRewards
    function accountOf(uint256 machineId) external view returns (Account memory account) {
        PointsLedger.Share storage share = _shares[machineId];
        (account.points, account.untilEpoch) = share.last();
        account.fromEpoch = share.from;
        account.unvested = _tranches[machineId].unvested;
        account.claimable = _claimable[machineId].toUint96();
    }

    /// @inheritdoc IRewards
    function claimableOf(uint256 machineId) external view returns (uint256) {
        (uint256 released,) = _tranches[machineId].releasable();
        return _claimable[machineId] + released + _atOnce(_pool.earned(_shares[machineId]));
    }

    /// @inheritdoc IRewards
    function workRateOf(uint256 epoch) external view returns (uint256) {
        return _work.rate[epoch];
    }

    /// @inheritdoc IRewards
    function isWorkClaimed(uint256 machineId, uint256 epoch) external view returns (bool) {
        return _work.paid[machineId].get(epoch);
    }

    /// @inheritdoc IRewards
    function kappaOf(uint256 epoch) public view returns (uint256) {
        return _kappa.upperLookupRecent(epoch > type(uint32).max ? type(uint32).max : uint32(epoch));
    }

    /// @inheritdoc IRewards
    function owedToTreasury() external view returns (uint256) {
        return _totals.owedToTreasury;
    }

    /// @inheritdoc IRewards
    function minted() external view returns (uint256) {
        return _totals.minted;
    }

    /// @dev Closes up to `epochs` epochs that are over. Mints nothing, so that nothing can stop it.
    function _roll(uint256 epochs) internal {
        uint256 current = _epochNow();
        uint256 epoch = _pool.nextEpoch;
        uint256 treasury;
        for (; epoch < current && epochs > 0; (++epoch, --epochs)) {
            Emission.Pots memory pots = _potsOf(epoch);
            uint256 burnt = LEASES.burntIn(epoch);
            _work.close(epoch, pots.work, burnt, kappaOf(epoch) * (WorkLedger.ONE / BPS));
            uint256 points = _pool.close(pots.availability);
            treasury += pots.treasury;
            emit Rolled(epoch, pots.availability, points, pots.work, burnt);
        }
        if (treasury > 0) _totals.owedToTreasury += treasury.toUint128();
    }

    /// @dev Credits availability, and work in `workEpochs`, of epochs that are rolled.
    function _credit(uint256 machineId, uint256[] memory workEpochs) internal {
        uint256 availability = _pool.settle(_shares[machineId]);
        uint256 work;
        for (uint256 i = 0; i < workEpochs.length; ++i) {
            uint256 epoch = workEpochs[i];
            if (epoch >= _pool.nextEpoch) revert Errors.Epochs_NotRolled(epoch, _pool.nextEpoch);
            work += _work.take(machineId, epoch, LEASES.burntBy(machineId, epoch));
        }

        uint256 claimable = _tranches[machineId].release();
        uint256 amount = availability + work;
        if (amount > 0) {
            uint256 atOnce = _atOnce(amount);
            claimable += atOnce;
            _tranches[machineId].add(amount - atOnce);
            emit Credited(machineId, availability, work);
        }
        if (claimable > 0) _claimable[machineId] += claimable;
    }

    /// @dev Last in every path: what follows is the mint, and Token calls nobody.
    function _mint(address to, uint256 amount) internal {
        _totals.minted += amount.toUint128();
        TOKEN.mint(to, amount);
    }

    function _potsOf(uint256 epoch) internal view returns (Emission.Pots memory) {
        return Emission.pots((epoch - START_EPOCH) * EPOCH_SECONDS, EPOCH_SECONDS);
    }

    function _atOnce(uint256 amount) private pure returns (uint256) {
        return amount * AT_ONCE_BPS / BPS;
    }
}
