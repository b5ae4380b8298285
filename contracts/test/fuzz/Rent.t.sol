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

    function testFuzz_split_addsUpAndFavoursTheBurn(uint96 gross, uint16 feeBps, uint16 burnBps) public pure {
        (feeBps, burnBps) = (uint16(bound(feeBps, 0, 3000)), uint16(bound(burnBps, 100, 5000)));
        (uint256 paid, uint256 fee, uint256 burnt) = Rent.split(gross, feeBps, burnBps);
        vm.assertEq(paid + fee + burnt, gross, "paid + fee + burnt");
        vm.assertLe(fee * 10_000, uint256(gross) * feeBps, "fee at most the share");
        vm.assertLe(uint256(gross) * feeBps, fee * 10_000 + 9999, "and less than one unit less");
        uint256 rest = gross - fee;
        vm.assertLe(rest * burnBps, burnt * 10_000, "burnt at least the share");
        vm.assertLe(burnt * 10_000, rest * burnBps + 9999, "and less than one unit more");
    }

    /// @dev Settling every second earns the operator nothing, and burns no less but for what is burnt of his fee.
    function testFuzz_split_inPartsPaysNoMoreFeeThanInOne(uint96 first, uint96 second, uint16 feeBps, uint16 burnBps)
        public
        pure
    {
        (feeBps, burnBps) = (uint16(bound(feeBps, 0, 3000)), uint16(bound(burnBps, 100, 5000)));
        (, uint256 fee, uint256 burnt) = Rent.split(uint256(first) + second, feeBps, burnBps);
        (, uint256 feeA, uint256 burntA) = Rent.split(first, feeBps, burnBps);
        (, uint256 feeB, uint256 burntB) = Rent.split(second, feeBps, burnBps);
        vm.assertLe(feeA + feeB, fee, "fee in one");
        vm.assertLe(burnt, burntA + burntB, "burnt in one");
    }

    function testFuzz_withFee_isTheSmallestThatLeavesTheRate(uint72 rate, uint16 feeBps) public pure {
        feeBps = uint16(bound(feeBps, 0, 3000));
        uint256 whole = Rent.withFee(rate, feeBps);
        vm.assertLe(uint256(rate) * 10_000, whole * (10_000 - feeBps), "what is left is the rate");
        if (rate > 0) {
            vm.assertLe((whole - 1) * (10_000 - feeBps) + 1, uint256(rate) * 10_000, "and a unit less would not do");
        }
    }

    /// @dev The owner of a machine that a cloud brought renters to never earns less than its list price.
    function testFuzz_withFee_costsTheOwnerNothing(uint72 rate, uint16 feeBps, uint32 duration) public pure {
        feeBps = uint16(bound(feeBps, 0, 3000));
        (, uint256 fee,) = Rent.split(Rent.withFee(rate, feeBps) * duration, feeBps, 500);
        vm.assertLe(uint256(rate) * duration, Rent.withFee(rate, feeBps) * duration - fee, "less fee");
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

    function testFuzz_slots_moveOnlyThoseHeldUntilThen(uint64 first, uint64 second, uint32 until) public {
        vm.warp(time);
        until = uint32(bound(until, time + 2, type(uint32).max));
        holds.hold(first, until);
        holds.hold(second & ~first, until - 1);
        holds.move(second, until, time);
        vm.assertEq(holds.busy(type(uint64).max), (first | second) & ~(first & second), "busy");
        uint256 last = first & ~second != 0 ? until : (second & ~first != 0 ? until - 1 : 0);
        vm.assertEq(holds.last(), last == 0 && first != 0 ? time : last, "last");
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
