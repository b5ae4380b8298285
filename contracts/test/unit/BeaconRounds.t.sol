// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {LocalBeacon} from "../../src/beacons/LocalBeacon.sol";
import {Errors} from "../../src/Errors.sol";
import {Test} from "../Test.sol";

/// @title BeaconRoundsTest
/// @notice test/tree/BeaconRounds.tree, leaf by leaf, on the one of the beacons that is cheaper to deploy.
contract BeaconRoundsTest is Test {
    uint256 private constant GENESIS = 1000;
    uint256 private constant PERIOD = 7;

    LocalBeacon private beacon;

    function setUp() public {
        beacon = new LocalBeacon(account("signer"), GENESIS, PERIOD);
    }

    function test_roundAfter_WhenItIsBeforeGenesis() public view {
        vm.assertEq(beacon.roundAfter(0), 1, "at the beginning of time");
        vm.assertEq(beacon.roundAfter(GENESIS - 1), 1, "a second before");
    }

    function test_roundAfter_WhenItIsTheSecondOfGenesis() public view {
        vm.assertEq(beacon.roundAfter(GENESIS), 2, "round");
    }

    function test_roundAfter_WhenItIsTheLastSecondBeforeARound() public view {
        vm.assertEq(beacon.roundAfter(GENESIS + PERIOD - 1), 2, "round 2");
        vm.assertEq(beacon.roundAfter(GENESIS + 100 * PERIOD - 1), 101, "round 101");
    }

    function test_roundAfter_WhenItIsTheSecondOfARound() public view {
        vm.assertEq(beacon.roundAfter(GENESIS + PERIOD), 3, "round 2");
        vm.assertEq(beacon.roundAfter(GENESIS + 100 * PERIOD), 102, "round 101");
    }

    function test_roundAfter_RevertWhen_TheRoundHasMoreThan64Bits() public {
        uint256 last = GENESIS + PERIOD * (uint256(type(uint64).max) - 1);
        vm.assertEq(beacon.roundAfter(last - 1), type(uint64).max, "the last round");
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 64, uint256(type(uint64).max) + 1)
        );
        beacon.roundAfter(last);
    }

    function test_timeOf_RevertWhen_RoundZeroIsAskedFor() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Beacon_RoundUnknown.selector, 0));
        beacon.timeOf(0);
    }

    function test_timeOf_WhenItIsTheFirstRound() public view {
        vm.assertEq(beacon.timeOf(1), GENESIS, "time");
    }

    function test_timeOf_WhenItIsALaterRound() public view {
        vm.assertEq(beacon.timeOf(2), GENESIS + PERIOD, "round 2");
        vm.assertEq(beacon.timeOf(101), GENESIS + 100 * PERIOD, "round 101");
        uint256 rounds = type(uint64).max;
        vm.assertEq(beacon.timeOf(type(uint64).max), GENESIS + (rounds - 1) * PERIOD, "the last round");
    }
}
