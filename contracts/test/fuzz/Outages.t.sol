// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../../src/interfaces/IFaults.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Judgement} from "../../src/libraries/Judgement.sol";
import {Outages} from "../../src/libraries/Outages.sol";
import {Test} from "../Test.sol";

/// @title OutagesFuzz
/// @notice What an outage costs does not hang on how many report it, how they cut it up, or in which order that is executed.
contract OutagesFuzz is Test {
    using Outages for Outages.Log;

    uint40 private constant START = 1_800_000_000;
    IMachines.Maintenance private none;
    Outages.Log private log;

    function testFuzz_oneOutageCostsItsWholeLengthOnce(uint256 seed, bool unlike) public {
        uint256 middle = START + 100 hours;
        (uint256 first, uint256 last, uint256 sum) = (middle, middle, 0);
        uint256 reports = 1 + seed % 12;
        for (uint256 i = 0; i < reports; ++i) {
            uint256 from = middle - pick(seed, 2 * i, i % 2 == 0 ? 6 minutes : 90 hours);
            uint256 until = middle + pick(seed, 2 * i + 1, i % 3 == 0 ? 10 minutes : 90 hours);
            if (from < first) first = from;
            if (until > last) last = until;
            sum += charge(unlike, none, from, until);
            vm.assertEq(sum, Outages.penalty(kindOf(unlike), last - first), "charged");
        }
    }

    function testFuzz_outagesApartCostEachTheirOwn(uint256 seed, bool unlike) public {
        uint256 outages = 1 + seed % 8;
        uint256 turn = seed % outages;
        for (uint256 i = 0; i < outages; ++i) {
            // In any order of time; each is apart from its neighbours by more than the grace.
            uint256 from = START + ((i + turn) % outages) * 200 hours;
            uint256 length = pick(seed, i, 199 hours);
            uint256 owed = Outages.penalty(kindOf(unlike), length);
            vm.assertEq(charge(unlike, none, from, from + length), owed, "first");
            vm.assertEq(charge(unlike, none, from, from + length), 0, "again");
        }
        for (uint256 i = 0; i < 9; ++i) {
            uint256 from = START + (20 + i) * 200 hours;
            vm.assertEq(charge(false, none, from, from + pick(seed, i, 3 minutes)), 0, "free");
        }
        for (uint256 i = 0; i < outages; ++i) {
            uint256 from = START + i * 200 hours;
            uint256 length = pick(seed, (i + outages - turn) % outages, 199 hours);
            vm.assertEq(charge(unlike, none, from, from + length), 0, "not forgotten");
        }
    }

    function testFuzz_aBridgeBetweenTwoOutagesGivesNothingBack(uint256 seed) public {
        // Two within the lowest tier, the bridge within it too; what was charged for both is kept and counted later.
        uint256 first = START + pick(seed, 1, 50 minutes);
        uint256 second = START + 90 minutes;
        vm.assertEq(charge(true, none, first, START + 60 minutes), 1200, "first");
        vm.assertEq(charge(true, none, second, second + 1 + pick(seed, 2, 60 minutes)), 1200, "second");
        vm.assertEq(charge(true, none, first, second), 0, "bridge");
        vm.assertEq(charge(true, none, first, first + 5 hours), 0, "second tier");
        vm.assertEq(charge(true, none, first, first + 25 hours), 800, "third tier");
        vm.assertEq(charge(true, none, first, first + 200 hours), 6800, "for ever");
    }

    function testFuzz_manyBridgedAtOnceAreAllCounted(uint256 seed) public {
        // Their sum is more than 16 bits hold.
        for (uint256 i = 0; i < 7; ++i) {
            uint256 from = START + i * 200 hours;
            vm.assertEq(charge(true, none, from, from + 121 hours), 10_000, "each");
        }
        vm.assertEq(charge(true, none, START, START + 1400 hours), 0, "bridge");
        vm.assertEq(charge(true, none, START, START + 1400 hours + pick(seed, 1, 1000 hours)), 0, "longer");
    }

    function testFuzz_aSpanThatEndsBeforeItBeginsIsNone(uint256 seed) public {
        uint256 from = START + 1 hours;
        vm.assertEq(charge(true, none, from, from + 1 hours), 1200, "outage");
        uint256 begin = from - 1 - pick(seed, 1, 2 minutes);
        vm.assertEq(charge(true, none, begin, begin - 1 - pick(seed, 2, 30)), 0, "none");
        // Further from the outage than the grace, though not from that span.
        vm.assertEq(charge(true, none, from - 1 hours, from - 3 minutes - 1), 1200, "another");
    }

    function testFuzz_maintenanceIsLeftOutOnce(uint256 seed) public {
        uint256 from = START + pick(seed, 1, 4 hours);
        uint256 until = from + 4 hours + pick(seed, 2, 60 hours);
        uint256 away = START + pick(seed, 3, 10 hours);
        IMachines.Maintenance memory maintenance =
            IMachines.Maintenance(uint40(away), uint40(away + pick(seed, 4, 4 hours)));
        uint256 counted = 0;
        for (uint256 at = from; at < until; at += 1 minutes) {
            if (at < maintenance.from || at >= maintenance.until) {
                counted += until - at < 1 minutes ? until - at : 1 minutes;
            }
        }
        uint256 found = Outages.awayIn(maintenance, from, until);
        vm.assertLe(found > counted ? found - counted : counted - found, 2 minutes, "away");

        uint256 cut = from + pick(seed, 5, until - from);
        uint256 sum = charge(false, maintenance, cut, until) + charge(false, maintenance, from, cut);
        sum += charge(false, maintenance, from, until);
        vm.assertEq(sum, Outages.penalty(IFaults.Kind.Unreachable, found), "charged");
    }

    function testFuzz_aJudgementIsWrittenInOneWay(bytes32 vote, bool guilty, uint40 since) public pure {
        (bool valid, bool isGuilty, uint40 at) = Judgement.decode(vote);
        if (valid) vm.assertEq(Judgement.encode(isGuilty, at), vote, "vote");

        bytes32 encoded = Judgement.encode(guilty, since);
        (valid, isGuilty, at) = Judgement.decode(encoded);
        vm.assertTrue(valid == (!guilty || since != 0), "valid");
        vm.assertTrue(isGuilty == guilty && at == (guilty ? since : 0), "parts");
        (valid,,) = Judgement.decode(encoded | bytes32(uint256(1) << (uint256(vote) % 208)));
        vm.assertTrue(!valid, "marked");
    }

    function charge(bool unlike, IMachines.Maintenance memory maintenance, uint256 from, uint256 until)
        private
        returns (uint256)
    {
        return log.charge(kindOf(unlike), maintenance, uint40(from), uint40(until));
    }

    function kindOf(bool unlike) private pure returns (IFaults.Kind) {
        return unlike ? IFaults.Kind.Unlike : IFaults.Kind.NoStart;
    }

    function pick(uint256 seed, uint256 salt, uint256 max) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, salt))) % (max + 1);
    }
}
