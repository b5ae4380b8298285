// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DrandBeacon} from "../../src/beacons/DrandBeacon.sol";
import {Errors} from "../../src/Errors.sol";
import {Evmnet} from "../Evmnet.sol";
import {Test} from "../Test.sol";

/// @title DrandBeaconTest
/// @notice test/tree/DrandBeacon.tree, leaf by leaf.
contract DrandBeaconTest is Test {
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    DrandBeacon private beacon;
    Evmnet.Round private real;

    function setUp() public {
        beacon = new DrandBeacon(Evmnet.key(), Evmnet.GENESIS, Evmnet.PERIOD);
        real = Evmnet.rounds()[1];
    }

    function test_constructor_RevertWhen_TheKeyIsZero() public {
        uint256[4] memory key;
        refuseKey(key);
    }

    function test_constructor_RevertWhen_TheKeyIsNotOnTheCurve() public {
        uint256[4] memory key = Evmnet.key();
        key[3] ^= 1;
        refuseKey(key);
    }

    function test_constructor_RevertWhen_TheKeyIsOnTheCurveButNotInItsGroup() public {
        // x = 1; the curve of the keys has far more points than their group.
        refuseKey(
            [
                0,
                1,
                0x0d1271953ed9ea0836846e70a1934187998c7f790cb4d7511b7f8da82de048a4,
                0x2869111d5381f072f8e2728fdb825a51aadd70e52c9830e9ab4b871c0531f1bb
            ]
        );
    }

    function test_constructor_RevertWhen_ThePeriodIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_PeriodInvalid.selector, 0));
        new DrandBeacon(Evmnet.key(), Evmnet.GENESIS, 0);
    }

    function test_constructor_WhenTheKeyIsThatOfAChain() public view {
        uint256[4] memory key = beacon.publicKey();
        for (uint256 i = 0; i < key.length; ++i) {
            vm.assertEq(key[i], Evmnet.key()[i], "key");
        }
        vm.assertEq(beacon.GENESIS(), Evmnet.GENESIS, "genesis");
        vm.assertEq(beacon.PERIOD(), Evmnet.PERIOD, "period");
    }

    function test_randomness_RevertWhen_TheRoundIsZero() public {
        refuse(0, real.signature);
        // By a key that does sign it.
        beacon = new DrandBeacon(Evmnet.openKey(), Evmnet.GENESIS, Evmnet.PERIOD);
        beacon.randomness(1, Evmnet.signOpenly(1));
        refuse(0, Evmnet.signOpenly(0));
    }

    function test_randomness_RevertWhen_TheProofHasAByteTooFew() public {
        bytes memory short = new bytes(63);
        for (uint256 i = 0; i < short.length; ++i) {
            short[i] = real.signature[i];
        }
        refuse(real.number, short);
    }

    function test_randomness_RevertWhen_TheProofHasAByteTooMany() public {
        refuse(real.number, abi.encodePacked(real.signature, uint8(0)));
    }

    function test_randomness_RevertWhen_TheProofIsEmpty() public {
        refuse(real.number, "");
    }

    function test_randomness_RevertWhen_TheProofIsNotOnTheCurve() public {
        (uint256 x, uint256 y) = point();
        refuseCheaply(abi.encode(x, y ^ 1));
    }

    function test_randomness_RevertWhen_TheProofIsTheZeroPoint() public {
        refuseCheaply(new bytes(64));
    }

    function test_randomness_RevertWhen_TheXOfTheProofIsWrittenWithThePrimeAdded() public {
        (uint256 x, uint256 y) = point();
        refuseCheaply(abi.encode(x + P, y));
    }

    function test_randomness_RevertWhen_TheYOfTheProofIsWrittenWithThePrimeAdded() public {
        (uint256 x, uint256 y) = point();
        refuseCheaply(abi.encode(x, y + P));
    }

    function test_randomness_RevertWhen_TheProofIsNegated() public {
        (uint256 x, uint256 y) = point();
        refuse(real.number, abi.encode(x, P - y));
    }

    function test_randomness_RevertWhen_TheProofIsThatOfAnotherRound() public {
        refuse(real.number + 1, real.signature);
        refuse(real.number, Evmnet.rounds()[0].signature);
    }

    function test_randomness_RevertWhen_TheProofIsByAnotherKey() public {
        beacon = new DrandBeacon(Evmnet.testKey(), Evmnet.GENESIS, Evmnet.PERIOD);
        refuse(real.number, real.signature);
    }

    function test_randomness_WhenRoundsOfEvmnetAreProven() public view {
        for (uint256 i = 0; i < Evmnet.rounds().length; ++i) {
            Evmnet.Round memory round = Evmnet.rounds()[i];
            vm.assertEq(beacon.randomness(round.number, round.signature), round.randomness, "randomness");
        }
    }

    function test_randomness_WhenARoundOfTheTestChainIsProven() public {
        beacon = new DrandBeacon(Evmnet.testKey(), 1_726_958_055, Evmnet.PERIOD);
        Evmnet.Round memory round = Evmnet.testRound();
        vm.assertEq(beacon.randomness(round.number, round.signature), round.randomness, "randomness");
    }

    function refuseKey(uint256[4] memory key) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_KeyInvalid.selector, key));
        new DrandBeacon(key, Evmnet.GENESIS, Evmnet.PERIOD);
    }

    function refuse(uint64 round, bytes memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_ProofInvalid.selector, round));
        beacon.randomness(round, proof);
    }

    /// @dev A precompile burns all the gas it is given on a point that is none: it must not be asked.
    function refuseCheaply(bytes memory proof) private {
        uint256 gas = gasleft();
        refuse(real.number, proof);
        vm.assertLe(gas - gasleft(), 30_000, "gas");
    }

    function point() private view returns (uint256 x, uint256 y) {
        return abi.decode(real.signature, (uint256, uint256));
    }
}
