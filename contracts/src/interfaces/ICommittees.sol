// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakes} from "./IStakes.sol";

/// @title ICommittees
/// @notice Verifiers, the draw of a committee among them, and its secret vote. What is voted on is the convener's business
/// (Audits, Faults): a vote is 32 bytes.
///
/// Convened --seat (beacon round)--> Committing --all committed, or commitUntil--> Revealing --all revealed, or
/// revealUntil--> Over --dismiss--> Dismissed. Convened --nobody seats it until seatUntil--> Over, without votes.
///
/// Tickets: each VERIFIER_STAKE that a verifier locks is one ticket of the draw. A ticket counts only in draws that were
/// convened after it was bought, so nobody can buy himself in once the round is known.
interface ICommittees {
    enum Phase {
        None,
        Convened,
        Committing,
        Revealing,
        Over,
        Dismissed
    }

    /// @param convener Which contract reads the votes.
    /// @param size How many members were asked for; fewer are seated when fewer are eligible.
    /// @param seated How many members there are.
    /// @param round The beacon round that draws the members.
    /// @param workSeconds Seconds from the seating that the members have before commits close.
    /// @param seatUntil Unix seconds; not seated by then, it is over.
    /// @param commitUntil Unix seconds; 0 before it is seated.
    /// @param revealUntil Unix seconds; 0 before it is seated.
    struct Committee {
        address convener;
        uint8 size;
        uint8 seated;
        uint8 committed;
        uint8 revealed;
        uint64 round;
        uint32 workSeconds;
        uint40 convenedAt;
        uint40 seatUntil;
        uint40 commitUntil;
        uint40 revealUntil;
        bytes32 seed;
    }

    /// @notice Emitted when `verifier` enrolls, has now `tickets` of the draw, and says where it looks from.
    event Enrolled(address indexed verifier, uint256 tickets, uint8 region);
    /// @notice Emitted when `verifier` leaves: no draw takes it any more and its stake unbonds.
    event Left(address indexed verifier);
    /// @notice Emitted when a slash leaves too little stake for all tickets of `verifier`; `tickets` are left.
    event TicketsLost(address indexed verifier, uint256 tickets);
    /// @notice Emitted when a committee is asked for; `round` will draw it.
    event Convened(uint256 indexed committeeId, address indexed convener, uint256 size, uint64 round);
    /// @notice Emitted when a committee is drawn; `seed` is the randomness of its round.
    event Seated(
        uint256 indexed committeeId, bytes32 seed, address[] members, uint256 commitUntil, uint256 revealUntil
    );
    /// @notice Emitted when a member commits to its vote.
    event Committed(uint256 indexed committeeId, address indexed verifier);
    /// @notice Emitted when a member opens its vote.
    event Revealed(uint256 indexed committeeId, address indexed verifier, bytes32 vote);
    /// @notice Emitted when a committee has done its work; `fined` members were silent.
    event Dismissed(uint256 indexed committeeId, uint256 revealed, uint256 fined);

    /// @notice Enters the caller into later draws with so many tickets more, and locks of his free stake what is missing to
    /// VERIFIER_STAKE for each ticket he then has; none more fills up what slashes took and moves the region. Who has left
    /// can come back when his stake is no longer unbonding.
    /// @param region Where he looks from, a number of docs/ledger.md's table; faults need several.
    function enroll(uint8 tickets, uint8 region) external;
    /// @notice Leaves: no seating takes the caller any more, his stake begins to unbond. Where he is seated already he may
    /// vote, and is fined when he does not.
    function leave() external;
    /// @notice Draws the committee with the proof of its round. Anyone. Try i looks at ticket keccak256(seed, committee, i)
    /// modulo the tickets there were; with fewer than MIN_SEATED members found it is Over without any.
    function seat(uint256 committeeId, bytes calldata beaconProof) external;
    /// @notice Commits the caller, a member, to `commitmentOf(...)` of his vote.
    function commit(uint256 committeeId, bytes32 commitment) external;
    /// @notice Opens the caller's vote; it must be the committed one and not zero.
    function reveal(uint256 committeeId, bytes32 vote, bytes32 salt) external;

    /// @notice Asks for a committee of `size` that has neither of `excluded`. Only a convener (Audits, Faults).
    function convene(uint256 size, uint32 workSeconds, address[2] calldata excluded)
        external
        returns (uint256 committeeId);
    /// @notice Ends a committee that is Over: who revealed is owed the flat pay, who was seated and silent is fined.
    /// Only its convener.
    function dismiss(uint256 committeeId) external;
    /// @notice Takes up to `amount` of a verifier's stake for a fault. Tickets with less than TICKET_FLOOR behind them are
    /// taken too; who has none left has left. Only a convener.
    function slash(address verifier, uint256 amount, IStakes.Split calldata split) external returns (uint256 taken);

    /// @notice One committee; zeros when it was never convened.
    function committee(uint256 committeeId) external view returns (Committee memory);
    /// @notice Where a committee stands now.
    function phaseOf(uint256 committeeId) external view returns (Phase);
    /// @notice The members, in the order of their draw; empty before it is seated.
    function membersOf(uint256 committeeId) external view returns (address[] memory);
    /// @notice The opened votes and whose they are, in the order of the draw.
    function votesOf(uint256 committeeId) external view returns (address[] memory voters, bytes32[] memory votes);
    /// @notice What a member commits to: keccak256 of chain, this contract, committee, verifier, vote and salt.
    function commitmentOf(uint256 committeeId, address verifier, bytes32 vote, bytes32 salt)
        external
        view
        returns (bytes32);
    /// @notice Whether `account` is enrolled.
    function isVerifier(address account) external view returns (bool);
    /// @notice How many tickets of the draw `verifier` has; 0 when he is not enrolled.
    function ticketsOf(address verifier) external view returns (uint256);
    /// @notice Where a verifier says it looks from.
    function regionOf(address verifier) external view returns (uint8);
    /// @notice How many verifiers are enrolled.
    function verifiers() external view returns (uint256);
    /// @notice How many committees were ever convened; their numbers are 1 … count.
    function count() external view returns (uint256);
}
