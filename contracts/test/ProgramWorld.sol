// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Programs} from "../src/Programs.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IPrograms} from "../src/interfaces/IPrograms.sol";
import {FakeLeases} from "./fake/FakeLeases.sol";
import {FakeMachines} from "./fake/FakeMachines.sol";
import {FakeToken} from "./fake/FakeToken.sol";
import {Test} from "./Test.sol";

/// @title ProgramWorld
/// @notice Programs over fakes, with epochs of a day. Machine i is `owner i`'s; all programmes are `sponsor`'s.
abstract contract ProgramWorld is Test {
    uint256 internal constant EPOCH = 1 days;
    uint128 internal constant PER_EPOCH = 1000e18;
    uint256 internal constant CLAIM_EPOCHS = 90;

    address internal immutable sponsor = account("sponsor");
    address internal immutable stranger = account("stranger");

    FakeToken internal token;
    FakeMachines internal machines;
    FakeLeases internal leases;
    Programs internal programs;

    function setUp() public virtual {
        vm.warp(time);
        token = new FakeToken();
        machines = new FakeMachines();
        leases = new FakeLeases();
        programs = new Programs(IMachines(address(machines)), ILeases(address(leases)), uint32(EPOCH));
        for (uint256 i = 1; i <= 3; ++i) {
            machines.setOwner(i, owner(i));
        }
    }

    function owner(uint256 machineId) internal pure returns (address) {
        return account(["nobody", "owner 1", "owner 2", "owner 3"][machineId]);
    }

    function now_() internal view returns (uint256) {
        return time / EPOCH;
    }

    /// @dev To the first second of the epoch `epochs` on.
    function skipEpochs(uint256 epochs) internal {
        skip((now_() + epochs) * EPOCH - time);
    }

    /// @dev Pays for `epochs` epochs from the next one on.
    function aProgram(IPrograms.Fact fact, uint256 epochs) internal view returns (IPrograms.Program memory) {
        return IPrograms.Program({
            sponsor: address(0),
            token: IERC20(address(token)),
            fact: fact,
            fromEpoch: uint32(now_() + 1),
            untilEpoch: uint32(now_() + 1 + epochs),
            perEpoch: PER_EPOCH,
            maxPerBurnt: 2e18,
            hook: address(0),
            name: "Fake"
        });
    }

    /// @dev Funds the sponsor with the whole budget and lets Programs take it.
    function fund(IPrograms.Program memory terms) internal {
        uint256 budget = uint256(terms.perEpoch) * (terms.untilEpoch - terms.fromEpoch);
        FakeToken(address(terms.token)).mint(sponsor, budget);
        vm.prank(sponsor);
        terms.token.approve(address(programs), type(uint256).max);
    }

    function create(IPrograms.Program memory terms) internal returns (uint256) {
        fund(terms);
        vm.prank(sponsor);
        return programs.create(terms);
    }

    function create(IPrograms.Fact fact, uint256 epochs) internal returns (uint256) {
        return create(aProgram(fact, epochs));
    }

    function join(uint256 programId, uint256 machineId) internal {
        vm.prank(owner(machineId));
        programs.join(programId, machineId);
    }

    function leave(uint256 programId, uint256 machineId) internal {
        vm.prank(owner(machineId));
        programs.leave(programId, machineId);
    }

    /// @dev An audit gives the machine `points` for the whole epochs up to and without `untilEpoch`.
    function weigh(uint256 machineId, uint32 points, uint256 untilEpoch) internal {
        machines.setPoints(machineId, points, untilEpoch * EPOCH);
    }

    function claim(uint256 programId, uint256 machineId) internal returns (uint256) {
        return programs.claim(programId, machineId, new uint256[](0));
    }

    function claimWork(uint256 programId, uint256 machineId, uint256 epoch) internal returns (uint256) {
        uint256[] memory epochs = new uint256[](1);
        epochs[0] = epoch;
        return programs.claim(programId, machineId, epochs);
    }
}
