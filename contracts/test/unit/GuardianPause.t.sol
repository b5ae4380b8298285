// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {Core} from "../Core.sol";

/// @title GuardianPauseTest
/// @notice `pause` of test/tree/LeasePurses.tree, leaf by leaf: the guardian's pause, as Leases has it.
contract GuardianPauseTest is Core {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_pause_RevertWhen_TheCallerIsNotTheGuardian() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_NotGuardian.selector, stranger));
        vm.prank(stranger);
        leases.pause(time + 1);
    }

    function test_pause_RevertWhen_ItWouldEndInThePast() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_PauseOutOfBounds.selector, time, time + 7 days));
        pause(time);
        pause(time + 1);
    }

    function test_pause_RevertWhen_ItWouldLastTooLong() public {
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Guardian_PauseOutOfBounds.selector, time + 7 days + 1, time + 7 days)
        );
        pause(time + 7 days + 1);
        pause(time + 7 days);
    }

    function test_pause_RevertWhen_ItComesAgainTooSoon() public {
        uint256 allowedAt = time + 30 days;
        pause(time + 7 days);
        skip(30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Guardian_PauseTooSoon.selector, allowedAt));
        pause(time + 1);
        skip(1);
        pause(time + 1);
    }

    function test_pause_WhenTheGuardianPauses() public {
        uint256 id = open(machineId, 3, 3600);
        start(id);
        expectLog(address(leases));
        emit IGuardianPause.Paused(time + 30 minutes);
        pause(time + 30 minutes);
        vm.assertEq(leases.pausedUntil(), time + 30 minutes, "paused until");

        skip(20 minutes);
        leases.settle(id);
        vm.prank(renter);
        leases.close(id);
        leases.withdraw(leases.purseNumber(owner));
        leases.burnPending();
        vm.assertEq(token.balanceOf(address(leases)), 0, "money out");
        skip(10 minutes);
        vm.assertEq(open(machineId, 1, 3600), 2, "opened after it expired");
    }

    function pause(uint256 until) private {
        vm.prank(guardian);
        leases.pause(until);
    }
}
