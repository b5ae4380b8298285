// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "../../src/interfaces/IAudits.sol";
import {Picks} from "../../src/libraries/Picks.sol";
import {Product} from "../../src/libraries/Product.sol";
import {Transcript} from "../../src/libraries/Transcript.sol";
import {PlainProof} from "../PlainProof.sol";
import {Staffed} from "../Staffed.sol";

/// @title Answers
/// @notice What machines answer to the challenges of the whole ledger, rightly or with one lie, and what can be proved of it.
/// An answer is made anew from its seed each time, so nothing of it has to be stored.
abstract contract Answers is Staffed, PlainProof {
    enum Lie {
        None,
        Entry,
        Chain,
        Start
    }

    /// @dev Round t of slot g is at g · ROUNDS + t.
    struct Answer {
        bytes32 transcript;
        IAudits.Round[] rounds;
        bytes[] products;
    }

    /// @dev Where an answer lies.
    mapping(uint256 auditId => uint256) internal lieSeed;

    function answerTo(uint256 auditId, Lie lie) internal view returns (Answer memory answer) {
        uint256 machineId = audits.audit(auditId).machineId;
        (, uint8 slots) = machines.stateOf(machineId);
        answer.rounds = new IAudits.Round[](slots * ROUNDS);
        answer.products = new bytes[](slots * ROUNDS);
        uint256 liar = liarOf(auditId, slots * ROUNDS);
        for (uint8 slot = 0; slot < slots; ++slot) {
            bytes32 state = Transcript.startState(audits.seedOf(auditId), block.chainid, machineId, slot, auditId);
            for (uint16 round = 0; round < ROUNDS; ++round) {
                uint256 index = uint256(slot) * ROUNDS + round;
                bool isLiar = liar / ROUNDS == slot;
                if (lie == Lie.Start && isLiar && round == 0) state = "started before";
                if (lie == Lie.Chain && isLiar && round == 1) state = "from another card";
                bytes memory product = productOf(state);
                if (lie == Lie.Entry && index == liar) product[entryOf(auditId) * 4 + 3] ^= flipOf(auditId);
                answer.products[index] = product;
                answer.rounds[index] = IAudits.Round(slot, round, state, hashLeaf(product));
                state = Transcript.nextState(state, hashLeaf(product));
            }
        }
        (answer.transcript,) = plainPath(leavesOf(answer), 0);
    }

    /// @dev The proof of the one lie, as a call of Audits.
    function proofOfLie(uint256 auditId, Lie lie, Answer memory answer) internal view returns (bytes memory) {
        uint256 liar = liarOf(auditId, answer.rounds.length);
        uint256 first = liar - liar % ROUNDS;
        if (lie == Lie.Entry) return wrongEntry(auditId, answer, liar, entryOf(auditId));
        if (lie == Lie.Chain) return brokenChain(auditId, answer, first);
        return falseStart(auditId, answer, first);
    }

    /// @dev Proofs of lies that are none.
    function falseProofs(uint256 auditId, Lie lie, Answer memory answer, uint256 chosen)
        internal
        view
        returns (bytes[] memory proofs)
    {
        uint256 liar = liarOf(auditId, answer.rounds.length);
        uint256 index = chosen % answer.rounds.length;
        uint256 entry = (chosen >> 32) % 256;
        if (lie == Lie.Entry && index == liar && entry == entryOf(auditId)) entry = (entry + 1) % 256;
        uint256 first = index - index % ROUNDS;
        proofs = new bytes[](5);
        proofs[0] = wrongEntry(auditId, answer, index, entry);
        bool isLiar = liar / ROUNDS == index / ROUNDS;
        // Of the slot that lies, another thing is tried: that its first round should follow from its last.
        proofs[1] = lie == Lie.Chain && isLiar ? proofs[0] : brokenChain(auditId, answer, first);
        proofs[2] = falseStart(auditId, answer, lie == Lie.Start && isLiar ? first + 1 : index);
        // Somebody else's leaf, and somebody else's round.
        bytes memory leaf = answer.products[index];
        leaf[entry * 4] ^= 0x01;
        proofs[3] = wrongEntry(auditId, answer, index, entry);
        leaf[entry * 4] ^= 0x01;
        answer.rounds[index].state = keccak256("another");
        proofs[4] = wrongEntry(auditId, answer, index, entry);
    }

    /// @dev The pick that looks at the wrong entry, if chance has picked it.
    function pickOfLie(uint256 auditId) internal view returns (bool found, IAudits.PickedEntry memory picked) {
        Answer memory answer = answerTo(auditId, Lie.Entry);
        uint256 liar = liarOf(auditId, answer.rounds.length);
        uint64 beaconRound = audits.pickRoundOf(auditId);
        bytes memory proof = proofOf(beaconRound);
        bytes32 seed = beacon.randomness(beaconRound, proof);
        for (uint8 k = 0; k < Picks.PER_SLOT && !found; ++k) {
            (uint16 round, uint32 row, uint32 column) = Picks.pick(seed, k, uint8(liar / ROUNDS), ROUNDS, SIZE);
            if (round != liar % ROUNDS || row * SIZE + column != entryOf(auditId)) continue;
            (, bytes32[] memory path) = plainPath(leavesOf(answer), liar);
            picked = IAudits.PickedEntry({
                pick: k,
                round: answer.rounds[liar],
                roundPath: path,
                leaf: answer.products[liar],
                leafPath: new bytes32[](0),
                beaconProof: proof
            });
            found = true;
        }
    }

    function ringerOf(uint256 machineId) internal pure returns (bytes32) {
        return keccak256(abi.encode(machineId, bytes32("salt"), "ringer"));
    }

    function wrongEntry(uint256 auditId, Answer memory answer, uint256 index, uint256 entry)
        private
        view
        returns (bytes memory)
    {
        (, bytes32[] memory path) = plainPath(leavesOf(answer), index);
        return abi.encodeCall(
            audits.proveWrongEntry,
            (
                auditId,
                answer.rounds[index],
                path,
                uint32(entry / SIZE),
                uint32(entry % SIZE),
                answer.products[index],
                new bytes32[](0)
            )
        );
    }

    function brokenChain(uint256 auditId, Answer memory answer, uint256 first) private view returns (bytes memory) {
        (, bytes32[] memory path) = plainPath(leavesOf(answer), first);
        (, bytes32[] memory next) = plainPath(leavesOf(answer), first + 1);
        return
            abi.encodeCall(
                audits.proveBrokenChain, (auditId, answer.rounds[first], path, answer.rounds[first + 1], next)
            );
    }

    function falseStart(uint256 auditId, Answer memory answer, uint256 index) private view returns (bytes memory) {
        (, bytes32[] memory path) = plainPath(leavesOf(answer), index);
        return abi.encodeCall(audits.proveFalseStart, (auditId, answer.rounds[index], path));
    }

    function leavesOf(Answer memory answer) internal pure returns (bytes32[] memory level) {
        level = new bytes32[](answer.rounds.length);
        for (uint256 i = 0; i < level.length; ++i) {
            IAudits.Round memory round = answer.rounds[i];
            level[i] = keccak256(abi.encodePacked(bytes1(0x00), round.slot, round.round, round.state, round.root));
        }
    }

    function productOf(bytes32 state) private pure returns (bytes memory leaf) {
        leaf = new bytes(Product.LEAF_BYTES);
        for (uint256 at = 0; at < 256; ++at) {
            uint256 value = uint256(Product.entry(state, at / SIZE, at % SIZE, SIZE)) << 224;
            assembly ("memory-safe") {
                let place := add(add(leaf, 32), mul(at, 4))
                mstore(place, or(value, and(mload(place), not(shl(224, 0xffffffff)))))
            }
        }
    }

    function liarOf(uint256 auditId, uint256 rounds) private view returns (uint256) {
        return lieSeed[auditId] % rounds;
    }

    function entryOf(uint256 auditId) private view returns (uint256) {
        return (lieSeed[auditId] >> 64) % 256;
    }

    function flipOf(uint256 auditId) private view returns (bytes1) {
        return bytes1(uint8(1 + (lieSeed[auditId] >> 128) % 255));
    }
}
