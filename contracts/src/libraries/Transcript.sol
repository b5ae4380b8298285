// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../Errors.sol";
import {IAudits} from "../interfaces/IAudits.sol";
import {Merkle} from "./Merkle.sol";

/// @title Transcript
/// @notice The rounds of an answer: how each follows from the last, and their Merkle tree. See docs/proof.md.
library Transcript {
    /// @notice The state in which a slot's first round begins. It names chain, machine, slot and audit, so that no answer
    /// serves twice.
    function startState(bytes32 seed, uint256 chainId, uint256 machineId, uint8 slot, uint256 auditId)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(seed, chainId, machineId, slot, auditId));
    }

    /// @notice The state of the round after one with this state and root: rounds cannot be shared out among machines.
    function nextState(bytes32 state, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(state, root));
    }

    /// @notice The hash of a round as a leaf: a 0 byte, slot (1 byte), round (2 bytes, big-endian), state, root.
    function leafHash(IAudits.Round calldata round) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), round.slot, round.round, round.state, round.root));
    }

    /// @notice Whether `round` is in the transcript, at the place that its own numbers give it.
    /// @param slots How many slots the audit has.
    /// @param rounds How many rounds each of them has.
    function isIn(
        bytes32 transcript,
        IAudits.Round calldata round,
        uint256 slots,
        uint256 rounds,
        bytes32[] calldata path
    ) internal pure returns (bool) {
        if (round.slot >= slots || round.round >= rounds) {
            revert Errors.Proof_RoundOutOfRange(round.slot, round.round, slots, rounds);
        }
        return Merkle.isIn({
            root: transcript,
            index: round.slot * rounds + round.round,
            leafCount: slots * rounds,
            leaf: leafHash(round),
            path: path
        });
    }
}
