// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakePurses
/// @notice The purses of Leases, without the money: one an account, numbered in the order in which they are opened.
contract FakePurses {
    mapping(address account => uint24) public purseNumber;
    uint24 private _count;

    function openPurse(address account) external returns (uint24 purse) {
        if (purseNumber[account] == 0) purseNumber[account] = ++_count;
        return purseNumber[account];
    }
}
