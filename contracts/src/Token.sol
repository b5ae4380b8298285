// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title Token
/// @notice HOTA, the money of the ledger. The whole supply is minted once, at deployment; from then on it only falls, by
/// burning. There is no hook on a transfer, so no transfer can call back into the ledger.
contract Token is ERC20, ERC20Permit, ERC20Votes {
    /// @notice One thousand million tokens. Below 2^96 token units, so that the ledger may pack amounts into 96 bits.
    uint256 public constant GENESIS_SUPPLY = 1_000_000_000e18;

    /// @param holder Who receives the whole supply.
    constructor(address holder) ERC20("Hotaru", "HOTA") ERC20Permit("Hotaru") {
        _mint(holder, GENESIS_SUPPLY);
    }

    /// @notice Burns `amount` of the caller's own tokens.
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
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

    function _update(address from, address to, uint256 amount) internal override(ERC20, ERC20Votes) {
        super._update(from, to, amount);
    }
}
