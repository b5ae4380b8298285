// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "./Test.sol";

/// @title RoundSigner
/// @notice Signs rounds of a LocalBeacon.
abstract contract RoundSigner is Test {
    function sign(string memory name, uint64 round, address beacon) internal view returns (bytes memory) {
        return signDigest(name, digestOf(round, block.chainid, beacon));
    }

    function signDigest(string memory name, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKeyOf(name), digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev EIP-712 by hand, so that the contract's way of it is tested too.
    function digestOf(uint64 round, uint256 chainId, address beacon) internal pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Hotaru Local Beacon"),
                keccak256("1"),
                chainId,
                beacon
            )
        );
        bytes32 message = keccak256(abi.encode(keccak256("Round(uint64 round)"), round));
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }
}
