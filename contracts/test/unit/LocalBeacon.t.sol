// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LocalBeacon} from "../../src/beacons/LocalBeacon.sol";
import {Errors} from "../../src/Errors.sol";
import {RoundSigner} from "../RoundSigner.sol";

/// @title LocalBeaconTest
/// @notice test/tree/LocalBeacon.tree, leaf by leaf.
contract LocalBeaconTest is RoundSigner {
    /// @dev The order of secp256k1: s and ORDER - s are signatures of the same.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint64 private constant ROUND = 42;

    LocalBeacon private beacon;

    function setUp() public {
        beacon = new LocalBeacon(account("signer"), time, 3);
    }

    function test_constructor_RevertWhen_NoPeriodIsGiven() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_PeriodInvalid.selector, 0));
        new LocalBeacon(account("signer"), time, 0);
    }

    function test_randomness_RevertWhen_RoundZeroIsSigned() public {
        refuse(0, sign("signer", 0, address(beacon)));
    }

    function test_randomness_RevertWhen_AnotherHasSigned() public {
        refuse(ROUND, sign("stranger", ROUND, address(beacon)));
    }

    function test_randomness_RevertWhen_AnotherRoundIsSigned() public {
        refuse(ROUND, sign("signer", ROUND + 1, address(beacon)));
    }

    function test_randomness_RevertWhen_TheRoundIsSignedForAnotherBeacon() public {
        LocalBeacon other = new LocalBeacon(account("signer"), time, 3);
        refuse(ROUND, signDigest("signer", digestOf(ROUND, block.chainid, address(other))));
    }

    function test_randomness_RevertWhen_TheRoundIsSignedForAnotherChain() public {
        refuse(ROUND, signDigest("signer", digestOf(ROUND, block.chainid + 1, address(beacon))));
    }

    function test_randomness_RevertWhen_TheSignatureIsTooShort() public {
        (, bytes32 r, bytes32 s) = vm.sign(privateKeyOf("signer"), digestOf(ROUND, block.chainid, address(beacon)));
        refuse(ROUND, abi.encodePacked(r, s));
        refuse(ROUND, "");
    }

    function test_randomness_RevertWhen_TheSignatureIsTooLong() public {
        refuse(ROUND, abi.encodePacked(sign("signer", ROUND, address(beacon)), uint8(0)));
    }

    function test_randomness_RevertWhen_TheSignatureHasAHighS() public {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(privateKeyOf("signer"), digestOf(ROUND, block.chainid, address(beacon)));
        refuse(ROUND, abi.encodePacked(r, ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27)));
    }

    function test_randomness_RevertWhen_TheBeaconHasNoSigner() public {
        beacon = new LocalBeacon(address(0), time, 3);
        refuse(ROUND, new bytes(65));
    }

    function test_randomness_WhenTheSignerHasSigned() public view {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(privateKeyOf("signer"), digestOf(ROUND, block.chainid, address(beacon)));
        bytes32 randomness = beacon.randomness(ROUND, abi.encodePacked(r, s, v));
        vm.assertEq(randomness, keccak256(abi.encodePacked(ROUND, r, s)), "randomness");
    }

    /// @dev What packages/chain/src/signBeaconRound.test.ts expects of it.
    function test_randomness_WhenSignBeaconRoundHasSigned() public view {
        vm.assertEq(block.chainid, 31_337, "its chain");
        vm.assertEq(address(beacon), 0x5615dEB798BB3E4dFa0139dFa1b3D433Cc23b72f, "its beacon");
        bytes memory proof = hex"2ea969f5c90f2401fec702f446baea1b39fd96a66570cbc7fab010862b9479b4"
            hex"2482660a4afa3adda5262ded0cec4317c32c08b1317e99bb0203b12e649874a71c";
        vm.assertEq(
            beacon.randomness(ROUND, proof),
            keccak256(
                hex"000000000000002a" hex"2ea969f5c90f2401fec702f446baea1b39fd96a66570cbc7fab010862b9479b4"
                hex"2482660a4afa3adda5262ded0cec4317c32c08b1317e99bb0203b12e649874a7"
            ),
            "randomness"
        );
    }

    function refuse(uint64 round, bytes memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_ProofInvalid.selector, round));
        beacon.randomness(round, proof);
    }
}
