// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IToken
/// @notice What the ledger's token does beside ERC-20, permit and votes. A genesis supply is minted at deployment; from then on
/// only Rewards mints, by a schedule in its code, and every settled rent and slash burns.
///
/// Staked tokens keep their votes: they lie in Stakes, and vote with whoever their account delegates to.
interface IToken {
    /// @notice Mints. Only Rewards.
    function mint(address to, uint256 amount) external;
    /// @notice Burns `amount` of the caller's own tokens.
    function burn(uint256 amount) external;
    /// @notice Moves `amount` from `from` into Stakes, within its allowance; the votes stay with `from`. Only Stakes.
    function takeStake(address from, uint256 amount) external;
    /// @notice Moves `amount` out of Stakes to its account, whose votes it kept. Only Stakes.
    function returnStake(address to, uint256 amount) external;
    /// @notice Moves the votes of `amount` of stake that changed hands; to the zero address when it is nobody's stake any
    /// more. Only Stakes.
    function moveStakeVotes(address from, address to, uint256 amount) external;
}
