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
    /// @notice Keeps the sort in `usdPerToken` cheap enough for every opening of a lease.
    uint256 public constant MAX_REPORTERS = 21;

    address[] private _reporters;
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
    }

    /// @inheritdoc IPrices
    function usdPerToken() external view returns (uint256) {
        uint256[] memory fresh = new uint256[](_reporters.length);
        uint256 count = 0;
        for (uint256 i = 0; i < fresh.length; ++i) {
            Post memory last = _posts[_reporters[i]];
            if (last.postedAt != 0 && block.timestamp <= last.postedAt + MAX_AGE) fresh[count++] = last.usdPerToken;
        }
        if (count * 2 <= fresh.length) revert Errors.Prices_Stale(count, fresh.length / 2 + 1);

        // The zeros of the stale sort first, so the fresh prices are the last `count`.
        Arrays.sort(fresh);
        uint256 first = fresh.length - count;
        return (fresh[first + (count - 1) / 2] + fresh[first + count / 2]) / 2;
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
