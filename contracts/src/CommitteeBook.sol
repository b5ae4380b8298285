// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "./interfaces/ICommittees.sol";
import {Errors} from "./Errors.sol";

/// @title CommitteeBook
/// @notice Tickets and committees as they are kept, the draw, and what follows from the clock. It holds no money and decides
/// nothing about who may do what.
abstract contract CommitteeBook is ICommittees {
    /// @dev A ticket of nobody is vacant; who takes it later is newer than every draw convened before.
    struct Ticket {
        address holder;
        uint40 since;
    }

    struct Verifier {
        uint8 region;
        uint32[] tickets;
    }

    enum Step {
        Silent,
        Committed,
        Revealed
    }

    /// @dev The ballot is the commitment, and from the reveal on the vote: one word of storage for both.
    struct Member {
        address verifier;
        Step step;
        bytes32 ballot;
    }

    struct Record {
        Committee committee;
        address excludedFirst;
        // How many tickets there were when it was convened.
        uint32 tickets;
        bool dismissed;
        address excludedSecond;
        Member[] members;
    }

    /// @notice Tickets looked at in one draw: where nine in ten are vacant or excluded, six seats are still found, and the
    /// draw stays below 200 000 gas.
    uint256 public constant MAX_ATTEMPTS = 64;

    /// @inheritdoc ICommittees
    uint256 public count;
    /// @inheritdoc ICommittees
    uint256 public verifiers;
    Ticket[] private _tickets;
    uint32[] private _vacant;
    mapping(address account => Verifier) internal _verifiers;
    mapping(uint256 committeeId => Record) internal _records;

    /// @inheritdoc ICommittees
    function committee(uint256 committeeId) external view returns (Committee memory) {
        return _records[committeeId].committee;
    }

    /// @inheritdoc ICommittees
    function phaseOf(uint256 committeeId) public view returns (Phase) {
        Record storage record = _records[committeeId];
        Committee memory found = record.committee;
        if (found.convener == address(0)) return Phase.None;
        if (record.dismissed) return Phase.Dismissed;
        if (found.commitUntil == 0) return block.timestamp <= found.seatUntil ? Phase.Convened : Phase.Over;
        // Without members both counts are equal, and so it is over.
        if (found.committed < found.seated && block.timestamp <= found.commitUntil) return Phase.Committing;
        if (found.revealed < found.committed && block.timestamp <= found.revealUntil) return Phase.Revealing;
        return Phase.Over;
    }

    /// @inheritdoc ICommittees
    function membersOf(uint256 committeeId) external view returns (address[] memory members) {
        Member[] storage seats = _records[committeeId].members;
        members = new address[](seats.length);
        for (uint256 i = 0; i < members.length; ++i) {
            members[i] = seats[i].verifier;
        }
    }

    /// @inheritdoc ICommittees
    function votesOf(uint256 committeeId) public view returns (address[] memory voters, bytes32[] memory votes) {
        Record storage record = _records[committeeId];
        uint256 seats = record.members.length;
        voters = new address[](record.committee.revealed);
        votes = new bytes32[](voters.length);
        uint256 found = 0;
        for (uint256 i = 0; i < seats; ++i) {
            Member storage member = record.members[i];
            if (member.step != Step.Revealed) continue;
            (voters[found], votes[found]) = (member.verifier, member.ballot);
            ++found;
        }
    }

    /// @inheritdoc ICommittees
    function commitmentOf(uint256 committeeId, address verifier, bytes32 vote, bytes32 salt)
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), committeeId, verifier, vote, salt));
    }

    /// @inheritdoc ICommittees
    function isVerifier(address account) external view returns (bool) {
        return _verifiers[account].tickets.length > 0;
    }

    /// @inheritdoc ICommittees
    function ticketsOf(address verifier) external view returns (uint256) {
        return _verifiers[verifier].tickets.length;
    }

    /// @inheritdoc ICommittees
    function regionOf(address verifier) external view returns (uint8) {
        return _verifiers[verifier].region;
    }

    function _ticketCount() internal view returns (uint32) {
        return uint32(_tickets.length);
    }

    /// @dev Gives `verifier` so many tickets, vacant ones first.
    function _take(address verifier, uint256 number) internal {
        uint32[] storage held = _verifiers[verifier].tickets;
        if (number > 0 && held.length == 0) ++verifiers;
        Ticket memory ticket = Ticket(verifier, uint40(block.timestamp));
        for (uint256 i = 0; i < number; ++i) {
            uint256 vacant = _vacant.length;
            if (vacant == 0) {
                held.push(uint32(_tickets.length));
                _tickets.push(ticket);
            } else {
                uint32 index = _vacant[vacant - 1];
                _vacant.pop();
                held.push(index);
                _tickets[index] = ticket;
            }
        }
    }

    /// @dev Takes the last `number` of a verifier's tickets. They keep their place: if others moved into it, whoever leaves
    /// after the round is known could push others out of a draw.
    function _vacate(address verifier, uint256 number) internal {
        uint32[] storage held = _verifiers[verifier].tickets;
        for (uint256 i = 0; i < number; ++i) {
            uint32 index = held[held.length - 1];
            held.pop();
            delete _tickets[index];
            _vacant.push(index);
        }
        if (held.length == 0) --verifiers;
    }

    /// @dev The members that `seed` draws. Committees of the same round draw different ones: the number goes in.
    function _draw(uint256 committeeId, bytes32 seed) internal view returns (address[] memory members) {
        Record storage record = _records[committeeId];
        (uint256 size, uint256 convenedAt) = (record.committee.size, record.committee.convenedAt);
        (uint256 tickets, address first, address second) = (record.tickets, record.excludedFirst, record.excludedSecond);
        address[] memory drawn = new address[](size);
        uint256 seated = 0;
        for (uint256 i = 0; i < MAX_ATTEMPTS && seated < size && tickets > 0; ++i) {
            Ticket memory ticket = _tickets[uint256(keccak256(abi.encode(seed, committeeId, i))) % tickets];
            address holder = ticket.holder;
            if (holder == address(0) || ticket.since >= convenedAt || holder == first || holder == second) continue;
            if (!_isAmong(drawn, seated, holder)) drawn[seated++] = holder;
        }
        members = new address[](seated);
        for (uint256 i = 0; i < seated; ++i) {
            members[i] = drawn[i];
        }
    }

    function _memberOf(uint256 committeeId, address verifier) internal view returns (Member storage) {
        Member[] storage members = _records[committeeId].members;
        uint256 seats = members.length;
        for (uint256 i = 0; i < seats; ++i) {
            if (members[i].verifier == verifier) return members[i];
        }
        revert Errors.Committees_NotMember(committeeId, verifier);
    }

    function _isAmong(address[] memory drawn, uint256 seated, address account) private pure returns (bool) {
        for (uint256 i = 0; i < seated; ++i) {
            if (drawn[i] == account) return true;
        }
        return false;
    }
}
