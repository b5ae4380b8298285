// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title PointsLedger
/// @notice Divides a pot for each epoch among weights that come and go, at a constant cost for each weight and each epoch.
///
/// A weight counts in whole epochs and is scheduled: what it adds to the sum of an epoch, and where it stops, is written into
/// `change` before that epoch is over. Closing an epoch fixes what one point is paid; nothing that is written later touches an
/// epoch that is over. So, in whatever order the calls come, the weights credited for an epoch are at most those counted in
/// it, and with every division rounded down they never get more than its pot.
library PointsLedger {
    using SafeCast for uint256;

    /// @param nextEpoch The first epoch that is not closed.
    /// @param points The sum of weights in the last closed epoch.
    /// @param change What the sum changes by at the beginning of an epoch.
    /// @param paid What one point has been paid in all epochs before this one, times PRECISION.
    struct Pool {
        uint32 nextEpoch;
        uint64 points;
        mapping(uint256 epoch => int256) change;
        mapping(uint256 epoch => uint256) paid;
    }

    /// @notice One machine's weight: `points` in the epochs from … until - 1, then `nextPoints` in nextFrom … nextUntil - 1.
    /// Two stages, because the present epoch is not over when the weight of the coming ones is set. `from` moves up to what
    /// has been credited.
    struct Share {
        uint32 points;
        uint32 from;
        uint32 until;
        uint32 nextPoints;
        uint32 nextFrom;
        uint32 nextUntil;
    }

    /// @dev Keeps a pot of one token unit visible to a million million points.
    uint256 internal constant PRECISION = 1e18;

    /// @notice Closes the next epoch with `pot` for all its points and returns how many they were. The caller sees to it that
    /// the epoch is over.
    function close(Pool storage pool, uint256 pot) internal returns (uint256 points) {
        uint256 epoch = pool.nextEpoch;
        points = uint256(int256(uint256(pool.points)) + pool.change[epoch]);
        pool.paid[epoch + 1] = pool.paid[epoch] + (points == 0 ? 0 : Math.mulDiv(pot, PRECISION, points));
        pool.points = points.toUint64();
        pool.nextEpoch = uint32(epoch + 1);
    }

    /// @notice Credits the share with all closed epochs and returns what they pay.
    function settle(Pool storage pool, Share storage share) internal returns (uint256 amount) {
        Share memory held = share;
        if (held.points == 0) return 0;
        uint256 closed = pool.nextEpoch;
        amount = _pay(pool, held, closed);
        if (closed >= held.until && held.nextPoints != 0) {
            _shift(held);
            amount += _pay(pool, held, closed);
        }
        if (closed >= held.until) delete held.points;
        _store(share, held);
    }

    /// @notice What `settle` would return.
    function earned(Pool storage pool, Share storage share) internal view returns (uint256 amount) {
        Share memory held = share;
        if (held.points == 0) return 0;
        uint256 closed = pool.nextEpoch;
        amount = _pay(pool, held, closed);
        if (closed < held.until || held.nextPoints == 0) return amount;
        _shift(held);
        amount += _pay(pool, held, closed);
    }

    /// @notice From the epoch after `current` on, the share weighs `points`, up to but without `until`. Call `settle` first.
    /// In `current` itself it goes on weighing what it did, but nothing if it now weighs less or `until` is not after it: what
    /// was not there the whole epoch is not paid for it.
    ///
    /// When the pool has not been closed up to `current` and the weight changes a second time, the first weight's epochs that
    /// are not closed yet are lost to the share (they stay in the sum, so nobody gets more).
    /// @param current The present epoch, or the one before the pool's first.
    /// @return changed Whether anything is now otherwise than before.
    function weigh(Pool storage pool, Share storage share, uint256 current, uint256 points, uint256 until)
        internal
        returns (bool changed)
    {
        Share memory held = share;
        if (until <= current) points = 0;

        if (held.nextPoints != 0) {
            if (held.nextFrom > current) {
                _schedule(pool, held.nextFrom, held.nextUntil, -int256(uint256(held.nextPoints)));
                delete held.nextPoints;
                changed = true;
            } else {
                _shift(held);
            }
        }
        if (held.points != 0 && held.until > current) {
            bool same = points == held.points;
            uint256 end = same ? until : points > held.points ? current + 1 : current;
            if (end < held.from) end = held.from;
            if (end != held.until) {
                int256 weight = int256(uint256(held.points));
                pool.change[held.until] += weight;
                pool.change[end] -= weight;
                held.until = end.toUint32();
                changed = true;
            }
            if (held.from == held.until) delete held.points;
            if (same) {
                _store(share, held);
                return changed;
            }
        }
        if (points != 0 && until > current + 1) {
            _schedule(pool, current + 1, until, int256(points));
            if (held.points == 0) {
                (held.points, held.from, held.until) = (points.toUint32(), uint32(current + 1), until.toUint32());
            } else {
                (held.nextPoints, held.nextFrom, held.nextUntil) =
                (points.toUint32(), uint32(current + 1), until.toUint32());
            }
            changed = true;
        }
        _store(share, held);
    }

    /// @notice The weight last set, and the epoch from which it no longer counts.
    function last(Share storage share) internal view returns (uint32 points, uint32 until) {
        return share.nextPoints != 0 ? (share.nextPoints, share.nextUntil) : (share.points, share.until);
    }

    function _schedule(Pool storage pool, uint256 from, uint256 until, int256 weight) private {
        pool.change[from] += weight;
        pool.change[until] -= weight;
    }

    function _pay(Pool storage pool, Share memory held, uint256 closed) private view returns (uint256 amount) {
        uint256 end = closed < held.until ? closed : held.until;
        if (end <= held.from) return 0;
        amount = Math.mulDiv(held.points, pool.paid[end] - pool.paid[held.from], PRECISION);
        held.from = uint32(end);
    }

    function _shift(Share memory held) private pure {
        (held.points, held.from, held.until) = (held.nextPoints, held.nextFrom, held.nextUntil);
        delete held.nextPoints;
    }

    function _store(Share storage share, Share memory held) private {
        share.points = held.points;
        share.from = held.from;
        share.until = held.until;
        share.nextPoints = held.nextPoints;
        share.nextFrom = held.nextFrom;
        share.nextUntil = held.nextUntil;
    }
}
