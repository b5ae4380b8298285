// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Token} from "../../src/Token.sol";

/// @title FakeRewards
/// @notice Unvested reward that a test sets; the token's minter.
contract FakeRewards {
    mapping(uint256 machineId => uint256) public unvested;
    /// @notice How often Machines said that a machine's points changed.
    mapping(uint256 machineId => uint256) public syncs;
    uint256 public minted;

    Token private immutable TOKEN;

    constructor(Token token) {
        TOKEN = token;
    }

    function setUnvested(uint256 machineId, uint256 amount) external {
        unvested[machineId] = amount;
    }

    function sync(uint256 machineId) external {
        ++syncs[machineId];
    }

    function forfeit(uint256 machineId, uint256 amount, address to) external returns (uint256 taken) {
        taken = amount < unvested[machineId] ? amount : unvested[machineId];
        if (taken == 0) return 0;
        unvested[machineId] -= taken;
        minted += taken;
        TOKEN.mint(to, taken);
    }
}
