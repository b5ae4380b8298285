// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFaults} from "../interfaces/IFaults.sol";
import {IMachines} from "../interfaces/IMachines.sol";

/// @title Outages
/// @notice What being away costs a machine, and what it has already paid for. Several leases suffer by one outage and each
/// renter may report it: faults whose spans touch are one outage, which costs what its whole length costs, once.
library Outages {
    /// @param away Seconds of it that count, maintenance left out.
    /// @param bps What was charged for it, in hundredths of a percent of the machine's stake.
    struct Span {
        uint40 from;
        uint40 until;
        uint40 away;
        uint24 bps;
    }

    /// @dev The last outages of one machine that cost it something; an older one gives way.
    struct Log {
        Span[8] spans;
        uint8 next;
    }

    /// @notice Restarting an agent, a router or a line is no fault. Outages closer together than this are one.
    uint256 internal constant GRACE = 3 minutes;
    uint256 private constant KEPT = 8;

    /// @notice The penalty for being away `away` seconds, in hundredths of a percent. Exactly at the edge of two tiers it
    /// is the lower one's.
    function penalty(IFaults.Kind kind, uint256 away) internal pure returns (uint256) {
        if (kind == IFaults.Kind.Unlike) {
            if (away == 0) return 0;
            if (away <= 4 hours) return 1200;
            if (away <= 24 hours) return 2400;
            if (away <= 48 hours) return 3200;
            return away <= 120 hours ? 6000 : 10_000;
        }
        if (away <= GRACE) return 0;
        if (away <= 7 minutes) return 200;
        if (away <= 48 hours) return 400;
        return away <= 120 hours ? 3000 : 5000;
    }

    /// @notice Seconds of the span that are not in the maintenance.
    function awayIn(IMachines.Maintenance memory maintenance, uint256 from, uint256 until)
        internal
        pure
        returns (uint256)
    {
        if (until <= from) return 0;
        uint256 start = from > maintenance.from ? from : maintenance.from;
        uint256 end = until < maintenance.until ? until : maintenance.until;
        return end > start ? until - from - (end - start) : until - from;
    }

    /// @notice Books a span and says what is to be charged for it: the penalty of the whole outage, less what was charged for
    /// its parts. A span without a second that counts is none.
    function charge(
        Log storage log,
        IFaults.Kind kind,
        IMachines.Maintenance memory maintenance,
        uint40 from,
        uint40 until
    ) internal returns (uint256 bps) {
        Span memory whole = Span(from, until, 0, 0);
        uint256 away = awayIn(maintenance, from, until);
        if (away == 0) return 0;
        uint256 paid = 0;
        uint256 place = KEPT;
        for (uint256 i = 0; i < KEPT; ++i) {
            Span memory part = log.spans[i];
            if (part.until == 0 || part.from > until + GRACE || from > part.until + GRACE) continue;
            uint256 shared =
                awayIn(maintenance, part.from > from ? part.from : from, part.until < until ? part.until : until);
            away = away + part.away - shared;
            paid += part.bps;
            if (part.from < whole.from) whole.from = part.from;
            if (part.until > whole.until) whole.until = part.until;
            delete log.spans[i];
            place = i;
        }

        uint256 owed = penalty(kind, away);
        if (owed < paid) owed = paid;
        // What cost nothing is not kept: it would push out what did.
        if (owed == 0) return 0;
        if (place == KEPT) {
            place = log.next;
            log.next = uint8((place + 1) % KEPT);
        }
        (whole.away, whole.bps) = (uint40(away), uint24(owed));
        log.spans[place] = whole;
        return owed - paid;
    }
}
