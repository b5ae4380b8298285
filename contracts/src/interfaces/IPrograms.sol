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
/// itself. Nothing is pushed: machines join, sync and claim; who shares a pot with a machine that has lost its class syncs it.
///
/// Points count as in Rewards: new ones from the next epoch on; in the epoch in which they change, the old ones if they rise
/// and none if they fall. Value burnt is paid perEpoch ÷ all value burnt on the network, joined or not, and at most
/// maxPerBurnt, for the epochs in which the machine takes part. Leases keeps what a machine burnt for some epochs only: work
/// is to be claimed before that, and before the machine joins again.
interface IPrograms {
    /// @notice Availability pays by points that are fresh, Work by value burnt in settled rents.
    enum Fact {
        Availability,
        Work
    }

    /// @param sponsor Who funds it and gets back what is left after its end: whoever creates it.
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

    /// @param from The first epoch in which the machine takes part, as of when it last joined.
    /// @param until The epoch from which it takes part no more; the maximum of its type until it leaves.
    /// @param points Weight, as last set.
    /// @param pointsUntil The epoch from which those points no longer count.
    /// @param owed Token units credited and not paid yet.
    struct Member {
        uint32 from;
        uint32 until;
        uint32 points;
        uint32 pointsUntil;
        uint128 owed;
    }

    /// @notice Emitted when a programme is created; its budget (what really arrived) was paid in.
    event Created(
        uint256 indexed programId,
        address indexed sponsor,
        address indexed token,
        Fact fact,
        uint256 budget,
        string name
    );
    /// @notice Emitted when a machine joins, with its weight from `fromEpoch` on.
    event Joined(uint256 indexed programId, uint256 indexed machineId, uint256 fromEpoch);
    /// @notice Emitted when a machine's weight changes from `fromEpoch` on.
    event Weighed(
        uint256 indexed programId, uint256 indexed machineId, uint256 points, uint256 fromEpoch, uint256 untilEpoch
    );
    /// @notice Emitted when an epoch is rolled: what it had for all `points`, or for all value `burnt`.
    event Rolled(uint256 indexed programId, uint256 indexed epoch, uint256 points, uint256 burnt);
    /// @notice Emitted when a machine leaves.
    event Left(uint256 indexed programId, uint256 indexed machineId, uint256 untilEpoch);
    /// @notice Emitted when a machine's owner is paid by a programme.
    event Claimed(uint256 indexed programId, uint256 indexed machineId, address indexed owner, uint256 amount);
    /// @notice Emitted when the sponsor takes back what nobody can claim any more.
    event Reclaimed(uint256 indexed programId, uint256 amount);

    /// @notice Creates a programme and takes its budget, perEpoch × epochs, from the caller, who is its sponsor. Pays only for
    /// as many epochs as the budget that really arrived covers. Begins after the present epoch.
    function create(Program calldata terms) external returns (uint256 programId);
    /// @notice Enters a machine. Only its owner or key.
    function join(uint256 programId, uint256 machineId) external;
    /// @notice Takes a machine out from the next epoch on. Only its owner or key.
    function leave(uint256 programId, uint256 machineId) external;
    /// @notice Takes the machine's points of now for the epochs to come, in one programme. Anyone.
    function sync(uint256 programId, uint256 machineId) external;
    /// @notice Closes up to `epochs` epochs of a programme that are over. Anyone.
    function roll(uint256 programId, uint256 epochs) external;
    /// @notice Syncs the machine and pays its owner what it has earned in rolled epochs (of Work, in the `workEpochs` named;
    /// epochs without work, or claimed before, pay nothing). Anyone.
    function claim(uint256 programId, uint256 machineId, uint256[] calldata workEpochs)
        external
        returns (uint256 amount);
    /// @notice Gives the sponsor what is left CLAIM_EPOCHS after the end. Only the sponsor.
    function reclaim(uint256 programId) external returns (uint256 amount);

    /// @notice One programme; zeros when it was never created.
    function program(uint256 programId) external view returns (Program memory);
    /// @notice The first epoch of a programme that is not rolled yet.
    function nextEpochOf(uint256 programId) external view returns (uint256);
    /// @notice How a machine stands in a programme, as of its last credit.
    function memberOf(uint256 programId, uint256 machineId) external view returns (Member memory);
    /// @notice Token units a programme still holds.
    function budgetOf(uint256 programId) external view returns (uint256);
    /// @notice The programmes a machine takes part in.
    function programsOf(uint256 machineId) external view returns (uint256[] memory);
    /// @notice How many programmes were ever created; their numbers are 1 … count.
    function count() external view returns (uint256);
}
