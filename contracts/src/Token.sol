// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IStakes} from "./interfaces/IStakes.sol";
import {IToken} from "./interfaces/IToken.sol";
import {Errors} from "./Errors.sol";

/// @title Token
/// @notice See {IToken}. HOTA, the money of the ledger. There is no hook on a transfer, so no transfer can call back into
/// the ledger.
contract Token is IToken, ERC20, ERC20Permit, ERC20Votes {
    /// @notice One thousand million tokens.
    uint256 public constant GENESIS_SUPPLY = 1_000_000_000e18;

    IStakes public immutable STAKES;
    /// @notice Holds the escrow of leases; it has no way to delegate.
    address public immutable LEASES;
    /// @notice Who may mint: Rewards, by a schedule in its code.
    address public immutable MINTER;

    /// @param holder Who receives the genesis supply.
    constructor(address holder, IStakes stakes, address leases, address minter)
        ERC20("Hotaru", "HOTA")
        ERC20Permit("Hotaru")
    {
        STAKES = stakes;
        LEASES = leases;
        MINTER = minter;
        _mint(holder, GENESIS_SUPPLY);
    }

    modifier onlyStakes() {
        if (msg.sender != address(STAKES)) revert Errors.Token_NotStakes(msg.sender);
        _;
    }

    /// @inheritdoc IToken
    function mint(address to, uint256 amount) external {
        if (msg.sender != MINTER) revert Errors.Token_NotMinter(msg.sender);
        _mint(to, amount);
    }

    /// @inheritdoc IToken
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// @inheritdoc IToken
    function takeStake(address from, uint256 amount) external onlyStakes {
        _spendAllowance(from, msg.sender, amount);
        // Past ERC20Votes: the tokens move, the votes stay.
        ERC20._update(from, msg.sender, amount);
    }

    /// @inheritdoc IToken
    function returnStake(address to, uint256 amount) external onlyStakes {
        ERC20._update(msg.sender, to, amount);
    }

    /// @inheritdoc IToken
    function moveStakeVotes(address from, address to, uint256 amount) external onlyStakes {
        _moveDelegateVotes(delegates(from), delegates(to), amount);
    }

    /// @notice The delegate that `account` has chosen. Of Leases, on one side of every rent, it is known without a look.
    function delegates(address account) public view override returns (address) {
        return account == LEASES ? address(0) : super.delegates(account);
    }

    /// @notice Votes are counted by unix seconds and not by block numbers, which differ in length from chain to chain.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice How `clock` counts, in the words of ERC-6372.
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address account) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(account);
    }

    /// @dev The ledger packs amounts into 96 bits.
    function _maxSupply() internal pure override returns (uint256) {
        return type(uint96).max;
    }

    /// @dev Balance and stake: what `delegate` hands to a delegate is what transfers and stakes will later take away.
    function _getVotingUnits(address account) internal view override returns (uint256) {
        return balanceOf(account) + STAKES.totalOf(account);
    }

    function _update(address from, address to, uint256 amount) internal override(ERC20, ERC20Votes) {
        super._update(from, to, amount);
    }
}
