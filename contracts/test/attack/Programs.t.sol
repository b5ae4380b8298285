// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Errors} from "../../src/Errors.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {FakeHook} from "../fake/FakeHook.sol";
import {FakeToken} from "../fake/FakeToken.sol";
import {ProgramWorld} from "../ProgramWorld.sol";

/// @title ProgramsAttacks
/// @notice Programmes that mean harm: to machines, to other programmes, to the ledger.
contract ProgramsAttacks is ProgramWorld {
    IPrograms.Fact private constant AVAILABILITY = IPrograms.Fact.Availability;

    /// @dev The token calls back while its transfer is measured and creates another programme: the inner's tokens would be
    /// counted twice, and the second time be paid out of the honest programme.
    function test_attack_reentrantCreate_CannotCountTokensTwice() public {
        create(AVAILABILITY, 5);
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        token.mint(address(token), 5000e18);
        vm.prank(address(token));
        token.approve(address(programs), 5000e18);
        token.setCall(address(programs), abi.encodeCall(IPrograms.create, (terms)));
        fund(terms);
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.prank(sponsor);
        programs.create(terms);
        vm.assertEq(programs.budgetOf(1), token.balanceOf(address(programs)), "budgets are held");
    }

    /// @dev The token calls claim again from within the pay.
    function test_attack_reentrantClaim_PaysOnce() public {
        FakeToken evil = new FakeToken();
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.token = IERC20(address(evil));
        uint256 id = create(terms);
        uint256 honest = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        join(honest, 1);
        skipEpochs(2);
        evil.setCall(address(programs), abi.encodeCall(IPrograms.claim, (id, 1, new uint256[](0))));
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        claim(id, 1);
        vm.assertEq(claim(honest, 1), 1000e18, "the other programme pays");
        evil.setCall(address(0), "");
        vm.assertEq(claim(id, 1), 1000e18, "and so does this one when its token behaves");
    }

    /// @dev A token that takes a fee pays for fewer epochs, and its machines get less; nobody else does.
    function test_attack_feeOnTransfer_HurtsOnlyItsOwn() public {
        FakeToken costly = new FakeToken();
        costly.setFee(1000);
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 10);
        terms.token = IERC20(address(costly));
        uint256 id = create(terms);
        uint256 honest = create(AVAILABILITY, 10);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        join(honest, 1);
        skipEpochs(20);
        vm.assertEq(claim(id, 1), 9000e18, "nine epochs for nine tenths");
        vm.assertEq(costly.balanceOf(owner(1)), 8100e18, "less the fee");
        vm.assertEq(costly.balanceOf(address(programs)), 0, "to the unit");
        vm.assertEq(claim(honest, 1), 10_000e18, "the other pays in full");
    }

    /// @dev A token whose balance sinks by itself leaves its own claims unpaid; leaving is possible all the same.
    function test_attack_vanishingToken_DoesNotHoldTheMachine() public {
        FakeToken evil = new FakeToken();
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.token = IERC20(address(evil));
        uint256 id = create(terms);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(2);
        vm.prank(address(programs));
        evil.transfer(stranger, 5000e18);
        (bool ok,) = address(programs).call(abi.encodeCall(IPrograms.claim, (id, 1, new uint256[](0))));
        vm.assertTrue(!ok, "its own claim fails");
        leave(id, 1);
        vm.assertEq(programs.programsOf(1).length, 0, "out");
    }

    /// @dev Whatever a hook does counts as no, and costs whoever asked little more than the hook's gas.
    function test_attack_hook_CanOnlySayNo() public {
        FakeHook hook = new FakeHook();
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.hook = address(hook);
        uint256 id = create(terms);
        for (uint256 i = uint256(FakeHook.Answer.No); i <= uint256(FakeHook.Answer.Write); ++i) {
            if (i == uint256(FakeHook.Answer.Bomb)) continue;
            hook.set(FakeHook.Answer(i));
            uint256 before = gasleft();
            vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Refused.selector, id, 1));
            join(id, 1);
            vm.assertLe(before - gasleft(), 200_000, "gas");
        }
        vm.assertEq(hook.writes(), 0, "and write nothing");
    }

    /// @dev 160 KB of answer: the caller would pay about as much again for a copy of it. It looks at 32 bytes.
    function test_attack_returndataBomb_IsNotCopied() public {
        FakeHook hook = new FakeHook();
        hook.set(FakeHook.Answer.Bomb);
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.hook = address(hook);
        uint256 id = create(terms);
        uint256 before = gasleft();
        join(id, 1);
        uint256 bomb = before - gasleft();
        hook.set(FakeHook.Answer.Yes);
        before = gasleft();
        join(id, 2);
        uint256 usual = before - gasleft();
        vm.assertLe(bomb, usual + programs.HOOK_GAS(), "the hook's gas and nothing for its answer");
    }

    function test_attack_hookWithoutCode_IsANo() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 5);
        terms.hook = stranger;
        uint256 id = create(terms);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Refused.selector, id, 1));
        join(id, 1);
    }

    /// @dev Tokens sent to Programs belong to no budget.
    function test_attack_donation_ChangesNoBudget() public {
        token.mint(address(programs), 1_000_000e18);
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 1, now_() + 100);
        join(id, 1);
        token.mint(address(programs), 1_000_000e18);
        vm.assertEq(programs.budgetOf(id), 5000e18, "what the sponsor paid");
        skipEpochs(2);
        vm.assertEq(claim(id, 1), 1000e18, "one epoch's pot");
    }

    /// @dev Joining, leaving and joining again within an epoch does not count it twice.
    function test_attack_rejoining_CountsNothingTwice() public {
        uint256 id = create(AVAILABILITY, 9);
        weigh(1, 10, now_() + 100);
        weigh(2, 10, now_() + 100);
        join(id, 1);
        join(id, 2);
        skipEpochs(2);
        for (uint256 i = 0; i < 5; ++i) {
            leave(id, 1);
            join(id, 1);
        }
        skipEpochs(2);
        vm.assertLe(claim(id, 1), 1500e18, "half of three epochs");
        vm.assertLe(1500e18 - 100, claim(id, 2), "and the other's half");
    }
}
