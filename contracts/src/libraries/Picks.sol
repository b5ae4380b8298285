// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../Errors.sol";
import {Product} from "./Product.sol";

/// @title Picks
/// @notice Which entries of an answer a verifier has to check. Chance picks them after the answer is committed to, so a
/// machine cannot know where it may be lazy; and anyone can say afterwards which they were. See docs/proof.md.
library Picks {
    /// @notice Entries checked in each slot. A machine that skips a twentieth of its work passes in 1 of 27 tries, one that
    /// skips a tenth in 1 of 848: 0.95⁶⁴ and 0.9⁶⁴.
    uint256 internal constant PER_SLOT = 64;

    /// @notice The k-th pick of a slot, from h = keccak256(seed ‖ k (2 bytes) ‖ slot (1 byte)), all big-endian.
    /// @param seed Randomness that nobody knew when the transcript was posted.
    /// @return round Bytes 0 to 7 of h modulo `rounds`: the bias is below 2⁻⁴⁸.
    /// @return row Bytes 8 to 11 of h modulo n.
    /// @return column Bytes 12 to 15 of h modulo n.
    function pick(bytes32 seed, uint256 k, uint8 slot, uint16 rounds, uint256 n)
        internal
        pure
        returns (uint16 round, uint32 row, uint32 column)
    {
        if (k >= PER_SLOT) revert Errors.Proof_PickOutOfRange(k, PER_SLOT);
        Product.requireSize(n);
        uint256 hash = uint256(keccak256(abi.encodePacked(seed, uint16(k), slot)));
        round = uint16((hash >> 192) % rounds);
        row = uint32(uint32(hash >> 160) % n);
        column = uint32(uint32(hash >> 128) % n);
    }
}
