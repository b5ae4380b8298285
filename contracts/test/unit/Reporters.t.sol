// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrices} from "../../src/interfaces/IPrices.sol";
import {Errors} from "../../src/Errors.sol";
import {PriceWorld} from "../PriceWorld.sol";

/// @title ReportersTest
/// @notice test/tree/Prices.tree, the leaves of who may sign.
contract ReportersTest is PriceWorld {
    function test_constructor_RevertWhen_MoreReportersAreNamedThanAPostCanSort() public {
        address[] memory tooMany = reportersTo(22);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_TooManyReporters.selector, 22, 21));
        deploy(tooMany);
    }

    function test_constructor_RevertWhen_AReporterIsNamedTwice() public {
        address[] memory named = reportersTo(3);
        named[2] = named[0];
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReporterUnchanged.selector, named[0], true));
        deploy(named);
    }

    function test_constructor_WhenReportersAreNamed() public {
        vm.assertEq(prices.reporters().length, 0, "enrolled");
        vm.assertEq(prices.GOVERNANCE(), governance, "governance");
        enroll(4);
        deploy(reportersTo(21));
        deploy(reportersTo(0));
    }

    function test_setReporter_RevertWhen_TheCallerIsNotGovernance() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotGovernance.selector, stranger));
        vm.prank(stranger);
        prices.setReporter(stranger, true);
    }

    function test_setReporter_RevertWhen_ItAdmitsOneWhoIsAdmitted() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReporterUnchanged.selector, reporter(0), true));
        set(reporter(0), true);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_ReporterUnchanged.selector, stranger, false));
        set(stranger, false);
    }

    function test_setReporter_RevertWhen_ItAdmitsOneTooMany() public {
        prices = deploy(reportersTo(21));
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_TooManyReporters.selector, 22, 21));
        set(stranger, true);
        set(reporter(0), false);
        set(stranger, true);
    }

    function test_setReporter_WhenItAdmitsOne() public {
        set(reporter(0), false);
        expectLog(address(prices));
        emit IPrices.ReporterSet(reporter(0), true);
        set(reporter(0), true);
        enroll(0);
    }

    function test_setReporter_WhenItLetsOneGoWhoIsEnrolled() public {
        enrollFirst(2);
        set(reporter(0), false);
        assertUnbonding(0, REPORTER_STAKE);
        vm.assertEq(prices.reporters().length, 1, "enrolled");
        skip(14 days);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotAdmitted.selector, reporter(0)));
        enroll(0);
    }

    function test_enroll_RevertWhen_TheCallerIsNotAdmitted() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotAdmitted.selector, stranger));
        vm.prank(stranger);
        prices.enroll();
    }

    function test_enroll_RevertWhen_TheCallerIsEnrolled() public {
        enroll(0);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_AlreadyEnrolled.selector, reporter(0)));
        enroll(0);
    }

    function test_enroll_RevertWhen_TheCallerHasTooLittleFreeStake() public {
        vm.prank(reporter(0));
        stakes.withdraw(FUNDS - REPORTER_STAKE + 1);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, reporter(0), REPORTER_STAKE, REPORTER_STAKE - 1)
        );
        enroll(0);
    }

    function test_enroll_RevertWhen_TheStakeOfBeforeIsStillUnbonding() public {
        enroll(0);
        leave(0);
        uint256 releasableAt = time + 14 days;
        skip(14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_StillUnbonding.selector, reporter(0), releasableAt));
        enroll(0);
    }

    function test_enroll_WhenTheStakeOfBeforeIsNoLongerUnbonding() public {
        enroll(0);
        leave(0);
        skip(14 days);
        enroll(0);
        assertBond(0, REPORTER_STAKE);
        vm.assertEq(stakes.free(reporter(0)), FUNDS - REPORTER_STAKE, "free");
    }

    function test_enroll_WhenTheCallerIsAdmitted() public {
        expectLog(address(prices));
        emit IPrices.Enrolled(reporter(1));
        enroll(1);
        assertBond(1, REPORTER_STAKE);
        vm.assertEq(prices.reporters()[0], reporter(1), "enrolled");
    }

    function test_leave_RevertWhen_TheCallerIsNotEnrolled() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotEnrolled.selector, reporter(0)));
        leave(0);
    }

    function test_leave_WhenOneInTheMiddleLeaves() public {
        enrollFirst(3);
        expectLog(address(prices));
        emit IPrices.Left(reporter(1));
        leave(1);
        address[] memory left = prices.reporters();
        vm.assertEq(left.length, 2, "enrolled");
        vm.assertEq(left[0], reporter(0), "first");
        vm.assertEq(left[1], reporter(2), "last");
        assertUnbonding(1, REPORTER_STAKE);
    }

    function test_proveEquivocation_RevertWhen_TheSecondsDiffer() public {
        enroll(0);
        IPrices.Observation memory other = observe(0, PRICE + 1, time + 1);
        expectRefusal(abi.encodeWithSelector(Errors.Prices_NotEquivocal.selector, reporter(0)), other);
    }

    function test_proveEquivocation_RevertWhen_ThePricesAreOne() public {
        enroll(0);
        IPrices.Observation memory other = observe(0, PRICE, time);
        expectRefusal(abi.encodeWithSelector(Errors.Prices_NotEquivocal.selector, reporter(0)), other);
    }

    function test_proveEquivocation_RevertWhen_AnotherSignedOneOfThem() public {
        enrollFirst(2);
        IPrices.Observation memory first = observe(0, PRICE, time);
        IPrices.Observation memory other = observe(1, PRICE + 1, time);
        bytes memory reason = abi.encodeWithSelector(Errors.Prices_NotSigner.selector, reporter(0), reporter(1));
        expectRefusal(reason, other);
        vm.expectRevert(reason);
        prices.proveEquivocation(reporter(0), other, first);
    }

    function test_proveEquivocation_RevertWhen_ItWasProvedBefore() public {
        enroll(0);
        prove(0, time);
        IPrices.Observation memory other = observe(0, PRICE + 2, time);
        expectRefusal(abi.encodeWithSelector(Errors.Prices_AlreadyProved.selector, reporter(0), time), other);
    }

    function test_proveEquivocation_RevertWhen_TheSignerHasNoStake() public {
        IPrices.Observation memory other = observe(0, PRICE + 1, time);
        expectRefusal(abi.encodeWithSelector(Errors.Prices_NotEnrolled.selector, reporter(0)), other);
    }

    function test_proveEquivocation_WhenTheSignerIsEnrolled() public {
        enrollFirst(2);
        expectLog(address(prices));
        emit IPrices.Equivocated(reporter(0), stranger, 500e18);
        prove(0, time);
        assertUnbonding(0, 500e18);
        vm.assertEq(stakes.free(stranger), 100e18, "prover");
        vm.assertEq(prices.reporters().length, 1, "enrolled");
        skip(14 days);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_NotAdmitted.selector, reporter(0)));
        enroll(0);
    }

    function test_proveEquivocation_WhenTheSignerIsUnbonding() public {
        enroll(0);
        leave(0);
        skip(14 days - 1);
        prove(0, time);
        assertUnbonding(0, 500e18);
    }

    function test_proveEquivocation_WhenHeDidItInTwoSeconds() public {
        enroll(0);
        prove(0, time);
        prove(0, time - 1);
        assertUnbonding(0, 0);
        vm.assertEq(stakes.totalOf(reporter(0)), FUNDS - REPORTER_STAKE, "left");
    }

    function set(address who, bool admitted) private {
        vm.prank(governance);
        prices.setReporter(who, admitted);
    }

    function leave(uint256 i) private {
        vm.prank(reporter(i));
        prices.leave();
    }

    function prove(uint256 i, uint256 at) private {
        IPrices.Observation memory first = observe(i, PRICE, at);
        IPrices.Observation memory other = observe(i, PRICE + 1, at);
        vm.prank(stranger);
        prices.proveEquivocation(reporter(i), first, other);
    }

    /// @dev Against the first reporter, with his PRICE of now as the first observation.
    function expectRefusal(bytes memory reason, IPrices.Observation memory other) private {
        IPrices.Observation memory first = observe(0, PRICE, time);
        vm.expectRevert(reason);
        prices.proveEquivocation(reporter(0), first, other);
    }

    function assertBond(uint256 i, uint256 expected) private view {
        (address account_, uint256 amount, uint256 releasableAt) =
            stakes.bond(address(prices), uint256(uint160(reporter(i))));
        vm.assertEq(account_, reporter(i), "account");
        vm.assertEq(amount, expected, "amount");
        vm.assertEq(releasableAt, 0, "unbonds");
    }

    function assertUnbonding(uint256 i, uint256 expected) private view {
        (, uint256 amount, uint256 releasableAt) = stakes.bond(address(prices), uint256(uint160(reporter(i))));
        vm.assertEq(amount, expected, "amount");
        vm.assertTrue(releasableAt != 0, "unbonds");
    }
}
