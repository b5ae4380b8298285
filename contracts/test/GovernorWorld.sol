// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {BurnTable} from "../src/BurnTable.sol";
import {ClassTable} from "../src/ClassTable.sol";
import {HotaruGovernor} from "../src/HotaruGovernor.sol";
import {IBurnTable} from "../src/interfaces/IBurnTable.sol";
import {IClassTable} from "../src/interfaces/IClassTable.sol";
import {FakeVotes} from "./fake/FakeVotes.sol";
import {Test} from "./Test.sol";

/// @title GovernorWorld
/// @notice Governor, timelock and one governed contract, deployed as they are in earnest; `whale` has 5 % of the votes, a
/// quorum alone, and `minnow` what a proposer needs.
abstract contract GovernorWorld is Test {
    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint256 internal constant SUPPLY = 1_000_000_000e18;
    uint256 internal constant MIN_DELAY = 2 days;

    address internal immutable whale = account("whale");
    address internal immutable minnow = account("minnow");
    address internal immutable stranger = account("stranger");

    FakeVotes internal token;
    TimelockController internal timelock;
    HotaruGovernor internal governor;
    BurnTable internal table;
    ClassTable internal classTable;

    function setUp() public virtual {
        vm.warp(time);
        token = new FakeVotes();
        address governorAt = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        address[] memory proposers = new address[](1);
        proposers[0] = governorAt;
        timelock = new TimelockController(MIN_DELAY, proposers, new address[](1), address(0));
        governor = new HotaruGovernor(aConfig());
        IBurnTable.Step[] memory steps = new IBurnTable.Step[](1);
        steps[0].bps = 500;
        table = new BurnTable(address(timelock), steps);
        classTable = new ClassTable(address(timelock), new IClassTable.Row[](0));

        token.mint(whale, SUPPLY / 20);
        token.mint(minnow, 100_000e18);
        token.mint(account("sleeper"), SUPPLY - SUPPLY / 20 - 100_000e18);
        vm.prank(whale);
        token.delegate(whale);
        vm.prank(minnow);
        token.delegate(minnow);
        skip(1);
    }

    function aConfig() internal view returns (HotaruGovernor.Config memory) {
        return HotaruGovernor.Config({
            token: token,
            timelock: timelock,
            votingDelay: 1 days,
            votingPeriod: 1 weeks,
            proposalThreshold: 100_000e18,
            lateQuorumExtension: 1 days
        });
    }

    /// @dev A call that sets the burn share to `bps`, whatever the number of slots.
    function burnCall(uint16 bps) internal pure returns (bytes memory) {
        IBurnTable.Step[] memory steps = new IBurnTable.Step[](1);
        steps[0].bps = bps;
        return abi.encodeCall(IBurnTable.set, (steps));
    }

    function propose(address target, bytes memory data) internal returns (uint256 proposalId) {
        vm.prank(minnow);
        return governor.propose(list(target), new uint256[](1), list(data), "why");
    }

    function vote(address by, uint256 proposalId, uint8 support) internal {
        vm.prank(by);
        governor.castVote(proposalId, support);
    }

    function queue(address target, bytes memory data) internal {
        vm.prank(stranger);
        governor.queue(list(target), new uint256[](1), list(data), keccak256("why"));
    }

    function run(address target, bytes memory data) internal {
        vm.prank(stranger);
        governor.execute(list(target), new uint256[](1), list(data), keccak256("why"));
    }

    /// @dev The whole way, up to the moment at which the call may run.
    function decide(address target, bytes memory data) internal {
        uint256 proposalId = propose(target, data);
        skip(1 days + 1);
        vote(whale, proposalId, FOR);
        skip(1 weeks);
        queue(target, data);
        skip(MIN_DELAY);
    }

    function list(address target) internal pure returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = target;
    }

    function list(bytes memory data) internal pure returns (bytes[] memory datas) {
        datas = new bytes[](1);
        datas[0] = data;
    }
}
