// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "../../src/interfaces/ICommittees.sol";
import {WholeWorld} from "./WholeWorld.sol";

/// @title JudgeWorld
/// @notice The whole ledger with verifiers who may be silent, withhold, copy or write nonsense, owners of machines among them,
/// and a book of what each of their bonds has to hold.
abstract contract JudgeWorld is WholeWorld {
    enum Conduct {
        Honest,
        Other,
        Nonsense,
        Silent,
        Withholding,
        Copying
    }

    /// @dev Verifiers, and owners and keys who would judge their own machines.
    address[] internal crowd;
    mapping(address verifier => uint256) internal bondBook;
    mapping(uint256 committeeId => address[2]) private excluded;
    mapping(uint256 committeeId => uint256) private convenedAt;
    /// @dev Of the committee that votes now.
    Conduct[] private conducts;
    address[] internal revealers;
    bytes32[] internal revealed;

    constructor() {
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            crowd.push(verifier(i));
            bondBook[verifier(i)] = 1000e18;
        }
        for (uint256 i = 1; i <= MACHINES; ++i) {
            crowd.push(ownerOf(i));
            crowd.push(account(keyName(i)));
        }
        for (uint256 i = 1; i <= MACHINES; ++i) {
            enter(ownerOf(i), uint8(i));
        }
    }

    function enroll(uint256 seed) external seeded(seed) {
        address who = crowd[draw(crowd.length)];
        (,, uint256 releasableAt) = stakes.bond(address(committees), uint256(uint160(who)));
        if (time < releasableAt || committees.ticketsOf(who) > 3) return;
        enter(who, uint8(1 + draw(3)));
    }

    function leave(uint256 seed) external seeded(seed) {
        address who = crowd[draw(crowd.length)];
        if (!committees.isVerifier(who) || committees.verifiers() < 4) return;
        vm.prank(who);
        committees.leave();
    }

    function wait(uint256 seed) external seeded(seed) {
        skip(1 + draw(chance(70) ? 20 minutes : 4 days));
    }

    function enter(address who, uint8 tickets) private {
        (, uint256 bonded, uint256 releasableAt) = stakes.bond(address(committees), uint256(uint160(who)));
        uint256 needed = (committees.ticketsOf(who) + tickets) * 1000e18;
        fund(who, needed);
        stake(who, needed);
        vm.prank(who);
        committees.enroll(tickets, uint8(1 + draw(2)));
        if (releasableAt != 0 || bonded < needed) bondBook[who] = needed;
    }

    /// @dev I20: at the convening nobody can know the round that draws.
    function noteConvened(uint256 committeeId, address first, address second) internal {
        (excluded[committeeId], convenedAt[committeeId]) = ([first, second], time);
        ICommittees.Committee memory asked = committees.committee(committeeId);
        vm.assertTrue(beacon.timeOf(asked.round) > time + SEED_DELAY, "I20: the round may be known when it is chosen");
        vm.assertEq(asked.seed, 0, "I20: there is a seed before the draw");
    }

    /// @dev Somebody seats it, who first tries to choose another seed. I19, I20.
    function seatBySomebody(uint256 committeeId) internal {
        uint64 round = committees.committee(committeeId).round;
        awaitRound(round);
        if (time > committees.committee(committeeId).seatUntil) return;
        bytes memory proof = proofOf(round + 1);
        refused(
            stranger, address(committees), abi.encodeCall(committees.seat, (committeeId, proof)), "I20: another seed"
        );
        proof = sign("stranger", round, address(beacon));
        refused(
            stranger, address(committees), abi.encodeCall(committees.seat, (committeeId, proof)), "I20: a false seed"
        );
        proof = proofOf(round);
        committees.seat(committeeId, proof);
        bytes memory rs = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) {
            rs[i] = proof[i];
        }
        bytes32 seed = keccak256(abi.encodePacked(round, rs));
        vm.assertEq(committees.committee(committeeId).seed, seed, "I20: the seed is not the round's");
        refused(
            stranger, address(committees), abi.encodeCall(committees.seat, (committeeId, proof)), "I20: drawn twice"
        );
        checkMembers(committeeId);
    }

    /// @dev Members do as chance has it; who opens a vote is in `revealers` and `revealed` afterwards. I18.
    function voteByChance(uint256 committeeId, bytes32 honest, bytes32 other, uint256 percentHonest) internal {
        delete conducts;
        forgetVotes();
        address[] memory members = committees.membersOf(committeeId);
        bytes32[] memory votes = new bytes32[](members.length);
        uint256 committed;
        for (uint256 i = 0; i < members.length; ++i) {
            Conduct conduct = chance(percentHonest) ? Conduct.Honest : Conduct(1 + draw(5));
            if (conduct == Conduct.Copying && (i == 0 || conducts[0] == Conduct.Silent)) conduct = Conduct.Silent;
            conducts.push(conduct);
            votes[i] = conduct == Conduct.Other ? other : conduct == Conduct.Nonsense ? keccak256("x") : honest;
            if (conduct == Conduct.Silent) continue;
            ++committed;
            bytes32 commitment = committees.commitmentOf(committeeId, members[i], votes[i], saltOf(members[i]));
            if (conduct == Conduct.Copying) {
                commitment = committees.commitmentOf(committeeId, members[0], votes[0], saltOf(members[0]));
            }
            vm.prank(members[i]);
            committees.commit(committeeId, commitment);
            bytes memory again = abi.encodeCall(committees.commit, (committeeId, "another"));
            refused(members[i], address(committees), again, "I18: committed twice");
        }
        if (members.length == 0) return;
        bytes memory outsiders = abi.encodeCall(committees.commit, (committeeId, "outsider"));
        refused(stranger, address(committees), outsiders, "I19: no member, and commits");
        if (committed < members.length) skip(committees.committee(committeeId).commitUntil + 1 - time);
        revealAll(committeeId, members, votes);
    }

    function forgetVotes() internal {
        delete revealers;
        delete revealed;
    }

    /// @dev Dismissed: the silent pay, and nobody else (I15, I21).
    function noteDismissed(uint256 committeeId) internal {
        address[] memory members = committees.membersOf(committeeId);
        for (uint256 i = 0; i < members.length; ++i) {
            if (isAmong(revealers, members[i])) continue;
            bondBook[members[i]] -= bondBook[members[i]] < 10e18 ? bondBook[members[i]] : 10e18;
        }
    }

    function isAmong(address[] memory list, address who) internal pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == who) return true;
        }
        return false;
    }

    function checkBonds() internal view {
        for (uint256 i = 0; i < crowd.length; ++i) {
            (, uint256 bonded,) = stakes.bond(address(committees), uint256(uint160(crowd[i])));
            vm.assertEq(
                bonded, bondBook[crowd[i]], "I15: a verifier's bond is not what he put in less what he was fined"
            );
        }
    }

    /// @dev Commitments are opened by whom they bind, with what they bind, once.
    function revealAll(uint256 committeeId, address[] memory members, bytes32[] memory votes) private {
        for (uint256 i = 0; i < members.length; ++i) {
            if (conducts[i] == Conduct.Silent || conducts[i] == Conduct.Withholding) continue;
            bytes memory theirs = abi.encodeCall(committees.reveal, (committeeId, votes[0], saltOf(members[0])));
            if (conducts[i] == Conduct.Copying) {
                refused(members[i], address(committees), theirs, "I18: a copied commitment is opened");
                continue;
            }
            bytes memory changed = abi.encodeCall(committees.reveal, (committeeId, "changed", saltOf(members[i])));
            refused(members[i], address(committees), changed, "I18: another vote than was committed to");
            reveal(committeeId, members[i], votes[i]);
            revealers.push(members[i]);
            revealed.push(votes[i]);
        }
        if (committees.phaseOf(committeeId) == ICommittees.Phase.Revealing) {
            skip(committees.committee(committeeId).revealUntil + 1 - time);
        }
    }

    function checkMembers(uint256 committeeId) private view {
        address[] memory members = committees.membersOf(committeeId);
        for (uint256 i = 0; i < members.length; ++i) {
            bool isLinked = members[i] == excluded[committeeId][0] || members[i] == excluded[committeeId][1];
            vm.assertTrue(!isLinked, "I19: whoever is concerned judges");
            for (uint256 j = 0; j < i; ++j) {
                vm.assertTrue(members[i] != members[j], "I19: an account sits twice");
            }
        }
    }
}
