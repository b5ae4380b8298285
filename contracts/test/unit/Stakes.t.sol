// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Errors} from "../../src/Errors.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Stakes} from "../../src/Stakes.sol";
import {Ledger} from "../Ledger.sol";

/// @title StakesTest
/// @notice test/tree/Stakes.tree, leaf by leaf.
contract StakesTest is Ledger {
    uint256 private before;

    function setUp() public override {
        super.setUp();
        fund(owner, 100);
        before = stakes.total();
    }

    function test_deposit_RevertWhen_TheAllowanceIsMissing() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(stakes), 0, 100)
        );
        vm.prank(owner);
        stakes.deposit(100);
    }

    function test_deposit_WhenTheAllowanceIsThere() public {
        vm.prank(owner);
        token.approve(address(stakes), 100);
        expectLog(address(stakes));
        emit IStakes.Deposited(owner, 100);
        vm.prank(owner);
        stakes.deposit(100);

        assertStake(owner, 100, 0, 0);
        vm.assertEq(stakes.total(), before + 100, "total");
        vm.assertEq(token.balanceOf(owner), 0, "owner's tokens");
        vm.assertEq(token.balanceOf(address(stakes)), before + 100, "tokens held");
    }

    function test_withdraw_RevertWhen_MoreIsWithdrawnThanIsFree() public {
        stake(owner, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 101, 100));
        vm.prank(owner);
        stakes.withdraw(101);
    }

    function test_withdraw_WhenItIsFree() public {
        stake(owner, 100);
        expectLog(address(stakes));
        emit IStakes.Withdrawn(owner, 40);
        vm.prank(owner);
        stakes.withdraw(40);

        assertStake(owner, 60, 0, 0);
        vm.assertEq(stakes.total(), before + 60, "total");
        vm.assertEq(token.balanceOf(owner), 40, "owner's tokens");
    }

    function test_lock_RevertWhen_TheCallerIsNoLocker() public {
        stake(owner, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.lock(owner, 1);
    }

    function test_lock_RevertWhen_MoreIsLockedThanIsFree() public {
        stake(owner, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 101, 100));
        vm.prank(address(machines));
        stakes.lock(owner, 101);
    }

    function test_lock_WhenItIsFree() public {
        stake(owner, 100);
        expectLog(address(stakes));
        emit IStakes.Locked(owner, address(machines), 70);
        lock(70);

        assertStake(owner, 30, 70, 0);
        vm.assertEq(stakes.locked(owner, address(audits)), 0, "locked by the other locker");
    }

    function test_unlock_RevertWhen_TheCallerIsNoLocker() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.unlock(owner, 1);
    }

    function test_unlock_RevertWhen_MoreIsUnlockedThanThatLockerLocked() public {
        stake(owner, 100);
        lock(70);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_LockedTooSmall.selector, owner, address(audits), 1, 0));
        vm.prank(address(audits));
        stakes.unlock(owner, 1);
    }

    function test_unlock_WhenItIsLocked() public {
        stake(owner, 100);
        lock(70);
        expectLog(address(stakes));
        emit IStakes.UnbondingStarted(owner, address(machines), 50, time + UNBONDING_PERIOD);
        unlock(50);

        assertStake(owner, 30, 20, 50);
    }

    function test_unlock_WhenABatchIsUnbonding() public {
        stake(owner, 100);
        lock(70);
        unlock(50);
        skip(1 days);
        unlock(20);

        assertStake(owner, 30, 0, 70);
        (, uint256 releasableAt) = stakes.unbonding(owner, address(machines));
        vm.assertEq(releasableAt, time + UNBONDING_PERIOD, "releasable at");
    }

    function test_release_RevertWhen_NothingIsUnbonding() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NothingUnbonding.selector, owner, address(machines)));
        vm.prank(owner);
        stakes.release(address(machines));
    }

    function test_release_RevertWhen_TheDelayIsNotOver() public {
        stake(owner, 100);
        lock(70);
        unlock(70);
        uint256 releasableAt = time + UNBONDING_PERIOD;
        skip(UNBONDING_PERIOD - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Stakes_StillUnbonding.selector, owner, address(machines), releasableAt)
        );
        vm.prank(owner);
        stakes.release(address(machines));
    }

    function test_release_WhenTheDelayIsOver() public {
        stake(owner, 100);
        lock(70);
        unlock(70);
        skip(UNBONDING_PERIOD);
        expectLog(address(stakes));
        emit IStakes.Released(owner, address(machines), 70);
        vm.prank(owner);
        vm.assertEq(stakes.release(address(machines)), 70, "released");

        assertStake(owner, 100, 0, 0);
    }

    function test_constructor_RevertWhen_TheDelayIsAboveItsBound() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_UnbondingOutOfBounds.selector, 61 days, 60 days));
        new Stakes(token, address(machines), address(audits), 61 days);
    }

    function lock(uint256 amount) private {
        vm.prank(address(machines));
        stakes.lock(owner, amount);
    }

    function unlock(uint256 amount) private {
        vm.prank(address(machines));
        stakes.unlock(owner, amount);
    }

    function assertStake(address account, uint256 free, uint256 locked, uint256 unbonding) private view {
        (uint256 amount,) = stakes.unbonding(account, address(machines));
        vm.assertEq(stakes.free(account), free, "free");
        vm.assertEq(stakes.locked(account, address(machines)), locked, "locked");
        vm.assertEq(amount, unbonding, "unbonding");
    }
}
