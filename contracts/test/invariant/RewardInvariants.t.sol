// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {RewardHandler} from "./RewardHandler.sol";

/// @title RewardInvariants
/// @notice The invariants of README.md that concern what is minted, on the whole ledger, after every action of
/// {RewardHandler}.
contract RewardInvariants is Test {
    RewardHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new RewardHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev What is burnt and waited for comes more often than what changes the rules.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[17] memory actions = [
            RewardHandler.rent.selector,
            RewardHandler.rent.selector,
            RewardHandler.settle.selector,
            RewardHandler.settle.selector,
            RewardHandler.close.selector,
            RewardHandler.wait.selector,
            RewardHandler.wait.selector,
            RewardHandler.claimWork.selector,
            RewardHandler.claimWork.selector,
            RewardHandler.claimAvailability.selector,
            RewardHandler.roll.selector,
            RewardHandler.claimVerifier.selector,
            RewardHandler.reaudit.selector,
            RewardHandler.slash.selector,
            RewardHandler.setKappa.selector,
            RewardHandler.pauseMints.selector,
            RewardHandler.clear.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length + 1);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
        targets[0].selectors[actions.length] = RewardHandler.trespass.selector;
    }

    function invariant_rewards() external {
        handler.check();
    }
}
