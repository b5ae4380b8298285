// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IPrices
/// @notice The token's price in US dollars: the median of what a majority of staked reporters signed lately, posted in one
/// transaction by anyone. A stale price stops new leases at list price and nothing else.
interface IPrices {
    /// @notice What a reporter signs (EIP-712): `Observation(uint64 usdPerToken,uint40 observedAt)`.
    /// @param usdPerToken Price of one whole token, in millionths of a US dollar.
    /// @param observedAt Unix seconds.
    struct Observation {
        uint64 usdPerToken;
        uint40 observedAt;
        bytes signature;
    }

    /// @notice Emitted when the price changes: the median of `observations` signed prices.
    event Posted(uint256 usdPerToken, uint256 freshUntil, uint256 observations);
    /// @notice Emitted when governance admits a reporter or lets one go.
    event ReporterSet(address indexed reporter, bool admitted);
    /// @notice Emitted when an admitted reporter has locked its stake and counts.
    event Enrolled(address indexed reporter);
    /// @notice Emitted when a reporter stops to count and its stake unbonds.
    event Left(address indexed reporter);
    /// @notice Emitted when a reporter is slashed for signing two prices for one second.
    event Equivocated(address indexed reporter, address indexed prover, uint256 taken);

    /// @notice Posts signed observations, ordered by signer's address. Each signer is an enrolled reporter, each observation
    /// newer than that reporter's last and not older than MAX_OBSERVATION_AGE; they must be a majority of the enrolled. The
    /// median may differ from the anchor by at most MAX_DEVIATION_BPS for each MIN_INTERVAL that has passed since the anchor
    /// was set, by one at least; by MAX_INTERVALS of them up and MAX_FALL_BPS down at most. It becomes the anchor when
    /// MIN_INTERVAL has passed. It is fresh for MAX_AGE from its oldest observation. Anyone.
    function post(Observation[] calldata observations) external;
    /// @notice Locks REPORTER_STAKE of the caller's free stake. Only an admitted reporter; who has left can come back when his
    /// stake is no longer unbonding.
    function enroll() external;
    /// @notice Stops to report; the stake begins to unbond.
    function leave() external;
    /// @notice Slashes a reporter that signed two prices for the same second, enrolled or unbonding, once for each second, and
    /// takes his admission away. Anyone, with both.
    function proveEquivocation(address reporter, Observation calldata one, Observation calldata other) external;
    /// @notice Admits a reporter, or lets one go. Only governance.
    function setReporter(address reporter, bool admitted) external;

    /// @notice The price of one whole token in millionths of a US dollar; reverts when it is stale.
    function usdPerToken() external view returns (uint256);
    /// @notice The last price, stale or not, and until when it is fresh (unix seconds).
    function latest() external view returns (uint256 usdPerToken, uint256 freshUntil);
    /// @notice Reporters that have stake and count.
    function reporters() external view returns (address[] memory);
}
