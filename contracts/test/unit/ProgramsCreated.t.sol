// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {FakeToken} from "../fake/FakeToken.sol";
import {ProgramWorld} from "../ProgramWorld.sol";

/// @title ProgramsCreatedTest
/// @notice How a programme of others comes to be.
contract ProgramsCreatedTest is ProgramWorld {
    IPrograms.Fact private constant AVAILABILITY = IPrograms.Fact.Availability;

    function test_create_RevertWhen_ItWouldBeginInThePresentEpoch() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 2);
        terms.fromEpoch -= 1;
        assertRefused(
            terms,
            abi.encodeWithSelector(Errors.Programs_EpochsInvalid.selector, terms.fromEpoch, terms.untilEpoch, now_())
        );
    }

    function test_create_RevertWhen_ItWouldEndWhereItBegins() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 0);
        assertRefused(
            terms,
            abi.encodeWithSelector(Errors.Programs_EpochsInvalid.selector, terms.fromEpoch, terms.fromEpoch, now_())
        );
    }

    function test_create_RevertWhen_ItWouldHandOutNothing() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 2);
        terms.perEpoch = 0;
        assertRefused(terms, abi.encodeWithSelector(Errors.Programs_PaysNothing.selector));
    }

    function test_create_RevertWhen_WorkWouldBePaidNothing() public {
        IPrograms.Program memory terms = aProgram(IPrograms.Fact.Work, 2);
        terms.maxPerBurnt = 0;
        assertRefused(terms, abi.encodeWithSelector(Errors.Programs_PaysNothing.selector));
    }

    function test_create_RevertWhen_ItsNameIsTooLong() public {
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 2);
        terms.name = string(new bytes(65));
        assertRefused(terms, abi.encodeWithSelector(Errors.Programs_NameTooLong.selector, 65, 64));
        terms.name = string(new bytes(64));
        create(terms);
    }

    function test_create_RevertWhen_LessThanAnEpochsPayArrives() public {
        token.setFee(5001);
        IPrograms.Program memory terms = aProgram(AVAILABILITY, 2);
        uint256 arrived = uint256(PER_EPOCH) * 2 * 4999 / 10_000;
        assertRefused(terms, abi.encodeWithSelector(Errors.Programs_BudgetTooSmall.selector, arrived, PER_EPOCH));
    }

    function test_create_WhenTheWholeBudgetArrives() public {
        IPrograms.Program memory terms = aProgram(IPrograms.Fact.Work, 5);
        terms.hook = stranger;
        fund(terms);
        expectLog(address(programs));
        emit IPrograms.Created(1, sponsor, address(token), IPrograms.Fact.Work, 5000e18, "Fake");
        vm.prank(sponsor);
        programs.create(terms);
        terms.sponsor = sponsor;
        vm.assertEq(keccak256(abi.encode(programs.program(1))), keccak256(abi.encode(terms)), "terms");
        vm.assertEq(programs.budgetOf(1), 5000e18, "budget");
        vm.assertEq(token.balanceOf(address(programs)), 5000e18, "held");
        vm.assertEq(programs.nextEpochOf(1), terms.fromEpoch, "next epoch");
        vm.assertEq(programs.count(), 1, "count");
        vm.assertEq(programs.program(2).untilEpoch, 0, "no other");
    }

    function test_create_WhenMoreThanTheBudgetArrives() public {
        token.setCall(address(token), abi.encodeCall(FakeToken.mint, (address(programs), 5000e18)));
        uint256 id = create(AVAILABILITY, 5);
        vm.assertEq(programs.budgetOf(id), 5000e18, "what was asked for");
        vm.assertEq(programs.program(id).untilEpoch, now_() + 6, "five epochs");
    }

    function test_create_WhenAPartOfTheBudgetArrives() public {
        token.setFee(3000);
        uint256 id = create(AVAILABILITY, 5);
        vm.assertEq(programs.budgetOf(id), 3500e18, "what arrived");
        vm.assertEq(programs.program(id).untilEpoch, now_() + 4, "three epochs");
    }

    function assertRefused(IPrograms.Program memory terms, bytes memory reason) private {
        fund(terms);
        vm.expectRevert(reason);
        vm.prank(sponsor);
        programs.create(terms);
    }
}
