// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrices} from "../../src/interfaces/IPrices.sol";
import {PriceWorld} from "../PriceWorld.sol";

/// @title PricesFuzz
/// @notice The median against a plain one, and how far any posts at all can carry the price in a time.
contract PricesFuzz is PriceWorld {
    function testFuzz_isTheMedian(uint64[5] memory seeds, uint256 size) public {
        enrollFirst(5);
        uint256[] memory usd = new uint256[](bound(size, 3, 5));
        for (uint256 i = 0; i < usd.length; ++i) {
            usd[i] = bound(seeds[i], 1, type(uint64).max);
        }
        prices.post(seen(usd));
        uint256 found = prices.usdPerToken();
        uint256 below = 0;
        uint256 above = 0;
        for (uint256 i = 0; i < usd.length; ++i) {
            if (usd[i] <= found) ++below;
            if (usd[i] >= found) ++above;
        }
        // With an even number the mean of the middles lies between them, rounded down.
        vm.assertLe((usd.length + 1) / 2, below, "below");
        vm.assertLe((usd.length + 1) / 2, above, "above");
    }

    function testFuzz_whoHoldsTheKeysMovesThePriceByAFifthAnInterval(uint256 seed, bool up) public {
        enroll(0);
        post(PRICE);
        uint256 begin = time;
        for (uint256 i = 0; i < 40; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            skip(1 + random % [uint256(30), 11 minutes, 40 minutes][(random >> 32) % 3]);
            (uint256 last,) = prices.latest();
            // Guesses up to a third off; what is too far is refused.
            uint256 move = last * ((random >> 64) % 3333) / 10_000;
            IPrices.Observation[] memory list = one(observe(0, up ? last + move : last - move, time));
            try prices.post(list) {} catch {}
            assertWithin(begin, up);
        }
    }

    /// @dev Up, a fifth for each interval that has begun, one upon the other, is the most there is: after a silence it is
    /// less. Down, three intervals of silence are the quickest: they leave two fifths, 0.737 each.
    function assertWithin(uint256 begin, bool up) private view {
        uint256 most = PRICE;
        for (uint256 passed = 0; passed <= time - begin; passed += 10 minutes) {
            most = up ? most * 12 / 10 + 1 : most * 73 / 100;
        }
        (uint256 last,) = prices.latest();
        vm.assertTrue(up ? last <= most : last >= most, "price");
    }
}
