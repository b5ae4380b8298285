// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

/// @title WorkLedger
/// @notice Pays for value burnt, each epoch from its own pot: the pot divided by all value burnt, but never more than a given
/// price for it. Each machine is paid once for an epoch.
library WorkLedger {
    using BitMaps for BitMaps.BitMap;

    /// @param rate What 1e18 of value burnt is paid in an epoch.
    /// @param paid The epochs for which a machine has been paid.
    struct Book {
        mapping(uint256 epoch => uint256) rate;
        mapping(uint256 machineId => BitMaps.BitMap) paid;
    }

    uint256 internal constant ONE = 1e18;

    /// @notice Fixes what is paid in an epoch that is over.
    /// @param maxRate The most that is paid for 1e18 of value burnt.
    function close(Book storage book, uint256 epoch, uint256 pot, uint256 burnt, uint256 maxRate) internal {
        if (burnt == 0) return;
        // A pot that would pay more than maxRate is not divided: burnt may be as small as one unit.
        uint256 most = Math.mulDiv(burnt, maxRate, ONE);
        book.rate[epoch] = most <= pot ? maxRate : Math.mulDiv(pot, ONE, burnt);
    }

    /// @notice Takes what a machine is paid for `burnt` in a closed epoch; 0 the second time.
    function take(Book storage book, uint256 machineId, uint256 epoch, uint256 burnt) internal returns (uint256) {
        if (burnt == 0 || book.paid[machineId].get(epoch)) return 0;
        book.paid[machineId].set(epoch);
        return Math.mulDiv(burnt, book.rate[epoch], ONE);
    }
}
