// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IProgramHook
/// @notice What a programme may answer, from a contract of its own. It is asked with HOOK_GAS and without being able to write;
/// whatever it does wrong counts as no.
interface IProgramHook {
    /// @notice Whether a machine may take part.
    function mayJoin(uint256 machineId, address owner) external view returns (bool);
}

/// @title IPrograms
/// @notice Reward programmes of others over the facts of the ledger: a token, a budget, a schedule, and the fact it pays for. A
/// machine takes part in up to MAX_PROGRAMS at once; each pays by itself, is bounded by its own budget, and can fail only
/// itself. Nothing is pushed: machines join, sync and claim.
interface IPrograms {
    /// @notice Availability pays by points that are fresh, Work by value burnt in settled rents.
    enum Fact {
        Availability,
        Work
    }

    /// @param sponsor Who funds it and gets back what is left after its end.
    /// @param token What it pays in; a token that takes a fee or calls back hurts only this programme.
    /// @param perEpoch Token units it hands out in an epoch, at most.
    /// @param fromEpoch The first epoch it pays for.
    /// @param untilEpoch The epoch from which it pays no more.
    /// @param hook Who decides which machines may join; 0: all.
    /// @param maxPerBurnt For Work: token units paid for 1e18 of value burnt, at most; so that burning to earn can be bounded.
    struct Program {
        address sponsor;
        IERC20 token;
        Fact fact;
        uint32 fromEpoch;
        uint32 untilEpoch;
        uint128 perEpoch;
        uint128 maxPerBurnt;
        address hook;
        string name;
    }

    /// @notice Emitted when a programme is created; its budget (what really arrived) was paid in.
    event Created(
        uint256 indexed programId, address indexed sponsor, address indexed token, Fact fact, uint256 budget, string name
    );
    /// @notice Emitted when a machine joins, with its weight from `fromEpoch` on.
    event Joined(uint256 indexed programId, uint256 indexed machineId, uint256 fromEpoch);
    /// @notice Emitted when a machine leaves.
    event Left(uint256 indexed programId, uint256 indexed machineId, uint256 untilEpoch);
    /// @notice Emitted when a machine's owner is paid by a programme.
    event Claimed(uint256 indexed programId, uint256 indexed machineId, address indexed owner, uint256 amount);
    /// @notice Emitted when the sponsor takes back what nobody can claim any more.
    event Reclaimed(uint256 indexed programId, uint256 amount);

    /// @notice Creates a programme and takes its budget, perEpoch × epochs, from the caller, who is its sponsor. Pays only for
    /// as many epochs as the budget that really arrived covers.
    function create(Program calldata program) external returns (uint256 programId);
    /// @notice Enters a machine. Only its owner or key.
    function join(uint256 programId, uint256 machineId) external;
    /// @notice Takes a machine out from the next epoch on. Only its owner or key.
    function leave(uint256 programId, uint256 machineId) external;
    /// @notice Takes the machine's points of now for the epochs to come, in one programme. Anyone.
    function sync(uint256 programId, uint256 machineId) external;
    /// @notice Closes up to `epochs` epochs of a programme that are over. Anyone.
    function roll(uint256 programId, uint256 epochs) external;
    /// @notice Pays the machine's owner what it has earned in rolled epochs (of Work, in the `workEpochs` named). Anyone.
    function claim(uint256 programId, uint256 machineId, uint256[] calldata workEpochs)
        external
        returns (uint256 amount);
    /// @notice Gives the sponsor what is left CLAIM_EPOCHS after the end. Only the sponsor.
    function reclaim(uint256 programId) external returns (uint256 amount);

    /// @notice One programme; zeros when it was never created.
    function program(uint256 programId) external view returns (Program memory);
    /// @notice Token units a programme still holds.
    function budgetOf(uint256 programId) external view returns (uint256);
    /// @notice The programmes a machine takes part in.
    function programsOf(uint256 machineId) external view returns (uint256[] memory);
    /// @notice How many programmes were ever created; their numbers are 1 … count.
    function count() external view returns (uint256);
}
