// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title FakeWallet
/// @notice A contract wallet: it has signed what it was told to agree to.
contract FakeWallet is IERC1271 {
    mapping(bytes32 hash => bool) private _agreed;

    function agree(bytes32 hash) external {
        _agreed[hash] = true;
    }

    function approve(IERC20 token, address spender, uint256 amount) external {
        token.approve(spender, amount);
    }

    function isValidSignature(bytes32 hash, bytes memory) external view returns (bytes4) {
        return _agreed[hash] ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
