// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bls} from "../src/libraries/Bls.sol";

/// @title Evmnet
/// @notice drand's chain `evmnet`, 04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3, and rounds of it as its API
/// (https://api.drand.sh/v2/beacons/evmnet) gives them.
library Evmnet {
    struct Round {
        uint64 number;
        bytes signature;
        bytes32 randomness;
    }

    uint256 internal constant GENESIS = 1_727_521_075;
    uint256 internal constant PERIOD = 3;

    function key() internal pure returns (uint256[4] memory) {
        return [
            0x07e1d1d335df83fa98462005690372c643340060d205306a9aa8106b6bd0b382,
            0x0557ec32c2ad488e4d4f6008f89a346f18492092ccc0d594610de2732c8b808f,
            0x0095685ae3a85ba243747b1b2f426049010f6b73a0cf1d389351d5aaaa1047f6,
            0x297d3a4f9749b33eb2d904c9d9ebf17224150ddd7abd7567a9bec6c74480ee0b
        ];
    }

    /// @dev The first, one of the first hour, and one of July 2026.
    function rounds() internal pure returns (Round[3] memory) {
        return [
            Round({
                number: 1,
                signature: hex"11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c346"
                hex"2a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373",
                randomness: 0x781b75698adc3af62cfa55db83cf0c73ae54e1ac8c0d4c3a2224126b65369ec5
            }),
            Round({
                number: 1000,
                signature: hex"06fd5996329504d3a56b482d9222bf7205857d0a9559ddd216ca31a286f6a8cc"
                hex"0a120f021aac2f13553fb164f62bc3a5ca32c76dea88a777b39bcf3cac5fdbd6",
                randomness: 0x0e6745667465a6f9dce5d5f994656955080be14c469ff17fc4fc588c925a8504
            }),
            Round({
                number: 18_710_192,
                signature: hex"174c481ee5453aa002b6a5e4e4b3bad70c62933a286285b5c22e1d6b9304b4d4"
                hex"0720072ba15a5c6dfe9f271bd48fd36b9d488334da388da85e45451f95ad1427",
                randomness: 0x7e4275a00825f58a689a547e8a728ca497c85cb2b08af3f8b6e75776bd64f385
            })
        ];
    }

    /// @dev Another chain of the same scheme, drand's trial before evmnet.
    function testKey() internal pure returns (uint256[4] memory) {
        return [
            0x14018a8127d0cd185f0d0cd168bec330c584581d46f77f41e8ee33ad600588e1,
            0x04961f20efbcec8ce5e176aa182bf141f7059cfb467e3b508bc6f36f227d5cf3,
            0x1c7baa2a010677e813ffca24b4ff5faf3348b2750201c85b126a480118b149f5,
            0x14d3e7aba46a99f40aac6507a2c6d6f3c7a6b38038786831e3e6b5b0adf5894b
        ];
    }

    /// @dev The key whose secret is 1, the generator: its signature of a message is the message's hash.
    function openKey() internal pure returns (uint256[4] memory) {
        return [
            0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2,
            0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed,
            0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b,
            0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa
        ];
    }

    function signOpenly(uint64 round) internal view returns (bytes memory) {
        (uint256 x, uint256 y) = Bls.hashToCurve(keccak256(abi.encodePacked(round)));
        return abi.encode(x, y);
    }

    function testRound() internal pure returns (Round memory) {
        return Round({
            number: 40,
            signature: hex"23f7e78888e0bb376e9f70ded2d49546e300c913a401c1b59cc63626c5a6f375"
            hex"0cc5ef66ad1430b82a57aa94aa866dccd68213e66d5f35ff53b19c60dc008429",
            randomness: 0xf6e126339b1aba7c12aec53a76b6a790dd649c8cdbeeb41d2a47024fb3d57fd4
        });
    }
}
