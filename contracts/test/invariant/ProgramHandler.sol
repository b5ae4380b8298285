// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {FakeHook} from "../fake/FakeHook.sol";
import {FakeToken} from "../fake/FakeToken.sol";
import {WholeWorld} from "./WholeWorld.sol";

/// @title ProgramHandler
/// @notice Two honest programmes, and two whose token and hook do what they can against the ledger. Whatever they do, the
/// machines go on being rented, audited, slashed and paid (I27): no action here may revert for them.
contract ProgramHandler is WholeWorld {
    uint256 private constant PROGRAMS = 4;
    uint256 private constant EPOCHS = 8;
    uint128 private constant PER_EPOCH = 1000e18;
    uint128 private constant MAX_PER_BURNT = 2e18;
    /// @dev What a call may use beside the hook's answer.
    uint256 private constant JOIN_GAS = 600_000;

    address private immutable sponsor = account("sponsor");
    FakeToken private honest = new FakeToken();
    FakeToken private hostile = new FakeToken();
    FakeHook private hook = new FakeHook();
    uint256 private immutable FROM = time / EPOCH_SECONDS + 1;
    uint256[2][] private fires;
    uint256[] private open_;
    mapping(uint256 machineId => mapping(uint256 epoch => uint256)) private burntBy;
    mapping(uint256 programId => uint256) private paid;
    mapping(uint256 machineId => mapping(uint256 epoch => uint256)) private paidForWork;

    constructor() {
        create(honest, IPrograms.Fact.Availability, address(0));
        create(honest, IPrograms.Fact.Work, address(0));
        create(hostile, IPrograms.Fact.Availability, address(hook));
        create(hostile, IPrograms.Fact.Work, address(hook));
    }

    function join(uint256 seed) external seeded(seed) {
        (uint256 programId, uint256 machineId) = (1 + draw(PROGRAMS), 1 + draw(MACHINES));
        if (isMember(programId, machineId) || time / EPOCH_SECONDS + 1 >= FROM + EPOCHS) return;
        uint256 gas = gasleft();
        vm.prank(ownerOf(machineId));
        (bool done,) = address(programs).call(abi.encodeCall(programs.join, (programId, machineId)));
        vm.assertLe(gas - gasleft(), JOIN_GAS + 100_000, "I27: a hook burns more than its gas");
        vm.assertTrue(done || programId > 2, "I27: an honest programme does not let a machine in");
        // Of an answer that is too long, the first word counts.
        bool isYes = hook.answer() == FakeHook.Answer.Yes || hook.answer() == FakeHook.Answer.Bomb;
        vm.assertTrue(!done || programId < 3 || isYes, "I27: a no is taken for a yes");
        vm.assertEq(hook.writes(), 0, "I27: a hook can write");
    }

    function leave(uint256 seed) external seeded(seed) {
        (uint256 programId, uint256 machineId) = (1 + draw(PROGRAMS), 1 + draw(MACHINES));
        if (!isMember(programId, machineId)) return;
        vm.prank(account(keyName(machineId)));
        programs.leave(programId, machineId);
    }

    function sync(uint256 seed) external seeded(seed) {
        (uint256 programId, uint256 machineId) = (1 + draw(PROGRAMS), 1 + draw(MACHINES));
        programs.roll(programId, draw(4));
        if (isMember(programId, machineId)) programs.sync(programId, machineId);
    }

    /// @dev A hostile token may refuse its own claims, and no others.
    function claim(uint256 seed) external seeded(seed) {
        (uint256 programId, uint256 machineId) = (1 + draw(PROGRAMS), 1 + draw(MACHINES));
        programs.roll(programId, EPOCHS);
        uint256[] memory epochs = new uint256[](0);
        if (fires.length > 0) {
            uint256[2] memory fire = fires[fires.length - 1 - draw(chance(70) && fires.length > 3 ? 3 : fires.length)];
            if (programs.nextEpochOf(programId) <= fire[1]) return;
            epochs = new uint256[](1);
            (machineId, epochs[0]) = (chance(90) ? fire[0] : machineId, fire[1]);
        }
        uint256 budget = programs.budgetOf(programId);
        uint256 standing = programs.memberOf(programId, machineId).owed;
        (bool done,) = address(programs).call(abi.encodeCall(programs.claim, (programId, machineId, epochs)));
        vm.assertTrue(done || programId > 2, "I27: an honest programme does not pay");
        if (!done) return;
        uint256 amount = budget - programs.budgetOf(programId);
        paid[programId] += amount;
        if (programId != 2 || epochs.length == 0) return;
        vm.assertEq(standing, 0, "I23: an honest programme kept what it owed");
        paidForWork[machineId][epochs[0]] += amount;
        vm.assertLe(
            paidForWork[machineId][epochs[0]] * 1e18,
            burntBy[machineId][epochs[0]] * MAX_PER_BURNT,
            "I24: a programme pays more for what was burnt than it says"
        );
    }

    /// @dev Of what hook and token do to whoever calls them.
    function turnHostile(uint256 seed) external seeded(seed) {
        hook.set(FakeHook.Answer(draw(9)));
        uint256 how = draw(4);
        hostile.setFee(how == 1 ? 5000 : 0);
        address target = how == 2 ? address(programs) : how == 3 ? address(leases) : address(0);
        hostile.setCall(
            target, how == 2 ? abi.encodeCall(programs.claim, (3, 1, new uint256[](0))) : abi.encodePacked("nonsense")
        );
    }

    function rent(uint256 seed) external seeded(seed) {
        uint256 machineId = 1 + draw(MACHINES);
        mend(machineId);
        uint64 slots = uint64(1 + draw((1 << machineId) - 1)) & ~leases.busySlots(machineId);
        if (slots == 0) return;
        uint256 leaseId = open(anOrder(machineId, slots, uint32(60 + draw(3 days))));
        start(leaseId);
        open_.push(leaseId);
    }

    function settle(uint256 seed) external seeded(seed) {
        if (open_.length == 0) return;
        uint256 index = draw(open_.length);
        ILeases.Lease memory lease = leases.lease(open_[index]);
        uint256 before = leases.totalBurnt();
        leases.settle(open_[index]);
        uint256 fire = leases.totalBurnt() - before;
        uint256 epoch = time / EPOCH_SECONDS;
        if (fire > 0 && burntBy[lease.machineId][epoch] == 0) fires.push([lease.machineId, epoch]);
        burntBy[lease.machineId][epoch] += fire;
        if (leases.lease(open_[index]).state != ILeases.State.Closed) return;
        open_[index] = open_[open_.length - 1];
        open_.pop();
    }

    function reaudit(uint256 seed) external seeded(seed) {
        uint256 machineId = 1 + draw(MACHINES);
        uint16 band = uint16(50 + draw(40));
        audit(machineId, chance(75) ? passing(IMachines.Class(1, band, band, uint8(machineId))) : failing());
    }

    function slash(uint256 seed) external seeded(seed) {
        vm.prank(address(audits));
        machines.slash(1 + draw(MACHINES), draw(1e20), aSplit(renter, uint96(draw(1e20))));
    }

    function claimRewards(uint256 seed) external seeded(seed) {
        rewards.claim(1 + draw(MACHINES), new uint256[](0));
    }

    function reclaim(uint256 seed) external seeded(seed) {
        uint256 programId = 1 + draw(PROGRAMS);
        bool isOver = time / EPOCH_SECONDS >= FROM + EPOCHS + 90 days / EPOCH_SECONDS;
        vm.prank(sponsor);
        (bool done,) = address(programs).call(abi.encodeCall(programs.reclaim, (programId)));
        vm.assertTrue(!done || isOver, "I23: a sponsor takes what machines can still claim");
    }

    function wait(uint256 seed) external seeded(seed) {
        skip(1 + draw(chance(90) ? 2 days : 30 days));
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        uint256 begun = time / EPOCH_SECONDS < FROM ? 0 : time / EPOCH_SECONDS - FROM;
        if (begun > EPOCHS) begun = EPOCHS;
        for (uint256 id = 1; id <= PROGRAMS; ++id) {
            vm.assertLe(paid[id], begun * PER_EPOCH, "I3: a programme pays faster than its schedule");
        }
        vm.assertLe(
            programs.budgetOf(1) + programs.budgetOf(2),
            honest.balanceOf(address(programs)),
            "I2: the budgets of honest programmes are not there"
        );
        vm.assertLe(
            programs.budgetOf(3) + programs.budgetOf(4),
            hostile.balanceOf(address(programs)),
            "I2: the budgets of hostile programmes are not there"
        );
        vm.assertEq(programs.program(PROGRAMS + 1).sponsor, address(0), "I30: a programme that never was");
    }

    function create(FakeToken paidIn, IPrograms.Fact fact, address hook_) private {
        paidIn.mint(sponsor, PER_EPOCH * EPOCHS);
        vm.prank(sponsor);
        paidIn.approve(address(programs), type(uint256).max);
        IPrograms.Program memory terms = IPrograms.Program({
            sponsor: address(0),
            token: IERC20(address(paidIn)),
            fact: fact,
            fromEpoch: uint32(FROM),
            untilEpoch: uint32(FROM + EPOCHS),
            perEpoch: PER_EPOCH,
            maxPerBurnt: MAX_PER_BURNT,
            hook: hook_,
            name: "Fake"
        });
        vm.prank(sponsor);
        programs.create(terms);
    }

    function isMember(uint256 programId, uint256 machineId) private view returns (bool) {
        return programs.memberOf(programId, machineId).until == type(uint32).max;
    }
}
