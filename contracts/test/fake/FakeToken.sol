// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title FakeToken
/// @notice A token that anyone mints, that may take a fee of every transfer, and that may call someone in the middle of one.
contract FakeToken is ERC20 {
    uint256 public feeBps;
    address public callee;
    bytes public data;

    constructor() ERC20("Fake", "FAKE") {}

    function setFee(uint256 bps) external {
        feeBps = bps;
    }

    function setCall(address to, bytes calldata with) external {
        (callee, data) = (to, with);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        bool isTransfer = from != address(0) && to != address(0);
        if (isTransfer && callee != address(0)) {
            address target = callee;
            delete callee;
            (bool ok, bytes memory reason) = target.call(data);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
        }
        uint256 fee = isTransfer ? amount * feeBps / 10_000 : 0;
        if (fee > 0) super._update(from, address(0xFEE), fee);
        super._update(from, to, amount - fee);
    }
}
