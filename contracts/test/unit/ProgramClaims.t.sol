// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {LumenProgram} from "../../examples/LumenProgram.sol";
import {Errors} from "../../src/Errors.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {ProgramWorld} from "../ProgramWorld.sol";

/// @title ProgramClaimsTest
/// @notice test/tree/Programs.tree: claim and reclaim; and test/tree/LumenProgram.tree.
contract ProgramClaimsTest is ProgramWorld {
    IPrograms.Fact private constant AVAILABILITY = IPrograms.Fact.Availability;
    IPrograms.Fact private constant WORK = IPrograms.Fact.Work;

    function test_claim_RevertWhen_TheProgrammeIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Unknown.selector, 1));
        claim(1, 1);
    }

    function test_claim_RevertWhen_TheEpochOfWorkIsNotRolled() public {
        uint256 id = create(WORK, 5);
        join(id, 1);
        skipEpochs(1);
        uint256 epoch = now_();
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_NotRolled.selector, epoch, epoch));
        claimWork(id, 1, epoch);
        skipEpochs(1);
        claimWork(id, 1, epoch);
    }

    function test_claim_WhenAMachineIsAlone() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(2);
        expectLog(address(programs));
        emit IPrograms.Claimed(id, 1, owner(1), 1000e18);
        vm.assertEq(claim(id, 1), 1000e18, "the pot");
        vm.assertEq(claim(id, 1), 0, "once");
        vm.assertEq(token.balanceOf(owner(1)), 1000e18, "paid");
        vm.assertEq(programs.budgetOf(id), 4000e18, "the rest");
        skipEpochs(100);
        vm.assertEq(claim(id, 1), 4000e18, "all in the end");
    }

    function test_claim_WhenMachinesShareAPot() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        weigh(2, 30, now_() + 100);
        join(id, 1);
        join(id, 2);
        skipEpochs(3);
        vm.assertEq(claim(id, 1), 500e18, "a quarter of two");
        vm.assertEq(claim(id, 2), 1500e18, "the rest");
    }

    function test_claim_WhenLittleValueWasBurnt() public {
        uint256 id = joinWork();
        leases.burn(1, now_(), 100e18);
        leases.burn(2, now_(), 100e18);
        skipEpochs(1);
        vm.assertEq(claimWork(id, 1, now_() - 1), 200e18, "two for one");
    }

    function test_claim_WhenMuchValueWasBurnt() public {
        uint256 id = joinWork();
        leases.burn(1, now_(), 1000e18);
        leases.burn(2, now_(), 3000e18);
        skipEpochs(1);
        vm.assertEq(claimWork(id, 1, now_() - 1), 250e18, "a quarter of the pot");
        vm.assertEq(claimWork(id, 2, now_() - 1), 0, "the other did not join");
    }

    function test_claim_WhenWorkIsClaimedTwice() public {
        uint256 id = joinWork();
        leases.burn(1, now_(), 100e18);
        skipEpochs(1);
        uint256[] memory twice = new uint256[](2);
        (twice[0], twice[1]) = (now_() - 1, now_() - 1);
        vm.assertEq(programs.claim(id, 1, twice), 200e18, "once in a call");
        vm.assertEq(claimWork(id, 1, now_() - 1), 0, "and for good");
    }

    function test_claim_WhenTheWorkWasBeforeTheMachineJoined() public {
        uint256 id = joinWork();
        leases.burn(2, now_(), 100e18);
        join(id, 2);
        skipEpochs(1);
        leases.burn(2, now_(), 100e18);
        skipEpochs(1);
        vm.assertEq(claimWork(id, 2, now_() - 2), 0, "the epoch in which it joined");
        vm.assertEq(claimWork(id, 2, now_() - 1), 200e18, "the next");
    }

    function test_claim_WhenTheWorkWasAfterTheMachineLeft() public {
        uint256 id = joinWork();
        leases.burn(1, now_(), 100e18);
        leave(id, 1);
        skipEpochs(1);
        leases.burn(1, now_(), 100e18);
        skipEpochs(1);
        vm.assertEq(claimWork(id, 1, now_() - 2), 200e18, "the epoch in which it left");
        vm.assertEq(claimWork(id, 1, now_() - 1), 0, "the next");
    }

    function test_claim_WhenTheWorkWasOutsideTheProgramme() public {
        uint256 id = create(WORK, 2);
        leases.burn(1, now_(), 100e18);
        join(id, 1);
        skipEpochs(3);
        leases.burn(1, now_(), 100e18);
        skipEpochs(1);
        vm.assertEq(claimWork(id, 1, now_() - 4), 0, "before");
        uint256 end = now_() - 1;
        vm.expectRevert(abi.encodeWithSelector(Errors.Epochs_NotRolled.selector, end, end));
        claimWork(id, 1, end);
    }

    function test_claim_WhenTheMachineHasLeft() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(1);
        leave(id, 1);
        skipEpochs(1);
        vm.assertEq(claim(id, 1), 1000e18, "its epoch");
        vm.assertEq(claim(id, 1), 0, "once");
        vm.assertEq(programs.memberOf(id, 1).points, 0, "counts no more");
    }

    function test_claim_WhenTheSponsorHasTakenTheRestBack() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 100);
        join(id, 1);
        skipEpochs(6 + CLAIM_EPOCHS);
        vm.prank(sponsor);
        programs.reclaim(id);
        vm.assertEq(claim(id, 1), 0, "too late");
    }

    function test_reclaim_RevertWhen_TheCallerIsNotTheSponsor() public {
        uint256 id = create(AVAILABILITY, 5);
        skipEpochs(6 + CLAIM_EPOCHS);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_NotSponsor.selector, id, stranger));
        vm.prank(stranger);
        programs.reclaim(id);
    }

    function test_reclaim_RevertWhen_MachinesCanStillClaim() public {
        uint256 id = create(AVAILABILITY, 5);
        uint256 claimableUntil = now_() + 6 + CLAIM_EPOCHS;
        skip(claimableUntil * EPOCH - 1 - time);
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_StillClaimable.selector, id, claimableUntil));
        vm.prank(sponsor);
        programs.reclaim(id);
        skip(1);
        vm.prank(sponsor);
        programs.reclaim(id);
    }

    function test_reclaim_WhenTheTimeToClaimIsOver() public {
        uint256 id = create(AVAILABILITY, 5);
        weigh(1, 10, now_() + 3);
        join(id, 1);
        skipEpochs(4);
        claim(id, 1);
        skipEpochs(2 + CLAIM_EPOCHS);
        expectLog(address(programs));
        emit IPrograms.Reclaimed(id, 3000e18);
        vm.prank(sponsor);
        vm.assertEq(programs.reclaim(id), 3000e18, "what is left");
        vm.prank(sponsor);
        vm.assertEq(programs.reclaim(id), 0, "once");
        vm.assertEq(token.balanceOf(sponsor), 3000e18, "sent");
    }

    function test_lumen_WhenAnOwnerHasFewMachines() public {
        LumenProgram lumen = deployLumen();
        weigh(1, 10, now_() + 100);
        join(lumen.PROGRAM_ID(), 1);
        skipEpochs(3);
        claim(lumen.PROGRAM_ID(), 1);
        vm.assertEq(lumen.TOKEN().balanceOf(owner(1)), 2000e18, "two epochs of Lumen");
    }

    function test_lumen_RevertWhen_AnOwnerHasManyMachines() public {
        LumenProgram lumen = deployLumen();
        for (uint256 i = 4; i <= 5; ++i) {
            machines.setOwner(i, owner(1));
        }
        uint256 id = lumen.PROGRAM_ID();
        join(id, 1);
        machines.setOwner(6, owner(1));
        vm.expectRevert(abi.encodeWithSelector(Errors.Programs_Refused.selector, id, 4));
        vm.prank(owner(1));
        programs.join(id, 4);
    }

    function test_lumen_WhenSomethingIsLeft() public {
        LumenProgram lumen = deployLumen();
        skipEpochs(11 + CLAIM_EPOCHS);
        lumen.reclaim();
        vm.assertEq(lumen.TOKEN().balanceOf(sponsor), 10_000e18, "to the project");
    }

    function joinWork() private returns (uint256 id) {
        id = create(WORK, 9);
        join(id, 1);
        skipEpochs(1);
    }

    function deployLumen() private returns (LumenProgram) {
        return new LumenProgram(programs, IERC721(address(machines)), sponsor, uint32(now_() + 1), 10);
    }
}
