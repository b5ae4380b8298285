// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "./interfaces/IBeacon.sol";
import {ICommittees} from "./interfaces/ICommittees.sol";
import {IRewards} from "./interfaces/IRewards.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {CommitteeBook} from "./CommitteeBook.sol";
import {Errors} from "./Errors.sol";

/// @title Committees
/// @notice See {ICommittees}. Holds no tokens: a verifier's stake lies in Stakes, in a bond of its own.
contract Committees is CommitteeBook {
    /// @param audits The conveners: they ask for committees, read their votes and dismiss them.
    /// @param seedDelay Seconds from the convening to the round that draws; see SEED_DELAY.
    struct Config {
        IStakes stakes;
        IRewards rewards;
        IBeacon beacon;
        address audits;
        address faults;
        uint256 seedDelay;
    }

    /// @notice Stake behind one ticket of the draw, in token units.
    uint256 public constant VERIFIER_STAKE = 1000e18;
    /// @notice A ticket with less than this behind it is taken away: one missed vote costs no ticket, the eleventh does.
    uint256 public constant TICKET_FLOOR = 900e18;
    /// @notice Tickets of one account. Stake beyond them needs another account, so that no one account fills every draw.
    uint256 public constant MAX_TICKETS = 16;
    /// @notice With fewer there is no majority worth the name.
    uint256 public constant MIN_SEATED = 3;
    /// @notice Bounds what votes cost to count: the size of an appeal, twice.
    uint256 public constant MAX_SIZE = 21;
    /// @notice What a seated member loses who opens no vote, in token units: more than the pay, no ruin.
    uint256 public constant SILENCE_FINE = 10e18;
    /// @notice Seconds in which a committee must be seated; its round is out within two minutes.
    uint256 public constant SEAT_PERIOD = 1 hours;
    /// @notice Seconds for opening votes once commits are closed.
    uint256 public constant REVEAL_PERIOD = 15 minutes;
    /// @notice The longest SEED_DELAY that can be set at deployment.
    uint256 public constant MAX_SEED_DELAY = 1 minutes;

    IStakes public immutable STAKES;
    IRewards public immutable REWARDS;
    IBeacon public immutable BEACON;
    address public immutable AUDITS;
    address public immutable FAULTS;
    /// @notice Seconds by which a round must come after the convening: more than a block's clock may lag behind, so that who
    /// convenes does not know the draw. 0 where blocks are made at will.
    uint256 public immutable SEED_DELAY;

    constructor(Config memory config) {
        if (config.seedDelay > MAX_SEED_DELAY) {
            revert Errors.Committees_SeedDelayOutOfBounds(config.seedDelay, MAX_SEED_DELAY);
        }
        STAKES = config.stakes;
        REWARDS = config.rewards;
        BEACON = config.beacon;
        AUDITS = config.audits;
        FAULTS = config.faults;
        SEED_DELAY = config.seedDelay;
    }

    modifier onlyConvener() {
        if (msg.sender != AUDITS && msg.sender != FAULTS) revert Errors.Committees_NotConvener(msg.sender);
        _;
    }

    /// @inheritdoc ICommittees
    function enroll(uint8 tickets, uint8 region) external {
        uint256 total = _verifiers[msg.sender].tickets.length + tickets;
        if (total == 0 || total > MAX_TICKETS) revert Errors.Committees_TicketsOutOfBounds(total, MAX_TICKETS);
        uint256 subject = _subjectOf(msg.sender);
        (, uint256 bonded, uint256 releasableAt) = STAKES.bond(address(this), subject);
        if (block.timestamp < releasableAt) revert Errors.Committees_StillUnbonding(msg.sender, releasableAt);

        _verifiers[msg.sender].region = region;
        _take(msg.sender, tickets);
        emit Enrolled(msg.sender, total, region);

        if (releasableAt != 0) {
            STAKES.release(address(this), subject);
            bonded = 0;
        }
        uint256 needed = total * VERIFIER_STAKE;
        if (bonded < needed) STAKES.lock(subject, msg.sender, needed - bonded);
    }

    /// @inheritdoc ICommittees
    function leave() external {
        uint256 held = _verifiers[msg.sender].tickets.length;
        if (held == 0) revert Errors.Committees_NotVerifier(msg.sender);
        _leave(msg.sender, held);
    }

    /// @inheritdoc ICommittees
    function convene(uint256 size, uint32 workSeconds, address[2] calldata excluded)
        external
        onlyConvener
        returns (uint256 committeeId)
    {
        if (size < MIN_SEATED || size > MAX_SIZE) {
            revert Errors.Committees_SizeOutOfBounds(size, MIN_SEATED, MAX_SIZE);
        }
        committeeId = ++count;
        Record storage record = _records[committeeId];
        (record.excludedFirst, record.excludedSecond) = (excluded[0], excluded[1]);
        record.tickets = _ticketCount();
        uint64 round = BEACON.roundAfter(block.timestamp + SEED_DELAY);
        Committee storage asked = record.committee;
        asked.convener = msg.sender;
        asked.size = uint8(size);
        asked.round = round;
        asked.workSeconds = workSeconds;
        asked.convenedAt = uint40(block.timestamp);
        asked.seatUntil = uint40(block.timestamp + SEAT_PERIOD);
        emit Convened(committeeId, msg.sender, size, round);
    }

    /// @inheritdoc ICommittees
    function seat(uint256 committeeId, bytes calldata beaconProof) external {
        _requirePhase(committeeId, Phase.Convened);
        Record storage record = _records[committeeId];
        Committee storage found = record.committee;
        bytes32 seed = BEACON.randomness(found.round, beaconProof);
        address[] memory members = _draw(committeeId, seed);
        // Too few to judge: it has no members, closes now, and nobody is fined.
        if (members.length < MIN_SEATED) members = new address[](0);

        uint256 commitUntil = block.timestamp + (members.length == 0 ? 0 : found.workSeconds);
        uint256 revealUntil = commitUntil + (members.length == 0 ? 0 : REVEAL_PERIOD);
        found.seed = seed;
        found.seated = uint8(members.length);
        found.commitUntil = uint40(commitUntil);
        found.revealUntil = uint40(revealUntil);
        for (uint256 i = 0; i < members.length; ++i) {
            record.members.push().verifier = members[i];
        }
        emit Seated(committeeId, seed, members, commitUntil, revealUntil);
    }

    /// @inheritdoc ICommittees
    function commit(uint256 committeeId, bytes32 commitment) external {
        _requirePhase(committeeId, Phase.Committing);
        Member storage member = _memberOf(committeeId, msg.sender);
        if (member.step != Step.Silent) revert Errors.Committees_AlreadyCommitted(committeeId, msg.sender);

        (member.step, member.ballot) = (Step.Committed, commitment);
        ++_records[committeeId].committee.committed;
        emit Committed(committeeId, msg.sender);
    }

    /// @inheritdoc ICommittees
    function reveal(uint256 committeeId, bytes32 vote, bytes32 salt) external {
        _requirePhase(committeeId, Phase.Revealing);
        if (vote == 0) revert Errors.Committees_VoteEmpty(committeeId);
        Member storage member = _memberOf(committeeId, msg.sender);
        if (member.step == Step.Silent) revert Errors.Committees_NotCommitted(committeeId, msg.sender);
        if (member.step == Step.Revealed) revert Errors.Committees_AlreadyRevealed(committeeId, msg.sender);
        bytes32 commitment = commitmentOf(committeeId, msg.sender, vote, salt);
        if (member.ballot != commitment) {
            revert Errors.Committees_NotTheCommittedVote(committeeId, member.ballot, commitment);
        }

        (member.step, member.ballot) = (Step.Revealed, vote);
        ++_records[committeeId].committee.revealed;
        emit Revealed(committeeId, msg.sender, vote);
    }

    /// @inheritdoc ICommittees
    function dismiss(uint256 committeeId) external {
        Record storage record = _records[committeeId];
        if (msg.sender != record.committee.convener) revert Errors.Committees_NotConvener(msg.sender);
        _requirePhase(committeeId, Phase.Over);
        (address[] memory voters,) = votesOf(committeeId);
        uint256 seats = record.members.length;

        record.dismissed = true;
        emit Dismissed(committeeId, voters.length, seats - voters.length);

        IStakes.Split memory nobody;
        for (uint256 i = 0; i < seats; ++i) {
            Member storage member = record.members[i];
            if (member.step != Step.Revealed) _slash(member.verifier, SILENCE_FINE, nobody);
        }
        if (voters.length > 0) REWARDS.creditVerifiers(voters);
    }

    /// @inheritdoc ICommittees
    function slash(address verifier, uint256 amount, IStakes.Split calldata split)
        external
        onlyConvener
        returns (uint256 taken)
    {
        return _slash(verifier, amount, split);
    }

    /// @dev Who has left answers with what is unbonding. Who is enrolled keeps the tickets that are still covered.
    function _slash(address verifier, uint256 amount, IStakes.Split memory split) private returns (uint256 taken) {
        uint256 subject = _subjectOf(verifier);
        (, uint256 bonded,) = STAKES.bond(address(this), subject);
        if (bonded == 0) return 0;
        taken = STAKES.slash(subject, amount, 0, split);

        uint256 held = _verifiers[verifier].tickets.length;
        uint256 covered = (bonded - taken) / TICKET_FLOOR;
        if (covered >= held) return taken;
        if (covered == 0) {
            _leave(verifier, held);
        } else {
            _vacate(verifier, held - covered);
            emit TicketsLost(verifier, covered);
        }
    }

    function _leave(address verifier, uint256 held) private {
        _vacate(verifier, held);
        emit Left(verifier);

        STAKES.unbond(_subjectOf(verifier));
    }

    function _requirePhase(uint256 committeeId, Phase expected) private view {
        Phase phase = phaseOf(committeeId);
        if (phase != expected) revert Errors.Committees_WrongPhase(committeeId, phase);
    }

    /// @dev The subject of a verifier's bond in Stakes.
    function _subjectOf(address verifier) private pure returns (uint256) {
        return uint256(uint160(verifier));
    }
}
