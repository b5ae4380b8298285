// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../../src/interfaces/IBeacon.sol";

/// @title FakeBeacon
/// @notice A round every three seconds. The proof of a round is its number; what it says can be set.
contract FakeBeacon is IBeacon {
    error Beacon_ProofInvalid(uint64 round);

    uint256 private constant GENESIS = 1_700_000_000;
    uint256 private constant PERIOD = 3;

    mapping(uint64 round => bytes32) private _set;

    function set(uint64 round, bytes32 value) external {
        _set[round] = value;
    }

    function proofOf(uint64 round) external pure returns (bytes memory) {
        return abi.encode(round);
    }

    function roundAfter(uint256 timestamp) external pure returns (uint64) {
        return uint64((timestamp - GENESIS) / PERIOD + 1);
    }

    function timeOf(uint64 round) external pure returns (uint256) {
        return GENESIS + round * PERIOD;
    }

    function randomness(uint64 round, bytes calldata proof) external view returns (bytes32) {
        if (keccak256(proof) != keccak256(abi.encode(round))) revert Beacon_ProofInvalid(round);
        return _set[round] == 0 ? keccak256(abi.encode("beacon", round)) : _set[round];
    }
}
