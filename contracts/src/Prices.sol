// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {IPrices} from "./interfaces/IPrices.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {Errors} from "./Errors.sol";
import {Reporters} from "./Reporters.sol";

/// @title Prices
/// @notice See {IPrices}. The bound on moves: a price stays within a fifth of the anchor for each interval that has passed
/// since the anchor was set (at least one, at most ten up and a third of it down), and the anchor moves to a posted price only when MIN_INTERVAL has
/// passed since it last did; so any number of posts within an interval move the price no further than one.
/// @dev A majority of the enrolled decides, however few they are, and whoever posts picks which majority. So half of a
/// majority that collude set the price within its bounds: two of five, six of twenty-one; one alone while three or fewer are
/// enrolled.
contract Prices is Reporters {
    /// @param reporters Admitted at birth; they count once they have enrolled.
    struct Config {
        IStakes stakes;
        address governance;
        address[] reporters;
    }

    /// @dev One word, so that a lease pays for one read.
    struct Price {
        uint64 usdPerToken;
        uint40 freshUntil;
        uint64 anchor;
        uint40 anchorAt;
    }

    /// @notice Seconds for collecting the signatures of a post. Longer, and the poster could choose among old prices.
    uint256 public constant MAX_OBSERVATION_AGE = 10 minutes;
    /// @notice Seconds from its oldest observation in which a price is fresh: a day covers an outage of a night, and no lease
    /// is priced by last week.
    uint256 public constant MAX_AGE = 1 days;
    /// @notice How far the price may move in an interval. Wrong units or stolen keys move it by a fifth and not by a factor of
    /// a million, and the honest have time to answer; a real crash is followed in a few posts.
    uint256 public constant MAX_DEVIATION_BPS = 2000;
    /// @notice Seconds of an interval. Without it the bound on each move would bound nothing.
    uint256 public constant MIN_INTERVAL = 10 minutes;
    /// @notice Intervals that add up after a silence: the price can triple then, whoever holds the keys, and no more.
    uint256 public constant MAX_INTERVALS = 10;
    /// @notice The most it can fall after a silence, to a third: five fifths would leave nothing.
    uint256 public constant MAX_FALL_BPS = 6667;
    uint256 private constant BPS = 10_000;

    Price private _price;

    constructor(Config memory config) Reporters(config.stakes, config.governance, config.reporters) {}

    /// @inheritdoc IPrices
    function post(Observation[] calldata observations) external {
        uint256 length = observations.length;
        if (length < _majority()) revert Errors.Prices_NoMajority(length, _majority());
        uint256[] memory prices = new uint256[](length);
        uint256 oldest = block.timestamp;
        address previous = address(0);
        for (uint256 i = 0; i < length; ++i) {
            Observation calldata observation = observations[i];
            address signer = _take(observation);
            if (signer <= previous) revert Errors.Prices_SignersNotAscending(signer, previous);
            previous = signer;
            prices[i] = observation.usdPerToken;
            if (observation.observedAt < oldest) oldest = observation.observedAt;
        }
        Arrays.sort(prices);
        _move((prices[(length - 1) / 2] + prices[length / 2]) / 2, oldest + MAX_AGE);
        emit Posted(_price.usdPerToken, _price.freshUntil, length);
    }

    /// @inheritdoc IPrices
    function usdPerToken() external view returns (uint256) {
        Price memory price = _price;
        if (block.timestamp > price.freshUntil) revert Errors.Prices_Stale(price.freshUntil);
        return price.usdPerToken;
    }

    /// @inheritdoc IPrices
    function latest() external view returns (uint256, uint256) {
        return (_price.usdPerToken, _price.freshUntil);
    }

    /// @dev Checks one observation and uses it up.
    function _take(Observation calldata observation) private returns (address signer) {
        signer = _signerOf(observation);
        Reporter storage reporter = _reporters[signer];
        if (!reporter.isEnrolled) revert Errors.Prices_NotEnrolled(signer);
        uint256 observedAt = observation.observedAt;
        uint256 earliest = block.timestamp - MAX_OBSERVATION_AGE;
        if (reporter.observedAt >= earliest) earliest = reporter.observedAt + 1;
        if (observedAt < earliest || observedAt > block.timestamp) {
            revert Errors.Prices_ObservationOutOfBounds(signer, observedAt, earliest, block.timestamp);
        }
        if (observation.usdPerToken == 0) revert Errors.Prices_Zero(signer);
        reporter.observedAt = uint40(observedAt);
    }

    function _move(uint256 to, uint256 freshUntil) private {
        Price memory price = _price;
        uint256 intervals = (block.timestamp - price.anchorAt) / MIN_INTERVAL;
        // The first price of all has nothing to be held to.
        if (price.anchor != 0) _checkMove(to, price.anchor, intervals);
        (price.usdPerToken, price.freshUntil) = (uint64(to), uint40(freshUntil));
        if (intervals > 0) (price.anchor, price.anchorAt) = (uint64(to), uint40(block.timestamp));
        _price = price;
    }

    function _checkMove(uint256 to, uint256 anchor, uint256 intervals) private pure {
        if (intervals == 0) intervals = 1;
        if (intervals > MAX_INTERVALS) intervals = MAX_INTERVALS;
        uint256 slackBps = MAX_DEVIATION_BPS * intervals;
        if (to < anchor && slackBps > MAX_FALL_BPS) slackBps = MAX_FALL_BPS;
        uint256 slack = anchor * slackBps / BPS;
        // A price of a few millionths could not move by a fifth at all; one millionth is then the smallest step.
        if (slack == 0) slack = 1;
        uint256 move = to > anchor ? to - anchor : anchor - to;
        if (move > slack) revert Errors.Prices_MovedTooFar(to, anchor, slack);
    }
}
