// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";

/// @title GovernanceInvariants
/// @notice The invariants of README.md that concern votes, pauses and prices, on the whole ledger, after every action of
/// {GovernanceHandler}.
contract GovernanceInvariants is Test {
    GovernanceHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new GovernanceHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[10] memory actions = [
            GovernanceHandler.decide.selector,
            GovernanceHandler.decide.selector,
            GovernanceHandler.pause.selector,
            GovernanceHandler.rent.selector,
            GovernanceHandler.rent.selector,
            GovernanceHandler.takeMoneyOut.selector,
            GovernanceHandler.takeMoneyOut.selector,
            GovernanceHandler.letPriceGoStale.selector,
            GovernanceHandler.movePrice.selector,
            GovernanceHandler.wait.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_governance() external {
        handler.check();
    }
}
