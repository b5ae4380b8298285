// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {OrderHandler} from "./OrderHandler.sol";

/// @title OrderInvariants
/// @notice The invariants of README.md that concern what is opened by signature, on the whole ledger, after every action of
/// {OrderHandler}.
contract OrderInvariants is Test {
    OrderHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new OrderHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[16] memory actions = [
            OrderHandler.execute.selector,
            OrderHandler.execute.selector,
            OrderHandler.fill.selector,
            OrderHandler.fill.selector,
            OrderHandler.hold.selector,
            OrderHandler.hold.selector,
            OrderHandler.accept.selector,
            OrderHandler.accept.selector,
            OrderHandler.lapse.selector,
            OrderHandler.cancel.selector,
            OrderHandler.deposit.selector,
            OrderHandler.withdraw.selector,
            OrderHandler.close.selector,
            OrderHandler.close.selector,
            OrderHandler.wait.selector,
            OrderHandler.wait.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_orders() external {
        handler.check();
    }
}
