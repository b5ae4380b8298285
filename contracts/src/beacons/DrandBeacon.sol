// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../Errors.sol";
import {IBeacon} from "../interfaces/IBeacon.sol";
import {Bls} from "../libraries/Bls.sol";
import {BeaconRounds} from "./BeaconRounds.sol";

/// @title DrandBeacon
/// @notice The randomness of a drand chain of the scheme bls-bn254-unchained-on-g1, such as `evmnet`. A threshold of the League
/// of Entropy has to sign a round before anyone knows it, and there is one signature that they can give.
///
/// The proof of a round is its `signature` as drand's API gives it: 64 bytes, x ‖ y. Its randomness is the `randomness` there.
contract DrandBeacon is BeaconRounds {
    /// @notice A point of G1, x ‖ y.
    uint256 private constant PROOF_BYTES = 64;

    uint256 private immutable KEY_X1;
    uint256 private immutable KEY_X0;
    uint256 private immutable KEY_Y1;
    uint256 private immutable KEY_Y0;

    /// @param key The chain's `public_key`, cut into four words; drand has the imaginary parts first.
    /// @param genesis The chain's `genesis_time`.
    /// @param period The chain's `period`.
    constructor(uint256[4] memory key, uint256 genesis, uint256 period) BeaconRounds(genesis, period) {
        if (!Bls.isKey(key)) revert Errors.Beacon_KeyInvalid(key);
        (KEY_X1, KEY_X0, KEY_Y1, KEY_Y0) = (key[0], key[1], key[2], key[3]);
    }

    /// @inheritdoc IBeacon
    function randomness(uint64 round, bytes calldata proof) external view returns (bytes32) {
        if (round == 0 || proof.length != PROOF_BYTES) revert Errors.Beacon_ProofInvalid(round);
        (uint256 x, uint256 y) = abi.decode(proof, (uint256, uint256));
        bytes32 message = keccak256(abi.encodePacked(round));
        if (!Bls.isSignature(x, y, publicKey(), message)) revert Errors.Beacon_ProofInvalid(round);
        return sha256(proof);
    }

    /// @notice The key that signs the rounds, in drand's order.
    function publicKey() public view returns (uint256[4] memory) {
        return [KEY_X1, KEY_X0, KEY_Y1, KEY_Y0];
    }
}
