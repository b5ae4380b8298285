// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {FaultHandler} from "./FaultHandler.sol";

/// @title FaultInvariants
/// @notice The invariants of README.md that concern faults and who judges them, on the whole ledger, after every action of
/// {FaultHandler}.
contract FaultInvariants is Test {
    FaultHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new FaultHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[17] memory actions = [
            FaultHandler.rent.selector,
            FaultHandler.rent.selector,
            FaultHandler.report.selector,
            FaultHandler.report.selector,
            FaultHandler.report.selector,
            FaultHandler.judge.selector,
            FaultHandler.judge.selector,
            FaultHandler.judge.selector,
            FaultHandler.appeal.selector,
            FaultHandler.recover.selector,
            FaultHandler.execute.selector,
            FaultHandler.execute.selector,
            FaultHandler.exit.selector,
            FaultHandler.sweepSlashes.selector,
            handler.enroll.selector,
            handler.leave.selector,
            handler.wait.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_faults() external {
        handler.check();
    }
}
