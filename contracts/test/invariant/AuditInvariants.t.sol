// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {AuditHandler} from "./AuditHandler.sol";

/// @title AuditInvariants
/// @notice The invariants of README.md that concern committees and audits, on the whole ledger, after every action of
/// {AuditHandler}.
contract AuditInvariants is Test {
    AuditHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        handler = new AuditHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[15] memory actions = [
            AuditHandler.ask.selector,
            AuditHandler.ask.selector,
            AuditHandler.ask.selector,
            AuditHandler.askPair.selector,
            AuditHandler.judge.selector,
            AuditHandler.judge.selector,
            AuditHandler.judge.selector,
            AuditHandler.prove.selector,
            AuditHandler.prove.selector,
            AuditHandler.proveBlindPass.selector,
            AuditHandler.openRinger.selector,
            handler.enroll.selector,
            handler.leave.selector,
            handler.wait.selector,
            AuditHandler.sweepSlashes.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](actions.length);
        for (uint256 i = 0; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    function invariant_audits() external {
        handler.check();
    }
}
