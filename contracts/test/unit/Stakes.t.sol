// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Errors} from "../../src/Errors.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Core} from "../Core.sol";

/// @title StakesTest
/// @notice test/tree/Stakes.tree up to `release`, leaf by leaf. Machines is the locker, by its address alone.
contract StakesTest is Core {
    uint256 private constant SUBJECT = 7;

    function setUp() public override {
        super.setUp();
        fund(owner, 100);
    }

    function test_deposit_RevertWhen_TheAllowanceIsMissing() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(stakes), 0, 100)
        );
        vm.prank(owner);
        stakes.deposit(100);
    }

    function test_deposit_RevertWhen_TheAmountIsBeyondAnySupply() public {
        uint256 amount = uint256(type(uint96).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 96, amount));
        vm.prank(owner);
        stakes.deposit(amount);
    }

    function test_deposit_WhenTheAllowanceIsThere() public {
        vm.prank(owner);
        token.approve(address(stakes), 100);
        expectLog(address(stakes));
        emit IStakes.Deposited(owner, 100);
        vm.prank(owner);
        stakes.deposit(100);

        assertStake(100, 0, 100);
        vm.assertEq(token.balanceOf(owner), 0, "owner's tokens");
        vm.assertEq(token.balanceOf(address(stakes)), 100, "tokens held");
    }

    function test_depositWithPermit_WhenThePermitIsGood() public {
        (uint8 v, bytes32 r, bytes32 s) = permit("owner", address(stakes), 100);
        vm.prank(owner);
        stakes.depositWithPermit(100, time, v, r, s);
        assertStake(100, 0, 100);
        vm.assertEq(token.allowance(owner, address(stakes)), 0, "allowance left");
    }

    function test_depositWithPermit_WhenSomeoneUsedThePermitFirst() public {
        (uint8 v, bytes32 r, bytes32 s) = permit("owner", address(stakes), 100);
        vm.prank(stranger);
        token.permit(owner, address(stakes), 100, time, v, r, s);
        vm.prank(owner);
        stakes.depositWithPermit(100, time, v, r, s);
        assertStake(100, 0, 100);
    }

    function test_depositWithPermit_RevertWhen_ThePermitIsBad() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(stakes), 0, 100)
        );
        vm.prank(owner);
        stakes.depositWithPermit(100, time, 27, bytes32(0), bytes32(0));
    }

    function test_withdraw_RevertWhen_MoreIsWithdrawnThanIsFree() public {
        stake(owner, 100);
        lock(70);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 31, 30));
        vm.prank(owner);
        stakes.withdraw(31);
    }

    function test_withdraw_WhenItIsFree() public {
        stake(owner, 100);
        lock(60);
        expectLog(address(stakes));
        emit IStakes.Withdrawn(owner, 40);
        vm.prank(owner);
        stakes.withdraw(40);

        assertStake(0, 60, 60);
        vm.assertEq(token.balanceOf(owner), 40, "owner's tokens");
    }

    function test_lock_RevertWhen_TheCallerIsNoLocker() public {
        stake(owner, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.lock(SUBJECT, owner, 1);
    }

    function test_lock_RevertWhen_MoreIsLockedThanIsFree() public {
        stake(owner, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 101, 100));
        lock(101);
    }

    function test_lock_RevertWhen_TheBondIsAnothers() public {
        stake(owner, 100);
        lock(70);
        fund(renter, 50);
        stake(renter, 50);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_BondTaken.selector, address(machines), SUBJECT, owner));
        vm.prank(address(machines));
        stakes.lock(SUBJECT, renter, 50);
    }

    function test_lock_RevertWhen_TheBondIsUnbonding() public {
        stake(owner, 100);
        lock(70);
        unbond();
        expectUnbonding();
        lock(1);
    }

    function test_lock_WhenItIsFree() public {
        stake(owner, 100);
        expectLog(address(stakes));
        emit IStakes.Locked(owner, address(machines), SUBJECT, 70);
        lock(70);
        assertStake(30, 70, 100);
        lock(10);
        assertStake(20, 80, 100);
    }

    function test_lock_WhenTwoLockersHaveABondOfOneSubject() public {
        stake(owner, 100);
        address[4] memory lockers = [address(machines), committees, faults, address(prices)];
        for (uint256 i = 0; i < 4; ++i) {
            vm.prank(lockers[i]);
            stakes.lock(SUBJECT, owner, 10 + i);
        }
        for (uint256 i = 0; i < 4; ++i) {
            (, uint256 amount,) = stakes.bond(lockers[i], SUBJECT);
            vm.assertEq(amount, 10 + i, "bond");
        }
        vm.assertEq(stakes.free(owner), 54, "free");
    }

    function test_unlock_RevertWhen_TheCallerIsNoLocker() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.unlock(SUBJECT, 1);
    }

    function test_unlock_RevertWhen_MoreIsUnlockedThanThatLockerLocked() public {
        stake(owner, 100);
        lock(70);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_BondTooSmall.selector, committees, SUBJECT, 1, 0));
        vm.prank(committees);
        stakes.unlock(SUBJECT, 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_BondTooSmall.selector, address(machines), SUBJECT, 71, 70));
        unlock(71);
    }

    function test_unlock_RevertWhen_TheBondIsUnbonding() public {
        stake(owner, 100);
        lock(70);
        unbond();
        expectUnbonding();
        unlock(70);
    }

    function test_unlock_WhenAPartIsUnlocked() public {
        stake(owner, 100);
        lock(70);
        expectLog(address(stakes));
        emit IStakes.Unlocked(owner, address(machines), SUBJECT, 50);
        unlock(50);
        assertStake(80, 20, 100);
    }

    function test_unlock_WhenAllIsUnlocked() public {
        stake(owner, 100);
        lock(70);
        unlock(70);
        assertStake(100, 0, 100);
        fund(renter, 5);
        stake(renter, 5);
        vm.prank(address(machines));
        stakes.lock(SUBJECT, renter, 5);
        (address by,,) = stakes.bond(address(machines), SUBJECT);
        vm.assertEq(by, renter, "account of the bond");
    }

    function test_unbond_RevertWhen_TheCallerIsNoLocker() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotLocker.selector, owner));
        vm.prank(owner);
        stakes.unbond(SUBJECT);
    }

    function test_unbond_RevertWhen_ItIsUnbondingAlready() public {
        stake(owner, 100);
        lock(70);
        unbond();
        expectUnbonding();
        unbond();
    }

    function test_unbond_WhenItIsLocked() public {
        stake(owner, 100);
        lock(70);
        expectLog(address(stakes));
        emit IStakes.UnbondingStarted(owner, address(machines), SUBJECT, 70, time + UNBONDING_PERIOD);
        unbond();
        assertStake(30, 70, 100);
        (,, uint256 releasableAt) = stakes.bond(address(machines), SUBJECT);
        vm.assertEq(releasableAt, time + UNBONDING_PERIOD, "releasable at");
    }

    function test_release_RevertWhen_TheBondIsLocked() public {
        stake(owner, 100);
        lock(70);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotUnbonding.selector, address(machines), SUBJECT));
        stakes.release(address(machines), SUBJECT);
    }

    function test_release_RevertWhen_TheDelayIsNotOver() public {
        stake(owner, 100);
        lock(70);
        unbond();
        uint256 releasableAt = time + UNBONDING_PERIOD;
        skip(UNBONDING_PERIOD - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Stakes_StillUnbonding.selector, address(machines), SUBJECT, releasableAt)
        );
        stakes.release(address(machines), SUBJECT);
    }

    function test_release_WhenTheDelayIsOver() public {
        stake(owner, 100);
        lock(70);
        unbond();
        skip(UNBONDING_PERIOD);
        expectLog(address(stakes));
        emit IStakes.Released(owner, address(machines), SUBJECT, 70);
        vm.prank(stranger);
        vm.assertEq(stakes.release(address(machines), SUBJECT), 70, "released");
        assertStake(100, 0, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_NotUnbonding.selector, address(machines), SUBJECT));
        stakes.release(address(machines), SUBJECT);
    }

    function test_release_WhenTheBondWasSlashedMeanwhile() public {
        stake(owner, 100);
        lock(70);
        unbond();
        skip(UNBONDING_PERIOD);
        vm.prank(address(machines));
        stakes.slash(SUBJECT, 20, 0, aSplit(address(0), 0));
        vm.assertEq(stakes.release(address(machines), SUBJECT), 50, "released");
        vm.assertEq(stakes.free(owner), 80, "free");
        vm.assertEq(stakes.totalOf(owner), 80, "all");
    }

    function lock(uint256 amount) private {
        vm.prank(address(machines));
        stakes.lock(SUBJECT, owner, amount);
    }

    function unlock(uint256 amount) private {
        vm.prank(address(machines));
        stakes.unlock(SUBJECT, amount);
    }

    function unbond() private {
        vm.prank(address(machines));
        stakes.unbond(SUBJECT);
    }

    function expectUnbonding() private {
        vm.expectRevert(
            abi.encodeWithSelector(
                Errors.Stakes_Unbonding.selector, address(machines), SUBJECT, time + UNBONDING_PERIOD
            )
        );
    }

    function assertStake(uint256 free, uint256 bonded, uint256 all) private view {
        (, uint256 amount,) = stakes.bond(address(machines), SUBJECT);
        vm.assertEq(stakes.free(owner), free, "free");
        vm.assertEq(amount, bonded, "bond");
        vm.assertEq(stakes.totalOf(owner), all, "all");
        vm.assertEq(stakes.total(), all, "total");
    }
}
