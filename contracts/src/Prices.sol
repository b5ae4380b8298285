// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {IPrices} from "./interfaces/IPrices.sol";
import {Errors} from "./Errors.sol";

/// @title Prices
/// @notice See {IPrices}. The reporters are fixed at deployment; staked reporters come later behind the same reading side.
contract Prices is IPrices {
    struct Post {
        uint64 usdPerToken;
        uint40 postedAt;
        bool isReporter;
    }

    /// @notice Older posts do not count: a day covers an outage of a night, and no lease is priced by last week.
    uint256 public constant MAX_AGE = 1 days;
    /// @notice How far a reporter may move his price in one post. A wrong unit or a stolen key moves it by a fifth and not
    /// by a factor of a million, and the honest median has time to answer; a real crash is followed in a few posts.
    uint256 public constant MAX_DEVIATION_BPS = 2000;
    /// @notice Without a pause between two moves the bound on each of them would bound nothing.
    uint256 public constant MIN_INTERVAL = 10 minutes;
    /// @notice Keeps the sort in every `post` cheap.
    uint256 public constant MAX_REPORTERS = 21;

    struct Median {
        uint64 usdPerToken;
        uint40 freshUntil;
    }

    address[] private _reporters;
    Median private _median;
    mapping(address reporter => Post) private _posts;

    constructor(address[] memory reporters_) {
        if (reporters_.length == 0 || reporters_.length > MAX_REPORTERS) {
            revert Errors.Prices_ReportersOutOfBounds(reporters_.length, MAX_REPORTERS);
        }
        for (uint256 i = 0; i < reporters_.length; ++i) {
            if (_posts[reporters_[i]].isReporter) revert Errors.Prices_ReporterTwice(reporters_[i]);
            _posts[reporters_[i]].isReporter = true;
        }
        _reporters = reporters_;
    }

    /// @inheritdoc IPrices
    function post(uint64 price) external {
        Post storage last = _posts[msg.sender];
        if (!last.isReporter) revert Errors.Prices_NotReporter(msg.sender);
        if (price == 0) revert Errors.Prices_Zero();
        if (last.postedAt != 0 && price != last.usdPerToken) _checkMove(last, price);

        last.usdPerToken = price;
        last.postedAt = uint40(block.timestamp);
        emit Posted(msg.sender, price);
        // Once here and not for each lease: prices are posted seldom and read often.
        _updateMedian();
    }

    /// @inheritdoc IPrices
    function usdPerToken() external view returns (uint256) {
        Median memory median = _median;
        if (block.timestamp > median.freshUntil) revert Errors.Prices_Stale(median.freshUntil);
        return median.usdPerToken;
    }

    /// @inheritdoc IPrices
    function postOf(address reporter) external view returns (uint256, uint256) {
        Post memory last = _posts[reporter];
        return (last.usdPerToken, last.postedAt);
    }

    /// @inheritdoc IPrices
    function reporters() external view returns (address[] memory) {
        return _reporters;
    }

    function _updateMedian() private {
        uint256 length = _reporters.length;
        uint256[] memory prices = new uint256[](length);
        uint256[] memory times = new uint256[](length);
        uint256 fresh = 0;
        for (uint256 i = 0; i < length; ++i) {
            Post memory last = _posts[_reporters[i]];
            if (last.postedAt == 0 || block.timestamp > last.postedAt + MAX_AGE) continue;
            prices[i] = last.usdPerToken;
            times[i] = last.postedAt;
            ++fresh;
        }
        uint256 majority = length / 2 + 1;
        if (fresh < majority) return;

        // What is not fresh stays zero and sorts first, so the fresh are the last in each list.
        Arrays.sort(prices);
        Arrays.sort(times);
        uint256 first = length - fresh;
        uint256 middle = (prices[first + (fresh - 1) / 2] + prices[first + fresh / 2]) / 2;
        // When the oldest of the newest majority goes stale, fewer than a majority are left.
        _median = Median(uint64(middle), uint40(times[length - majority] + MAX_AGE));
    }

    function _checkMove(Post memory last, uint64 price) private view {
        uint256 allowedAt = last.postedAt + MIN_INTERVAL;
        if (block.timestamp < allowedAt) revert Errors.Prices_TooSoon(msg.sender, allowedAt);

        uint256 slack = uint256(last.usdPerToken) * MAX_DEVIATION_BPS / 10_000;
        // A price of a few millionths could not move by a fifth at all; one millionth is then the smallest step.
        if (slack == 0) slack = 1;
        uint256 move = price > last.usdPerToken ? price - last.usdPerToken : last.usdPerToken - price;
        if (move > slack) revert Errors.Prices_MovedTooFar(price, last.usdPerToken, slack);
    }
}
