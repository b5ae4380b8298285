// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IMintable} from "./interfaces/IMintable.sol";
import {IRewards} from "./interfaces/IRewards.sol";
import {PointsLedger} from "./libraries/PointsLedger.sol";
import {Vesting} from "./libraries/Vesting.sol";
import {Epochs} from "./Epochs.sol";
import {Errors} from "./Errors.sol";
import {GuardianPause} from "./GuardianPause.sol";
import {RewardBook} from "./RewardBook.sol";

/// @title Rewards
/// @notice See {IRewards}. Who may do what; how rewards are kept and minted is in {RewardBook}.
contract Rewards is RewardBook, GuardianPause {
    using Checkpoints for Checkpoints.Trace224;
    using PointsLedger for PointsLedger.Pool;
    using SafeCast for uint256;
    using Vesting for Vesting.Tranches;

    /// @param committees May owe verifiers their pay.
    /// @param treasury Is minted the treasury's share.
    /// @param governance The timelock; may set κ.
    /// @param guardian May stop mints for a while, and nothing else.
    /// @param epochSeconds Length of an epoch; the same in all contracts of a ledger.
    struct Config {
        IMintable token;
        IMachines machines;
        ILeases leases;
        address committees;
        address treasury;
        address governance;
        address guardian;
        uint32 epochSeconds;
    }

    /// @dev What of an epoch's verifier pot is spent.
    struct Spent {
        uint32 epoch;
        uint128 amount;
    }

    /// @notice Pay for a vote, in token units; flat, so that agreeing with others earns nothing.
    uint256 public constant VERIFIER_PAY = 2e18;
    /// @notice Less, and the work pot would say nothing to a machine that is used.
    uint256 public constant MIN_KAPPA_BPS = 1000;
    /// @notice At 1 and above renting from oneself would be free; a tenth is the margin.
    uint256 public constant MAX_KAPPA_BPS = 9000;

    IMachines public immutable MACHINES;
    address public immutable COMMITTEES;
    address public immutable TREASURY;
    address public immutable GOVERNANCE;

    /// @inheritdoc IRewards
    mapping(address verifier => uint256) public owedTo;
    Spent private _spent;

    constructor(Config memory config)
        Epochs(config.epochSeconds)
        RewardBook(config.token, config.leases)
        GuardianPause(config.guardian)
    {
        MACHINES = config.machines;
        COMMITTEES = config.committees;
        TREASURY = config.treasury;
        GOVERNANCE = config.governance;
    }

    /// @inheritdoc IRewards
    function roll(uint256 epochs) external {
        _roll(epochs);
        uint256 amount = _totals.owedToTreasury;
        if (amount == 0 || _isPaused()) return;
        _totals.owedToTreasury = 0;
        emit TreasuryPaid(amount);
        _mint(TREASURY, amount);
    }

    /// @inheritdoc IRewards
    function sync(uint256 machineId) external {
        _roll(ROLLED_BY_THE_WAY);
        _credit(machineId, new uint256[](0));
        (uint32 points, uint40 until) = MACHINES.pointsOf(machineId);
        uint256 current = _epochNow();
        uint256 untilEpoch = _epochOf(until);
        if (_pool.weigh(_shares[machineId], current, points, untilEpoch)) {
            emit Weighed(machineId, points, current + 1, untilEpoch);
        }
    }

    /// @inheritdoc IRewards
    function claim(uint256 machineId, uint256[] calldata workEpochs) external returns (uint256 amount) {
        _roll(ROLLED_BY_THE_WAY);
        _credit(machineId, workEpochs);
        amount = _claimable[machineId];
        // Crediting goes on in a pause: Leases keeps what a machine burnt for a while only.
        if (amount == 0 || _isPaused()) return 0;
        (address owner,) = MACHINES.ownerAndKey(machineId);
        delete _claimable[machineId];
        emit Claimed(machineId, owner, amount);
        _mint(owner, amount);
    }

    /// @inheritdoc IRewards
    /// @dev Not held up by a pause: it makes no one richer than the book already says, and the guardian must not stand between
    /// a fault and whom it hurt.
    function forfeit(uint256 machineId, uint256 amount, address to) external returns (uint256 taken) {
        if (msg.sender != address(MACHINES)) revert Errors.Rewards_NotMachines(msg.sender);
        // First what is earned and not credited, or a machine could keep it out of reach by never claiming.
        _roll(ROLLED_BY_THE_WAY);
        _credit(machineId, new uint256[](0));
        taken = _tranches[machineId].take(amount);
        if (taken == 0) return 0;
        emit Forfeited(machineId, taken);
        _mint(to, taken);
    }

    /// @inheritdoc IRewards
    function creditVerifiers(address[] calldata verifiers) external {
        if (msg.sender != COMMITTEES) revert Errors.Rewards_NotCommittees(msg.sender);
        if (verifiers.length == 0) return;
        uint256 epoch = _epochNow();
        uint256 spent = _spent.epoch == epoch ? _spent.amount : 0;
        uint256 payEach = (_potsOf(epoch).verifiers - spent) / verifiers.length;
        if (payEach > VERIFIER_PAY) payEach = VERIFIER_PAY;
        _spent = Spent({epoch: epoch.toUint32(), amount: (spent + payEach * verifiers.length).toUint128()});
        for (uint256 i = 0; i < verifiers.length; ++i) {
            owedTo[verifiers[i]] += payEach;
        }
        emit VerifiersCredited(epoch, verifiers.length, payEach);
    }

    /// @inheritdoc IRewards
    function claimVerifier(address verifier) external whenNotPaused returns (uint256 amount) {
        amount = owedTo[verifier];
        if (amount == 0) return 0;
        delete owedTo[verifier];
        emit VerifierPaid(verifier, amount);
        _mint(verifier, amount);
    }

    /// @inheritdoc IRewards
    function setKappa(uint256 kappaBps) external {
        if (msg.sender != GOVERNANCE) revert Errors.Rewards_NotGovernance(msg.sender);
        if (kappaBps < MIN_KAPPA_BPS || kappaBps > MAX_KAPPA_BPS) {
            revert Errors.Rewards_KappaOutOfBounds(kappaBps, MIN_KAPPA_BPS, MAX_KAPPA_BPS);
        }
        uint256 fromEpoch = _epochNow() + 1;
        _kappa.push(fromEpoch.toUint32(), uint224(kappaBps));
        emit KappaSet(kappaBps, fromEpoch);
    }
}
