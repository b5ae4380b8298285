// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Committees} from "../src/Committees.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {ICommittees} from "../src/interfaces/ICommittees.sol";
import {IRewards} from "../src/interfaces/IRewards.sol";
import {FakeBeacon} from "./fake/FakeBeacon.sol";
import {FakeVerifierPay} from "./fake/FakeVerifierPay.sol";
import {Test} from "./Test.sol";

/// @title CommitteeWorld
/// @notice Committees with the real stakes and the token, a beacon that the test rules, and helpers that speak for verifiers.
abstract contract CommitteeWorld is Test {
    uint256 internal constant UNBONDING_PERIOD = 14 days;
    uint256 internal constant SEED_DELAY = 2;
    uint32 internal constant WORK = 30 minutes;

    address internal immutable treasury = account("treasury");
    address internal immutable faults = account("faults");
    address internal immutable stranger = account("stranger");
    /// @dev Speaks as Audits, where the test does not deploy it.
    address internal convener = account("convener");

    Token internal token;
    Stakes internal stakes;
    FakeVerifierPay internal rewards;
    FakeBeacon internal beacon;
    Committees internal committees;

    function setUp() public virtual {
        vm.warp(time);
        deployCommittees();
    }

    function deployCommittees() internal {
        uint256 nonce = vm.getNonce(address(this));
        address stakesAt = vm.computeCreateAddress(address(this), nonce + 1);
        address committeesAt = vm.computeCreateAddress(address(this), nonce + 4);
        token = new Token(treasury, Stakes(stakesAt), address(0), address(0));
        Stakes.Lockers memory lockers =
            Stakes.Lockers({machines: address(0), committees: committeesAt, faults: faults, prices: address(0)});
        stakes = new Stakes(token, lockers, treasury, UNBONDING_PERIOD);
        rewards = new FakeVerifierPay();
        beacon = new FakeBeacon();
        committees = new Committees(config(SEED_DELAY));
    }

    function config(uint256 seedDelay) internal view returns (Committees.Config memory) {
        return Committees.Config({
            stakes: stakes,
            rewards: IRewards(address(rewards)),
            beacon: beacon,
            audits: convener,
            faults: faults,
            seedDelay: seedDelay
        });
    }

    function verifier(uint256 i) internal pure returns (address) {
        return address(uint160(0xfe0001 + i));
    }

    function fund(address who, uint256 amount) internal {
        vm.prank(treasury);
        token.transfer(who, amount);
        vm.prank(who);
        token.approve(address(stakes), amount);
        vm.prank(who);
        stakes.deposit(amount);
    }

    function enroll(address who, uint8 tickets) internal {
        fund(who, uint256(tickets) * 1000e18);
        enrollOnly(who, tickets);
    }

    function enrollOnly(address who, uint8 tickets) internal {
        vm.prank(who);
        committees.enroll(tickets, 1);
    }

    /// @dev So many verifiers with a ticket each, a second before now.
    function enrollMany(uint256 number) internal {
        for (uint256 i = 0; i < number; ++i) {
            enroll(verifier(i), 1);
        }
        skip(1);
    }

    function leave(address who) internal {
        vm.prank(who);
        committees.leave();
    }

    function convene(uint256 size) internal returns (uint256) {
        return convene(size, address(0), address(0));
    }

    function convene(uint256 size, address first, address second) internal returns (uint256) {
        vm.prank(convener);
        return committees.convene(size, WORK, [first, second]);
    }

    function seat(uint256 committeeId) internal returns (address[] memory members) {
        bytes memory proof = beacon.proofOf(committees.committee(committeeId).round);
        committees.seat(committeeId, proof);
        return committees.membersOf(committeeId);
    }

    function commit(uint256 committeeId, address who, bytes32 vote) internal {
        bytes32 commitment = committees.commitmentOf(committeeId, who, vote, saltOf(who));
        vm.prank(who);
        committees.commit(committeeId, commitment);
    }

    function reveal(uint256 committeeId, address who, bytes32 vote) internal {
        vm.prank(who);
        committees.reveal(committeeId, vote, saltOf(who));
    }

    function dismiss(uint256 committeeId) internal {
        vm.prank(convener);
        committees.dismiss(committeeId);
    }

    /// @dev The first members of the committee commit and open these votes.
    function voteAll(uint256 committeeId, bytes32[] memory votes) internal {
        address[] memory members = committees.membersOf(committeeId);
        for (uint256 i = 0; i < votes.length; ++i) {
            commit(committeeId, members[i], votes[i]);
        }
        if (votes.length < members.length) skipPast(committees.committee(committeeId).commitUntil);
        for (uint256 i = 0; i < votes.length; ++i) {
            reveal(committeeId, members[i], votes[i]);
        }
    }

    function skipTo(uint256 timestamp) internal {
        skip(timestamp - time);
    }

    function skipPast(uint256 timestamp) internal {
        skipTo(timestamp + 1);
    }

    function saltOf(address who) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", who));
    }

    function bondOf(address who) internal view returns (uint256 amount, uint256 releasableAt) {
        (, amount, releasableAt) = stakes.bond(address(committees), uint256(uint160(who)));
    }

    function assertPhase(uint256 committeeId, ICommittees.Phase expected) internal view {
        vm.assertEq(uint256(committees.phaseOf(committeeId)), uint256(expected), "phase");
    }

    function wrongPhase(uint256 committeeId, ICommittees.Phase phase) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("Committees_WrongPhase(uint256,uint8)", committeeId, uint8(phase));
    }
}
