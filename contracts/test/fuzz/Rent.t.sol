// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Rent} from "../../src/libraries/Rent.sol";
import {Slots} from "../../src/libraries/Slots.sol";
import {Test} from "../Test.sol";

/// @title RentFuzz
/// @notice The arithmetic of rent and of slot sets, for any numbers the ledger can hold.
contract RentFuzz is Test {
    using Slots for Slots.Holds;

    Slots.Holds private holds;

    function testFuzz_split_addsUpAndFavoursTheBurn(uint96 gross, uint16 bps) public pure {
        bps = uint16(bound(bps, 100, 5000));
        (uint256 paid, uint256 burnt) = Rent.split(gross, bps);
        vm.assertEq(paid + burnt, gross, "paid + burnt");
        vm.assertLe(uint256(gross) * bps, burnt * 10_000, "burnt at least the share");
        vm.assertLe(burnt * 10_000, uint256(gross) * bps + 9999, "and less than one unit more");
    }

    function testFuzz_split_inPartsBurnsNoLessThanInOne(uint96 first, uint96 second, uint16 bps) public pure {
        bps = uint16(bound(bps, 100, 5000));
        (, uint256 whole) = Rent.split(uint256(first) + second, bps);
        (, uint256 a) = Rent.split(first, bps);
        (, uint256 b) = Rent.split(second, bps);
        vm.assertLe(whole, a + b, "burnt in one");
    }

    function testFuzz_rate_isTheSmallestThatPaysThePrice(uint64 usdPerSlotHour, uint8 slots, uint64 usdPerToken)
        public
        pure
    {
        usdPerSlotHour = uint64(bound(usdPerSlotHour, 1, type(uint64).max));
        slots = uint8(bound(slots, 1, 64));
        usdPerToken = uint64(bound(usdPerToken, 1, type(uint64).max));
        uint256 rate = Rent.rate(usdPerSlotHour, slots, usdPerToken);
        uint256 due = uint256(usdPerSlotHour) * slots * 1e18;
        uint256 perUnit = uint256(usdPerToken) * 3600;
        vm.assertLe(due, rate * perUnit, "an hour pays the price");
        vm.assertLe((rate - 1) * perUnit + 1, due, "and a unit less would not");
    }

    function testFuzz_slots_holdExactlyTheirSet(uint64 first, uint64 second, uint32 until) public {
        vm.warp(time);
        until = uint32(bound(until, time + 1, type(uint32).max));
        holds.hold(first, until);
        holds.hold(second & ~first, time);
        vm.assertEq(holds.busy(type(uint64).max), first, "busy");
        vm.assertEq(holds.busy(second), first & second, "busy of the second set");
        vm.warp(until);
        vm.assertEq(holds.busy(type(uint64).max), 0, "busy when over");
    }

    function testFuzz_slots_sizeCountsBits(uint64 set) public pure {
        uint256 bits = 0;
        for (uint256 i = 0; i < 64; ++i) {
            bits += (set >> i) & 1;
        }
        vm.assertEq(Slots.size(set), bits, "size");
        vm.assertTrue(Slots.isWithin(set, 64) == (set != 0), "within 64");
        vm.assertTrue(!Slots.isWithin(set | 16, 4), "slot 4 is not of four");
    }
}
