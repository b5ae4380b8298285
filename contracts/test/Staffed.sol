// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../src/interfaces/IMachines.sol";
import {IPrices} from "../src/interfaces/IPrices.sol";
import {ICommittees} from "../src/interfaces/ICommittees.sol";
import {Verdict} from "../src/libraries/Verdict.sol";
import {Ledger} from "./Ledger.sol";
import {RoundSigner} from "./RoundSigner.sol";

/// @title Staffed
/// @notice The whole {Ledger} with those without whom no lease is opened: three reporters who have posted a price, and five
/// verifiers in two regions, enough for a committee, who judge as the test tells them.
abstract contract Staffed is Ledger, RoundSigner {
    uint256 internal constant VERIFIERS = 5;
    uint256 internal constant REPORTERS = 3;

    function setUp() public virtual {
        vm.warp(time);
        deploy();
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            fund(verifier(i), committees.VERIFIER_STAKE());
            stake(verifier(i), committees.VERIFIER_STAKE());
            vm.prank(verifier(i));
            committees.enroll(1, uint8(1 + i % 2));
        }
        for (uint256 i = 0; i < REPORTERS; ++i) {
            fund(reporters()[i], prices.REPORTER_STAKE());
            stake(reporters()[i], prices.REPORTER_STAKE());
            vm.prank(reporters()[i]);
            prices.enroll();
        }
        // A ticket counts in draws convened after it was bought, an observation after the last one.
        skip(1);
        postPrice(USD_PER_TOKEN);
    }

    function verifier(uint256 i) internal pure returns (address) {
        return account(["verifier 1", "verifier 2", "verifier 3", "verifier 4", "verifier 5"][i]);
    }

    /// @dev All reporters have seen this price in this second; they sign in the order of their addresses.
    function postPrice(uint64 usdPerToken) internal {
        IPrices.Observation[] memory signed = new IPrices.Observation[](REPORTERS);
        address previous = address(0);
        for (uint256 i = 0; i < REPORTERS; ++i) {
            (string memory name, address by) = nextReporter(previous);
            signed[i] = observation(name, usdPerToken, uint40(time));
            previous = by;
        }
        prices.post(signed);
    }

    function observation(string memory name, uint64 usdPerToken, uint40 observedAt)
        internal
        view
        returns (IPrices.Observation memory)
    {
        bytes32 message = keccak256(
            abi.encode(keccak256("Observation(uint64 usdPerToken,uint40 observedAt)"), usdPerToken, observedAt)
        );
        bytes memory signature = signDigest(name, typedDigest("Hotaru Prices", address(prices), message));
        return IPrices.Observation(usdPerToken, observedAt, signature);
    }

    /// @dev The randomness of a committee's round is out, and somebody draws the members with it.
    function seat(uint256 committeeId) internal returns (address[] memory members) {
        uint64 round = committees.committee(committeeId).round;
        awaitRound(round);
        committees.seat(committeeId, proofOf(round));
        return committees.membersOf(committeeId);
    }

    function awaitRound(uint64 round) internal {
        uint256 publishedAt = beacon.timeOf(round);
        if (publishedAt > time) skip(publishedAt - time);
    }

    function proofOf(uint64 round) internal view returns (bytes memory) {
        return sign("beacon", round, address(beacon));
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

    function saltOf(address who) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", who));
    }

    /// @dev Every member commits to this vote and opens it.
    function voteAll(uint256 committeeId, bytes32 vote) internal {
        address[] memory members = committees.membersOf(committeeId);
        for (uint256 i = 0; i < members.length; ++i) {
            commit(committeeId, members[i], vote);
        }
        for (uint256 i = 0; i < members.length; ++i) {
            reveal(committeeId, members[i], vote);
        }
    }

    /// @dev The owner asks for an audit as an agent does it: nobody can see that no ringer is behind it.
    function request(uint256 machineId) internal returns (uint256 auditId) {
        uint256 allowedAt = audits.requestableAt(machineId);
        if (allowedAt > time) skip(allowedAt - time);
        vm.prank(machines.ownerOf(machineId));
        return audits.requestWith(machineId, "random bytes");
    }

    /// @dev From the request to the verdict, with a transcript that nobody looks at.
    function audit(uint256 machineId, bytes32 verdict) internal returns (uint256 auditId) {
        auditId = request(machineId);
        uint256 committeeId = audits.audit(auditId).committeeId;
        seat(committeeId);
        (, address by) = machines.ownerAndKey(machineId);
        vm.prank(by);
        audits.post(auditId, keccak256("transcript"));
        voteAll(committeeId, verdict);
        audits.finish(auditId);
    }

    function classify(uint256 machineId, uint8 slots) internal override {
        audit(machineId, passing(aClass(slots)));
    }

    function passing(IMachines.Class memory class) internal pure returns (bytes32) {
        return Verdict.encode(Verdict.Parts(true, class, 3, 52, 48, 56, 28));
    }

    function failing() internal pure returns (bytes32) {
        return Verdict.encode(Verdict.Parts(false, IMachines.Class(0, 0, 0, 0), 0, 0, 0, 0, 0));
    }

    /// @dev What an agent and its verifiers do all the time: the machine is not silent, its class and the price are fresh.
    function refresh(uint256 machineId) internal {
        (, uint40 classUntil) = machines.pointsOf(machineId);
        (IMachines.State state, uint8 slots) = machines.stateOf(machineId);
        if (time >= classUntil) classify(machineId, slots);
        (uint256 usdPerToken, uint256 freshUntil) = prices.latest();
        if (time > freshUntil) postPrice(uint64(usdPerToken));
        if (state == IMachines.State.Online) beat(machineId);
    }

    function phaseOf(uint256 committeeId) internal view returns (ICommittees.Phase) {
        return committees.phaseOf(committeeId);
    }

    /// @dev The digest of a message of one of our contracts, by hand.
    function typedDigest(string memory domain, address verifying, bytes32 message) internal view returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(domain)),
                keccak256("1"),
                block.chainid,
                verifying
            )
        );
        return keccak256(abi.encodePacked(hex"1901", separator, message));
    }

    function nextReporter(address after_) private pure returns (string memory name, address by) {
        string[3] memory names = ["reporter 1", "reporter 2", "reporter 3"];
        for (uint256 i = 0; i < REPORTERS; ++i) {
            address one = account(names[i]);
            if (one > after_ && (by == address(0) || one < by)) (name, by) = (names[i], one);
        }
    }
}
