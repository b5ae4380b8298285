// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Errors} from "../../src/Errors.sol";
import {Core} from "../Core.sol";

/// @title TokenTest
/// @notice test/tree/Token.tree, leaf by leaf. What OpenZeppelin tests itself is not tested again.
contract TokenTest is Core {
    uint256 private constant SUPPLY = 1_000_000_000e18;

    function test_constructor_WhenItIsDeployed() public view {
        vm.assertEq(token.totalSupply(), SUPPLY, "supply");
        vm.assertEq(token.balanceOf(treasury), SUPPLY, "holder's tokens");
        vm.assertLe(token.totalSupply(), type(uint96).max, "supply in 96 bits");
        vm.assertEq(token.symbol(), "HOTA", "symbol");
        vm.assertEq(token.LEASES(), address(leases), "leases");
        vm.assertEq(token.MINTER(), address(rewards), "minter");
        vm.assertEq(address(token.STAKES()), address(stakes), "stakes");
    }

    function test_mint_RevertWhen_TheCallerIsNotRewards() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Token_NotMinter.selector, treasury));
        vm.prank(treasury);
        token.mint(treasury, 1);
    }

    function test_mint_RevertWhen_TheSupplyWouldOutgrow96Bits() public {
        uint256 most = type(uint96).max - SUPPLY;
        vm.expectRevert(
            abi.encodeWithSelector(
                ERC20Votes.ERC20ExceededSafeSupply.selector, uint256(type(uint96).max) + 1, type(uint96).max
            )
        );
        vm.prank(address(rewards));
        token.mint(owner, most + 1);
        vm.prank(address(rewards));
        token.mint(owner, most);
    }

    function test_mint_WhenRewardsCalls() public {
        vm.prank(address(rewards));
        token.mint(owner, 70);
        vm.assertEq(token.totalSupply(), SUPPLY + 70, "supply");
        vm.assertEq(token.balanceOf(owner), 70, "tokens");
    }

    function test_burn_RevertWhen_MoreIsBurntThanTheCallerHas() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, stranger, 0, 1));
        vm.prank(stranger);
        token.burn(1);
    }

    function test_burn_WhenTheCallerHasIt() public {
        delegate(treasury, treasury);
        vm.prank(treasury);
        token.burn(1e18);
        vm.assertEq(token.totalSupply(), 999_999_999e18, "supply");
        vm.assertEq(token.getVotes(treasury), 999_999_999e18, "votes");
    }

    function test_takeStake_RevertWhen_TheCallerIsNotStakes() public {
        vm.prank(owner);
        token.approve(stranger, 100);
        vm.expectRevert(abi.encodeWithSelector(Errors.Token_NotStakes.selector, stranger));
        vm.prank(stranger);
        token.takeStake(owner, 100);
    }

    function test_takeStake_RevertWhen_TheBalanceIsTooSmall() public {
        vm.prank(owner);
        token.approve(address(stakes), 100);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, owner, 0, 100));
        vm.prank(address(stakes));
        token.takeStake(owner, 100);
    }

    function test_takeStake_WhenStakesCalls() public {
        fund(owner, 100);
        vm.prank(owner);
        token.approve(address(stakes), 100);
        vm.prank(address(stakes));
        token.takeStake(owner, 40);
        vm.assertEq(token.balanceOf(address(stakes)), 40, "tokens held");
        vm.assertEq(token.balanceOf(owner), 60, "tokens left");
        vm.assertEq(token.allowance(owner, address(stakes)), 60, "allowance left");
    }

    function test_returnStake_RevertWhen_TheCallerIsNotStakes() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Token_NotStakes.selector, stranger));
        vm.prank(stranger);
        token.returnStake(stranger, 1);
    }

    function test_moveStakeVotes_RevertWhen_TheCallerIsNotStakes() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Token_NotStakes.selector, stranger));
        vm.prank(stranger);
        token.moveStakeVotes(treasury, stranger, 1);
    }

    function test_getVotes_WhenTheDelegatorStakesAndWithdraws() public {
        delegate(owner, renter);
        fund(owner, 100);
        vm.assertEq(token.getVotes(renter), 100, "votes before");
        stake(owner, 70);
        vm.assertEq(token.getVotes(renter), 100, "votes of stake and balance");
        vm.prank(owner);
        stakes.withdraw(30);
        vm.assertEq(token.getVotes(renter), 100, "votes after a withdrawal");
        vm.prank(owner);
        token.transfer(stranger, 60);
        vm.assertEq(token.getVotes(renter), 40, "votes of stake alone");
    }

    function test_getVotes_WhenAnAccountDelegatesAfterItHasStaked() public {
        fund(owner, 100);
        stake(owner, 70);
        delegate(owner, renter);
        vm.assertEq(token.getVotes(renter), 100, "votes of the first delegate");
        delegate(owner, stranger);
        vm.assertEq(token.getVotes(renter), 0, "votes taken back");
        vm.assertEq(token.getVotes(stranger), 100, "votes of the second delegate");
    }

    function test_getVotes_WhenStakeIsLockedInABond() public {
        delegate(owner, owner);
        fund(owner, 100);
        stake(owner, 100);
        vm.prank(address(machines));
        stakes.lock(7, owner, 80);
        vm.assertEq(token.getVotes(owner), 100, "votes while locked");
        vm.prank(address(machines));
        stakes.unbond(7);
        vm.assertEq(token.getVotes(owner), 100, "votes while unbonding");
    }

    function test_getVotes_WhenABondChangesHands() public {
        delegate(owner, owner);
        delegate(renter, stranger);
        fund(owner, 100);
        stake(owner, 100);
        vm.prank(address(machines));
        stakes.lock(7, owner, 80);
        vm.prank(address(machines));
        stakes.move(7, renter);
        vm.assertEq(token.getVotes(owner), 20, "seller's votes");
        vm.assertEq(token.getVotes(stranger), 80, "votes of the buyer's delegate");
    }

    function test_getVotes_WhenABondIsSlashed() public {
        delegate(owner, owner);
        delegate(renter, renter);
        delegate(treasury, treasury);
        fund(owner, 100);
        stake(owner, 100);
        vm.prank(address(machines));
        stakes.lock(7, owner, 80);
        uint256 treasuryVotes = token.getVotes(treasury);
        vm.prank(address(machines));
        stakes.slash(7, 60, 0, aSplit(renter, 10));

        vm.assertEq(token.getVotes(owner), 40, "votes of the slashed");
        vm.assertEq(token.getVotes(renter), 10, "votes of the renter");
        stakes.sweep();
        // Of the other 50 two thirds are burnt.
        vm.assertEq(token.getVotes(treasury), treasuryVotes + 16, "votes of the treasury");
    }

    function test_getPastTotalSupply_WhenTokensAreStakedAndSlashedAndBurnt() public {
        fund(owner, 100);
        stake(owner, 100);
        vm.prank(address(machines));
        stakes.lock(7, owner, 100);
        skip(1);
        vm.assertEq(token.getPastTotalSupply(time - 1), SUPPLY, "supply while staked");
        vm.prank(address(machines));
        stakes.slash(7, 50, 0, aSplit(address(0), 0));
        skip(1);
        vm.assertEq(token.getPastTotalSupply(time - 1), SUPPLY, "supply before it is swept");
        stakes.sweep();
        skip(1);
        vm.assertEq(token.getPastTotalSupply(time - 1), SUPPLY - 34, "supply after it");
    }

    function test_delegates_WhenItIsAskedOfLeases() public {
        delegate(address(leases), stranger);
        fund(address(leases), 100);
        vm.assertEq(token.delegates(address(leases)), address(0), "delegate");
        vm.assertEq(token.getVotes(stranger), 0, "votes");
    }

    function test_clock_WhenTimePasses() public {
        skip(100);
        vm.assertEq(token.clock(), time, "clock");
        vm.assertEq(token.CLOCK_MODE(), "mode=timestamp", "mode");
    }

    function delegate(address from, address to) private {
        vm.prank(from);
        token.delegate(to);
    }
}
