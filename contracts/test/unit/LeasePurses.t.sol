// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Core} from "../Core.sol";

/// @title LeasePursesTest
/// @notice test/tree/LeasePurses.tree, leaf by leaf: operators' fees, purses and what is set aside for
/// the fire.
contract LeasePursesTest is Core {
    uint24 private constant OPERATOR = 7;
    address private immutable cloud = account("cloud");

    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
        operators.set(OPERATOR, cloud, 1000);
    }

    function test_open_RevertWhen_ThereIsAFeeAndNoOperator() public {
        assertRefused(0, 1, abi.encodeWithSelector(Errors.Leases_FeeTooHigh.selector, 0, 1, 0));
    }

    function test_open_RevertWhen_TheOperatorNeverRegistered() public {
        assertRefused(9, 0, abi.encodeWithSelector(Errors.Leases_FeeTooHigh.selector, 9, 0, 0));
    }

    function test_open_RevertWhen_TheFeeIsAboveTheOperatorsCap() public {
        assertRefused(OPERATOR, 1001, abi.encodeWithSelector(Errors.Leases_FeeTooHigh.selector, OPERATOR, 1001, 1000));
        openReferred(1000);
    }

    function test_open_RevertWhen_TheRenterIsTheOperatorHimself() public {
        operators.set(OPERATOR, renter, 1000);
        assertRefused(OPERATOR, 0, abi.encodeWithSelector(Errors.Leases_SelfReferral.selector, OPERATOR, renter));
    }

    function test_open_RevertWhen_TheRateWithTheFeeIsAboveTheRentersLimit() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        (order.operatorId, order.feeBps, order.maxRate) = (OPERATOR, 1000, RATE_PER_SLOT);
        uint256 rate = (uint256(RATE_PER_SLOT) * 10 + 8) / 9;
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_RateTooHigh.selector, rate, RATE_PER_SLOT));
        vm.prank(renter);
        leases.open(order);
    }

    function test_open_WhenAnOperatorBroughtTheRenter() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        (order.operatorId, order.feeBps) = (OPERATOR, 1000);
        // The owner's share of it, nine tenths, is no less than the list price.
        uint128 rate = (RATE_PER_SLOT * 10 + 8) / 9;
        allow(renter, rate * 3600);
        expectLog(address(leases));
        emit ILeases.Referred(1, OPERATOR, 1000);
        vm.prank(renter);
        ILeases.Lease memory lease = leases.lease(leases.open(order));
        vm.assertEq(lease.rate, rate, "rate");
        vm.assertEq(lease.feeBps, 1000, "fee");
        vm.assertEq(lease.operator, leases.purseNumber(cloud), "operator");
    }

    function test_open_WhenTheOperatorTakesNoFee() public {
        uint256 id = openReferred(0);
        vm.assertEq(leases.lease(id).rate, RATE_PER_SLOT, "rate");
        closeAfter(id, 1000);
        vm.assertEq(purse(cloud), 0, "operator's purse");
    }

    function test_settle_WhenAnOperatorBroughtTheRenter() public {
        uint256 id = openReferred(1000);
        start(id);
        skip(1001);
        uint256 gross = 1001 * ((uint256(RATE_PER_SLOT) * 10 + 8) / 9);
        uint256 fee = gross / 10;
        uint256 burnt = ((gross - fee) * BURN_BPS + 9999) / 10_000;
        expectLog(address(leases));
        emit ILeases.Settled(id, gross - fee - burnt, fee, burnt, 0);
        leases.settle(id);
        vm.assertEq(purse(cloud), fee, "operator's purse");
        vm.assertEq(purse(owner), gross - fee - burnt, "owner's purse");
        vm.assertEq(leases.pendingBurn(), burnt, "to burn");
        vm.assertLe(1001 * uint256(RATE_PER_SLOT), gross - fee, "list price at least");
    }

    function test_settle_WhenTheOperatorRaisesHisCapAndTakesAnotherPurse() public {
        uint256 id = openReferred(500);
        uint256 gross = 1000 * uint256(leases.lease(id).rate);
        operators.set(OPERATOR, stranger, 2000);
        closeAfter(id, 1000);
        vm.assertEq(purse(cloud), gross / 20, "purse of the operator of then");
        vm.assertEq(purse(stranger), 0, "purse of the operator of now");
    }

    function test_withdraw_RevertWhen_ThePurseIsEmpty() public {
        uint256 number = leases.purseNumber(owner);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_PurseEmpty.selector, number));
        leases.withdraw(number);
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_PurseEmpty.selector, 0));
        leases.withdraw(0);
    }

    function test_withdraw_WhenThereIsMoneyInIt() public {
        closeAfter(open(machineId, 1, 3600), 1000);
        uint256 number = leases.purseNumber(owner);
        uint256 paid = 950 * RATE_PER_SLOT;
        expectLog(address(leases));
        emit ILeases.Withdrawn(number, owner, paid);
        vm.prank(stranger);
        vm.assertEq(leases.withdraw(number), paid, "withdrawn");
        vm.assertEq(token.balanceOf(owner), paid, "owner's tokens");
        (address by, uint256 amount) = leases.purseOf(number);
        vm.assertEq(by, owner, "account");
        vm.assertEq(amount, 0, "amount");
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_PurseEmpty.selector, number));
        leases.withdraw(number);
    }

    function test_openPurse_RevertWhen_TheCallerIsNeitherMachinesNorOperators() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_NotPurser.selector, stranger));
        vm.prank(stranger);
        leases.openPurse(stranger);
    }

    function test_openPurse_WhenTheAccountHasNone() public {
        expectLog(address(leases));
        emit ILeases.PurseOpened(3, stranger);
        vm.prank(address(operators));
        vm.assertEq(leases.openPurse(stranger), 3, "number");
        vm.assertEq(leases.purseNumber(stranger), 3, "number of the account");
    }

    function test_openPurse_WhenTheAccountHasOne() public {
        vm.prank(address(machines));
        vm.assertEq(leases.openPurse(cloud), 2, "number");
    }

    function test_burnPending_WhenSomethingWaits() public {
        closeAfter(open(machineId, 1, 3600), 1000);
        uint256 supply = token.totalSupply();
        uint256 burnt = 50 * RATE_PER_SLOT;
        expectLog(address(leases));
        emit ILeases.Burnt(burnt);
        vm.prank(stranger);
        vm.assertEq(leases.burnPending(), burnt, "burnt");
        vm.assertEq(token.totalSupply(), supply - burnt, "supply");
        vm.assertEq(leases.pendingBurn(), 0, "to burn");
        vm.assertEq(leases.totalBurnt(), burnt, "total");
        leases.burnPending();
        vm.assertEq(token.totalSupply(), supply - burnt, "supply after the second time");
        vm.assertEq(leases.totalBurnt(), burnt, "total after the second time");
    }

    function test_burntIn_WhenSettlementsFallIntoSeveralEpochs() public {
        uint256 other = register("owner", "other key", 4);
        classify(other, 4);
        uint256 first = time / EPOCH_SECONDS;
        closeAfter(open(machineId, 1, 3600), 1000);
        closeAfter(open(other, 1, 3600), 2000);
        // The last second of the epoch, and the first of the next.
        skip((first + 1) * EPOCH_SECONDS - 1 - time - 600);
        beat(machineId);
        uint256 id = open(machineId, 1, 3600);
        start(id);
        skip(600);
        leases.settle(id);
        skip(1);
        leases.settle(id);

        uint256 unit = RATE_PER_SLOT / 20;
        assertBurnt(machineId, first, 1600 * unit);
        assertBurnt(other, first, 2000 * unit);
        assertBurnt(machineId, first + 1, unit);
        assertBurnt(other, first + 1, 0);
        assertBurnt(machineId, first + 2, 0);
        vm.assertEq(leases.burntIn(first), 3600 * unit, "burnt in the first");
        vm.assertEq(leases.burntIn(first + 1), unit, "burnt in the second");
        vm.assertEq(leases.burntIn(first + 2), 0, "burnt in the third");
        vm.assertEq(leases.pendingBurn(), 3601 * unit, "to burn");
        leases.burnPending();
        vm.assertEq(leases.burntIn(first), 3600 * unit, "burnt in the first after the fire");
    }

    function test_burntBy_WhenTheEpochsThatAreKeptHavePassed() public {
        uint256 first = time / EPOCH_SECONDS;
        uint256 unit = RATE_PER_SLOT / 20;
        closeAfter(open(machineId, 1, 3600), 1000);
        skip(63 * EPOCH_SECONDS);
        closeInNewClass(700);
        assertBurnt(machineId, first, 1000 * unit);
        assertBurnt(machineId, first + 63, 700 * unit);
        skip(EPOCH_SECONDS);
        closeInNewClass(800);
        assertBurnt(machineId, first, 0);
        assertBurnt(machineId, first + 64, 800 * unit);
        vm.assertEq(leases.burntIn(first), 1000 * unit, "of all machines it is kept for ever");
    }

    function test_refreshBurnShare_WhenTheShareIsAsItWas() public {
        expectNoLogs();
        vm.prank(stranger);
        leases.refreshBurnShare();
        assertNoLogs();
        vm.assertEq(leases.burnBps(), BURN_BPS, "burn share");
    }

    function test_refreshBurnShare_WhenTheTableSaysAnother() public {
        uint256 id = open(machineId, 1, 3600);
        burnTable.setAt(4, 700);
        expectLog(address(leases));
        emit ILeases.BurnShareSet(700, 4);
        vm.prank(stranger);
        leases.refreshBurnShare();
        vm.assertEq(leases.burnBps(), 700, "burn share");
        vm.assertEq(leases.lease(id).burnBps, BURN_BPS, "of the lease of before");
        vm.assertEq(leases.lease(open(machineId, 2, 3600)).burnBps, 700, "of the next lease");
    }

    function openReferred(uint16 feeBps) private returns (uint256) {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        (order.operatorId, order.feeBps) = (OPERATOR, feeBps);
        return open(order);
    }

    function closeAfter(uint256 id, uint256 used) private {
        start(id);
        skip(used);
        vm.prank(renter);
        leases.close(id);
    }

    function closeInNewClass(uint256 used) private {
        classify(machineId, 4);
        beat(machineId);
        closeAfter(open(machineId, 1, 3600), used);
    }

    function assertRefused(uint24 operatorId, uint16 feeBps, bytes memory reason) private {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        (order.operatorId, order.feeBps) = (operatorId, feeBps);
        vm.expectRevert(reason);
        vm.prank(renter);
        leases.open(order);
    }

    function assertBurnt(uint256 id, uint256 epoch, uint256 amount) private view {
        vm.assertEq(leases.burntBy(id, epoch), amount, "burnt by a machine");
    }
}
