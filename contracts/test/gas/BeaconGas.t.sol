// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DrandBeacon} from "../../src/beacons/DrandBeacon.sol";
import {LocalBeacon} from "../../src/beacons/LocalBeacon.sol";
import {Evmnet} from "../Evmnet.sol";
import {RoundSigner} from "../RoundSigner.sol";

/// @title BeaconGasTest
/// @notice What a contract pays for the randomness of a round, besides the calldata of the proof. The last of the real rounds is
/// the dearest: it tries most candidates for its two points.
contract BeaconGasTest is RoundSigner {
    function test_gas_randomness() public {
        DrandBeacon drand = new DrandBeacon(Evmnet.key(), Evmnet.GENESIS, Evmnet.PERIOD);
        Evmnet.Round memory round = Evmnet.rounds()[2];
        drand.randomness(round.number, round.signature);
        vm.snapshotGasLastCall("beacon", "drand.randomness");

        LocalBeacon local = new LocalBeacon(account("signer"), Evmnet.GENESIS, Evmnet.PERIOD);
        local.randomness(round.number, sign("signer", round.number, address(local)));
        vm.snapshotGasLastCall("beacon", "local.randomness");
    }
}
