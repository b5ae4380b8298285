// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {ProgramHandler} from "./ProgramHandler.sol";

/// @title ProgramInvariants
/// @notice The invariants of README.md that concern reward programmes of others, on the whole ledger, after every action of
/// {ProgramHandler}.
contract ProgramInvariants is Test {
    ProgramHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new ProgramHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[19] memory actions = [
            ProgramHandler.join.selector,
            ProgramHandler.join.selector,
            ProgramHandler.leave.selector,
            ProgramHandler.sync.selector,
            ProgramHandler.claim.selector,
            ProgramHandler.claim.selector,
            ProgramHandler.claim.selector,
            ProgramHandler.turnHostile.selector,
            ProgramHandler.turnHostile.selector,
            ProgramHandler.rent.selector,
            ProgramHandler.rent.selector,
            ProgramHandler.settle.selector,
            ProgramHandler.settle.selector,
            ProgramHandler.reaudit.selector,
            ProgramHandler.slash.selector,
            ProgramHandler.claimRewards.selector,
            ProgramHandler.reclaim.selector,
            ProgramHandler.wait.selector,
            ProgramHandler.wait.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_programs() external {
        handler.check();
    }
}
