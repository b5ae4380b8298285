// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Core} from "../Core.sol";

/// @title StakeSlashTest
/// @notice test/tree/Stakes.tree from `constructor` on, leaf by leaf: how a bond changes hands and what becomes of a slash.
contract StakeSlashTest is Core {
    uint256 private constant SUBJECT = 7;

    address private immutable reporter = account("reporter");
    address private immutable judge = account("judge");

    function setUp() public override {
        super.setUp();
        fund(owner, 1000);
        stake(owner, 1000);
        vm.prank(faults);
        stakes.lock(SUBJECT, owner, 600);
    }

    function test_constructor_RevertWhen_TheDelayIsAboveItsBound() public {
        Stakes.Lockers memory lockers = Stakes.Lockers(address(machines), committees, faults, address(prices));
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_UnbondingOutOfBounds.selector, 60 days + 1, 60 days));
        new Stakes(token, lockers, treasury, 60 days + 1);
    }

    function test_constructor_WhenTheDelayIsAtItsBound() public {
        Stakes.Lockers memory lockers = Stakes.Lockers(address(machines), committees, faults, address(prices));
        vm.assertEq(new Stakes(token, lockers, treasury, 60 days).UNBONDING_PERIOD(), 60 days, "delay");
    }

    function test_move_RevertWhen_TheCallerIsNoLocker() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.move(SUBJECT, stranger);
    }

    function test_move_RevertWhen_TheBondIsUnbonding() public {
        vm.prank(faults);
        stakes.unbond(SUBJECT);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Stakes_Unbonding.selector, faults, SUBJECT, time + UNBONDING_PERIOD)
        );
        vm.prank(faults);
        stakes.move(SUBJECT, stranger);
    }

    function test_move_WhenItIsLocked() public {
        expectLog(address(stakes));
        emit IStakes.Moved(owner, stranger, faults, SUBJECT, 600);
        vm.prank(faults);
        stakes.move(SUBJECT, stranger);

        assertAll(owner, 400, 400);
        assertAll(stranger, 0, 600);
        vm.assertEq(stakes.total(), 1000, "total");
        vm.prank(faults);
        stakes.unlock(SUBJECT, 600);
        assertAll(stranger, 600, 600);
    }

    function test_slash_RevertWhen_TheCallerIsNoLocker() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.slash(SUBJECT, 1, 0, aSplit(address(0), 0));
    }

    function test_slash_WhenThereIsNobodyToPay() public {
        expectLog(address(stakes));
        emit IStakes.Slashed(owner, faults, SUBJECT, 101, 0, 0, 0, 0, 101);
        vm.assertEq(slash(101, 0, aSplit(address(0), 0)), 101, "taken");
        assertSlashed(101, 101);
    }

    function test_slash_WhenTheRenterLostLessThanTheSlash() public {
        IStakes.Split memory split = IStakes.Split(renter, 50, reporter, verifiers(3));
        expectLog(address(stakes));
        // A fifth of 101 is 20, and a third of that 6.
        emit IStakes.Slashed(owner, faults, SUBJECT, 151, 0, 50, 20, 18, 63);
        slash(151, 0, split);

        assertSlashed(151, 63);
        assertAll(renter, 50, 50);
        assertAll(reporter, 20, 20);
        assertAll(verifiers(3)[2], 6, 6);
    }

    function test_slash_WhenTheRenterLostMoreThanTheSlash() public {
        slash(100, 0, IStakes.Split(renter, 101, reporter, verifiers(3)));
        assertSlashed(100, 0);
        assertAll(renter, 100, 100);
        assertAll(reporter, 0, 0);
    }

    function test_slash_WhenAClaimHasNoRenter() public {
        slash(100, 0, IStakes.Split(address(0), 100, address(0), verifiers(0)));
        assertSlashed(100, 100);
        assertAll(address(0), 0, 0);
    }

    function test_slash_WhenThereIsAReporterAndNoVerifier() public {
        slash(100, 0, IStakes.Split(address(0), 0, reporter, verifiers(0)));
        assertSlashed(100, 80);
        assertAll(reporter, 20, 20);
    }

    function test_slash_WhenThereIsAVerifierAndNoReporter() public {
        slash(100, 0, IStakes.Split(address(0), 0, address(0), verifiers(2)));
        assertSlashed(100, 80);
        assertAll(verifiers(2)[0], 10, 10);
        assertAll(verifiers(2)[1], 10, 10);
    }

    function test_slash_WhenTheBondHoldsLessThanAsked() public {
        vm.assertEq(slash(700, 0, aSplit(address(0), 0)), 600, "taken");
        assertSlashed(600, 600);
        vm.assertEq(slash(700, 0, aSplit(address(0), 0)), 0, "taken of an empty bond");
        assertSlashed(600, 600);
    }

    function test_slash_WhenTheLockerBringsMore() public {
        rewards.setUnvested(1, 40);
        vm.prank(address(machines));
        rewards.forfeit(1, 40, address(stakes));
        expectLog(address(stakes));
        emit IStakes.Slashed(owner, faults, SUBJECT, 60, 40, 0, 0, 0, 100);
        vm.assertEq(slash(60, 40, aSplit(address(0), 0)), 60, "taken");

        assertAll(owner, 400, 940);
        vm.assertEq(stakes.total(), 940, "total");
        vm.assertEq(stakes.pending(), 100, "to sweep");
        vm.assertEq(token.balanceOf(address(stakes)), 1040, "tokens held");
    }

    function test_slash_WhenOneAccountHasSeveralParts() public {
        address[] memory judges = new address[](2);
        (judges[0], judges[1]) = (owner, owner);
        slash(100, 0, IStakes.Split(owner, 10, owner, judges));
        // 100 less; 10 as renter, 18 as reporter, 9 twice as verifier.
        assertAll(owner, 446, 946);
    }

    function test_slash_WhenTheBondIsUnbonding() public {
        vm.prank(faults);
        stakes.unbond(SUBJECT);
        skip(UNBONDING_PERIOD);
        vm.assertEq(slash(100, 0, aSplit(address(0), 0)), 100, "taken before the release");
        stakes.release(faults, SUBJECT);
        vm.assertEq(slash(100, 0, aSplit(address(0), 0)), 0, "taken after the release");
        assertAll(owner, 900, 900);
    }

    function test_sweep_WhenSlashesHaveLeftSomething() public {
        slash(100, 0, aSplit(address(0), 0));
        uint256 supply = token.totalSupply();
        expectLog(address(stakes));
        emit IStakes.Swept(67, 33);
        vm.prank(stranger);
        stakes.sweep();
        vm.assertEq(token.totalSupply(), supply - 67, "supply");
        assertAll(treasury, 33, 33);
        vm.assertEq(stakes.pending(), 0, "to sweep");
        vm.assertEq(token.balanceOf(address(stakes)), 933, "tokens held");
        vm.assertEq(stakes.total(), 933, "total");
    }

    function test_sweep_WhenNothingIsLeft() public {
        slash(100, 0, aSplit(address(0), 0));
        stakes.sweep();
        stakes.sweep();
        assertAll(treasury, 33, 33);
        vm.assertEq(token.balanceOf(address(stakes)), 933, "tokens held");
    }

    function slash(uint256 amount, uint256 extra, IStakes.Split memory split) private returns (uint256) {
        vm.prank(faults);
        return stakes.slash(SUBJECT, amount, extra, split);
    }

    function verifiers(uint256 number) private view returns (address[] memory some) {
        some = new address[](number);
        for (uint256 i = 0; i < number; ++i) {
            some[i] = address(uint160(judge) + uint160(i));
        }
    }

    /// @dev Owner has lost `amount`, of which `rest` waits to be swept and the rest is somebody's stake.
    function assertSlashed(uint256 amount, uint256 rest) private view {
        assertAll(owner, 400, 1000 - amount);
        (, uint256 left,) = stakes.bond(faults, SUBJECT);
        vm.assertEq(left, 600 - amount, "bond");
        vm.assertEq(stakes.pending(), rest, "to sweep");
        vm.assertEq(stakes.total(), 1000 - rest, "total");
        vm.assertEq(token.balanceOf(address(stakes)), 1000, "tokens held");
    }

    function assertAll(address who, uint256 free, uint256 all) private view {
        vm.assertEq(stakes.free(who), free, "free");
        vm.assertEq(stakes.totalOf(who), all, "all");
    }
}
