// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Core} from "../Core.sol";

/// @title LeasePartiesTest
/// @notice test/tree/LeaseParties.tree, leaf by leaf: what Faults and a controller may do to a lease.
contract LeasePartiesTest is Core {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_closeAsOf_RevertWhen_TheCallerIsNotFaults() public {
        uint256 id = running();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotFaults.selector, audits));
        vm.prank(audits);
        leases.closeAsOf(id, uint40(time));
    }

    function test_closeAsOf_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        closeAsOf(9, time);
    }

    function test_closeAsOf_WhenItRuns() public {
        uint256 id = running();
        uint256 since = time + 1000;
        skip(1500);
        vm.assertEq(closeAsOf(id, since), 2600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 1000);
        vm.assertEq(leases.busySlots(machineId), 0, "busy");
    }

    function test_closeAsOf_WhenTheRenterHasNotAcceptedItYet() public {
        uint256 id = running();
        skip(10);
        closeAsOf(id, time - 5);
        assertClosed(id, 5);
    }

    function test_closeAsOf_WhenThatSecondIsPaidForAlready() public {
        uint256 id = running();
        uint256 since = time + 700;
        skip(1000);
        leases.settle(id);
        skip(100);
        vm.assertEq(closeAsOf(id, since), 2600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 1000);
    }

    function test_closeAsOf_WhenThatSecondIsToCome() public {
        uint256 id = running();
        skip(1000);
        closeAsOf(id, time + 500);
        assertClosed(id, 1000);
    }

    function test_closeAsOf_WhenItIsOverAndNotSettled() public {
        uint256 id = running();
        uint256 since = time + 3599;
        skip(2 days);
        vm.assertEq(closeAsOf(id, since), RATE_PER_SLOT, "refunded");
        assertClosed(id, 3599);
    }

    function test_closeAsOf_WhenItHasNotStarted() public {
        uint256 id = open(machineId, 1, 3600);
        vm.assertEq(closeAsOf(id, time + 100), 3600 * RATE_PER_SLOT, "refunded");
        assertClosed(id, 0);
    }

    function test_closeAsOf_WhenItIsClosed() public {
        uint256 id = running();
        skip(1000);
        vm.prank(renter);
        leases.close(id);
        expectNoLogs();
        vm.assertEq(closeAsOf(id, time - 500), 0, "refunded");
        assertNoLogs();
        assertClosed(id, 1000);
    }

    function test_setController_RevertWhen_TheCallerIsNotTheRenter() public {
        uint256 id = running();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, owner));
        vm.prank(owner);
        leases.setController(id, owner, uint40(time + 60));
    }

    function test_setController_RevertWhen_TheLeaseIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_Unknown.selector, 9));
        vm.prank(renter);
        leases.setController(9, stranger, uint40(time + 60));
    }

    function test_setController_WhenHeClosesItInTime() public {
        uint256 id = controlled();
        skip(59);
        vm.prank(stranger);
        leases.close(id);
        vm.assertEq(token.balanceOf(renter), (3600 - 59) * RATE_PER_SLOT, "renter's tokens");
        vm.assertEq(token.balanceOf(stranger), 0, "controller's tokens");
    }

    function test_setController_WhenHeRejectsItInTime() public {
        uint256 id = controlled();
        expectLog(address(leases));
        emit ILeases.Rejected(id, renter);
        vm.prank(stranger);
        leases.reject(id);
        vm.assertEq(token.balanceOf(renter), 3600 * RATE_PER_SLOT, "renter's tokens");
    }

    function test_setController_WhenHisTimeIsOver() public {
        uint256 id = controlled();
        skip(60);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.close(id);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.reject(id);
    }

    function test_setController_RevertWhen_HeSetsAnotherController() public {
        uint256 id = controlled();
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotRenter.selector, id, stranger));
        vm.prank(stranger);
        leases.setController(id, owner, uint40(time + 60));
    }

    function test_mayControl_WhenItIsAskedOfEachParty() public {
        uint256 id = controlled();
        vm.assertTrue(leases.mayControl(id, renter), "renter");
        vm.assertTrue(leases.mayControl(id, stranger), "controller");
        vm.assertTrue(!leases.mayControl(id, owner), "owner");
        vm.assertTrue(!leases.mayControl(id, address(0)), "nobody");
        vm.assertTrue(!leases.mayControl(9, renter), "renter of no lease");
        vm.assertTrue(!leases.mayControl(9, address(0)), "nobody of no lease");
        skip(59);
        vm.assertTrue(leases.mayControl(id, stranger), "controller in his last second");
        skip(1);
        vm.assertTrue(!leases.mayControl(id, stranger), "controller after it");
        vm.assertTrue(leases.mayControl(id, renter), "renter for ever");
    }

    function test_mayControl_WhenTheRenterTookItBack() public {
        uint256 id = controlled();
        vm.prank(renter);
        leases.setController(id, address(0), 0);
        vm.assertTrue(!leases.mayControl(id, stranger), "controller");
        vm.assertTrue(leases.mayControl(id, renter), "renter");
    }

    function running() private returns (uint256 id) {
        id = open(machineId, 1, 3600);
        start(id);
    }

    /// @dev A running lease that `stranger` may steer for a minute.
    function controlled() private returns (uint256 id) {
        id = running();
        expectLog(address(leases));
        emit ILeases.ControllerSet(id, stranger, time + 60);
        vm.prank(renter);
        leases.setController(id, stranger, uint40(time + 60));
    }

    function closeAsOf(uint256 id, uint256 since) private returns (uint256) {
        vm.prank(faults);
        return leases.closeAsOf(id, uint40(since));
    }

    function assertClosed(uint256 id, uint256 paidSeconds) private view {
        ILeases.Lease memory lease = leases.lease(id);
        vm.assertEq(uint256(lease.state), uint256(ILeases.State.Closed), "state");
        vm.assertEq(lease.escrow, 0, "escrow");
        vm.assertEq(purse(owner) + leases.pendingBurn(), paidSeconds * RATE_PER_SLOT, "paid and burnt");
        vm.assertEq(token.balanceOf(renter), (3600 - paidSeconds) * RATE_PER_SLOT, "renter's tokens");
    }
}
