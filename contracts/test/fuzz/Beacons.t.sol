// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DrandBeacon} from "../../src/beacons/DrandBeacon.sol";
import {LocalBeacon} from "../../src/beacons/LocalBeacon.sol";
import {Errors} from "../../src/Errors.sol";
import {Bls} from "../../src/libraries/Bls.sol";
import {Evmnet} from "../Evmnet.sol";
import {RoundSigner} from "../RoundSigner.sol";

/// @title BeaconsFuzz
/// @notice Nothing but the proof is a proof, and rounds and seconds fit, whatever the schedule.
contract BeaconsFuzz is RoundSigner {
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    DrandBeacon private drand;

    function setUp() public {
        drand = new DrandBeacon(Evmnet.key(), Evmnet.GENESIS, Evmnet.PERIOD);
    }

    function testFuzz_drand_refusesAProofWithAFlippedByte(uint8 which, uint8 at, uint8 flip) public {
        Evmnet.Round memory round = Evmnet.rounds()[which % 3];
        round.signature[at % 64] ^= bytes1(uint8(bound(flip, 1, 255)));
        refuse(drand, round.number, round.signature);
    }

    function testFuzz_drand_takesEachRoundForItselfOnly(uint64 round, uint64 other) public {
        round = uint64(bound(round, 1, type(uint64).max));
        vm.assume(other != round);
        DrandBeacon open = new DrandBeacon(Evmnet.openKey(), Evmnet.GENESIS, Evmnet.PERIOD);
        bytes memory proof = Evmnet.signOpenly(round);
        vm.assertEq(open.randomness(round, proof), sha256(proof), "randomness");
        refuse(open, other, proof);
        refuse(drand, round, proof);
    }

    function testFuzz_drand_refusesAnyBytes(uint64 round, bytes calldata proof) public {
        // forge draws from the constants of the tests too, so it does find the proofs themselves.
        for (uint256 i = 0; i < 3; ++i) {
            Evmnet.Round memory real = Evmnet.rounds()[i];
            vm.assume(round != real.number || sha256(proof) != real.randomness);
        }
        refuse(drand, round, proof);
    }

    function testFuzz_local_refusesAProofWithAFlippedByte(uint64 round, uint8 at, uint8 flip) public {
        round = uint64(bound(round, 1, type(uint64).max));
        LocalBeacon local = new LocalBeacon(account("signer"), time, 3);
        bytes memory proof = sign("signer", round, address(local));
        local.randomness(round, proof);
        proof[at % 65] ^= bytes1(uint8(bound(flip, 1, 255)));
        refuse(local, round, proof);
    }

    function testFuzz_roundAfter_isTheFirstAfter(uint40 genesis, uint16 period, uint40 timestamp) public {
        period = uint16(bound(period, 1, type(uint16).max));
        LocalBeacon local = new LocalBeacon(account("signer"), genesis, period);
        uint64 round = local.roundAfter(timestamp);
        vm.assertLe(uint256(timestamp) + 1, local.timeOf(round), "published after");
        if (round > 1) vm.assertLe(local.timeOf(round - 1), timestamp, "the one before is not");
    }

    function testFuzz_mapToCurve_givesAPoint(uint256 u) public view {
        u %= P;
        (uint256 x, uint256 y) = Bls.mapToCurve(u);
        vm.assertEq(mulmod(y, y, P), addmod(mulmod(mulmod(x, x, P), x, P), 3, P), "on the curve");
        vm.assertEq(y & 1, u & 1, "sign");
    }

    function refuse(DrandBeacon beacon, uint64 round, bytes memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_ProofInvalid.selector, round));
        beacon.randomness(round, proof);
    }

    function refuse(LocalBeacon beacon, uint64 round, bytes memory proof) private {
        refuse(DrandBeacon(address(beacon)), round, proof);
    }
}
