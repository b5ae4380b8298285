// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../interfaces/IMachines.sol";

/// @title Points
/// @notice A machine's weight in rewards, from what was measured of it: the root of compute times the root of memory, for
/// each slot. The root, because twice the speed of a card is worth less than two cards.
library Points {
    /// @notice Bands of compute and memory are half-octaves, so four bands together are one doubling of the weight.
    uint256 private constant BANDS_PER_DOUBLING = 4;
    /// @notice The sum of bands that weighs one: below a home PC's processor with a few GiB.
    uint256 private constant UNIT_BANDS = 112;
    /// @notice 2^(i/4) in 1/1024.
    uint256 private constant QUARTERS = (1722 << 48) | (1448 << 32) | (1218 << 16) | 1024;
    /// @notice The largest weight of one slot: 2^24, a thousand of today's fastest cards.
    uint256 private constant MAX_PER_SLOT = 1 << 24;

    function weigh(IMachines.Class memory class) internal pure returns (uint32) {
        uint256 bands = uint256(class.computeBand) + class.memoryBand;
        if (bands <= UNIT_BANDS) return class.slots;
        uint256 above = bands - UNIT_BANDS;
        uint256 doublings = above / BANDS_PER_DOUBLING;
        if (doublings >= 24) return uint32(MAX_PER_SLOT * class.slots);
        uint256 quarter = (QUARTERS >> (above % BANDS_PER_DOUBLING * 16)) & 0xffff;
        return uint32(((1 << doublings) * quarter / 1024) * class.slots);
    }
}
