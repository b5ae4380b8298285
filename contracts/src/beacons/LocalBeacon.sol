// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Errors} from "../Errors.sol";
import {IBeacon} from "../interfaces/IBeacon.sol";
import {BeaconRounds} from "./BeaconRounds.sol";

/// @title LocalBeacon
/// @notice A beacon that one key signs, for a network of one's own without a way to drand. NOT RANDOM TO ITS SIGNER: he foresees
/// every round, and since he can sign a round in many ways, he chooses its randomness too. Deploy it nowhere else.
///
/// The proof of a round is the signer's EIP-712 signature of it, r ‖ s ‖ v.
contract LocalBeacon is BeaconRounds, EIP712 {
    bytes32 private constant ROUND_TYPEHASH = keccak256("Round(uint64 round)");

    address public immutable SIGNER;

    constructor(address signer, uint256 genesis, uint256 periodSeconds)
        BeaconRounds(genesis, periodSeconds)
        EIP712("Hotaru Local Beacon", "1")
    {
        SIGNER = signer;
    }

    /// @inheritdoc IBeacon
    function randomness(uint64 round, bytes calldata proof) external view returns (bytes32) {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(ROUND_TYPEHASH, round)));
        // It takes 65 bytes and a low s only, so that nobody but the signer can turn one proof into another.
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, proof);
        if (round == 0 || failure != ECDSA.RecoverError.NoError || signer != SIGNER) {
            revert Errors.Beacon_ProofInvalid(round);
        }
        return keccak256(abi.encodePacked(round, proof[:64]));
    }
}
