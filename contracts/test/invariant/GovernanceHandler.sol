// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBurnTable} from "../../src/interfaces/IBurnTable.sol";
import {IClassTable} from "../../src/interfaces/IClassTable.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IPrices} from "../../src/interfaces/IPrices.sol";
import {WholeWorld} from "./WholeWorld.sol";

/// @title GovernanceHandler
/// @notice Votes that change what may be changed and try what may not, the guardian's pauses, reporters who post and fall
/// silent, and all the while leases that keep the terms they were opened with and money that comes out.
contract GovernanceHandler is WholeWorld {
    address private immutable whale = account("whale");
    uint256[] private open_;
    mapping(uint256 leaseId => uint256) private burnBpsOf;
    /// @dev Kappa of epochs as it was while they ran.
    mapping(uint256 epoch => uint256) private kappaSeen;
    uint256[] private seenEpochs;
    /// @dev What a vote should have made of the parameters.
    uint16 private tableBps = BURN_BPS;
    bytes32 private classes;
    /// @dev What is voted on: the burn share of a table whose steps are all the same, the hash of a class table.
    uint16 private votedBps;
    bytes32 private votedClasses;
    uint256 private kappa = 8000;
    uint256 private votingDelay = 1 days;
    uint256[2] private pausedAt;
    uint256 private proposals;

    constructor() {
        parties.push(whale);
        fund(whale, 100_000_000e18);
        vm.prank(whale);
        token.delegate(whale);
        fund(stranger, 1e24);
        vm.prank(stranger);
        token.approve(address(orders), type(uint256).max);
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.preemptibleUsdPerSlotHour = 0;
        setOffer(1, offer);
        classes = keccak256(abi.encode(classTable.rows()));
        skip(1);
    }

    /// @dev A vote from the proposal to the end, with every shortcut tried on the way (I28).
    function decide(uint256 seed) external seeded(seed) {
        (address target, bytes memory call, bool inBounds) = aChange();
        bytes memory why = abi.encodePacked("proposal ", vm.toString(++proposals));
        (address[] memory to, bytes[] memory data) = (new address[](1), new bytes[](1));
        (to[0], data[0]) = (target, call);
        refused(
            [stranger, whale, guardian, bank(), address(governor)][draw(5)], target, call, "I28: changed without a vote"
        );
        vm.prank(whale);
        uint256 proposalId = governor.propose(to, new uint256[](1), data, string(why));
        bytes memory queue = abi.encodeCall(governor.queue, (to, new uint256[](1), data, keccak256(why)));
        bytes memory run = abi.encodeCall(governor.execute, (to, new uint256[](1), data, keccak256(why)));
        refused(stranger, address(governor), run, "I28: executed before the vote");
        skip(governor.votingDelay() + 1);
        vm.prank(whale);
        governor.castVote(proposalId, 1);
        refused(stranger, address(governor), queue, "I28: queued while it is voted on");
        skip(7 days);
        done(stranger, address(governor), queue);
        uint256 delay = draw(TIMELOCK_DELAY);
        skip(delay);
        refused(stranger, address(governor), run, "I28: executed without the delay");
        skip(TIMELOCK_DELAY - delay);
        noteKappa();
        if (inBounds) done(stranger, address(governor), run);
        else refused(stranger, address(governor), run, "I28: a parameter is set out of its bounds");
        if (inBounds) noteChange(target, call);
        refused(stranger, address(governor), run, "I28: a proposal runs twice");
    }

    function pause(uint256 seed) external seeded(seed) {
        uint256 which = draw(2);
        address target = which == 0 ? address(leases) : address(rewards);
        uint256 until = time + 1 + draw(chance(80) ? 7 days : 30 days);
        bytes memory call = abi.encodeCall(leases.pause, (until));
        refused([stranger, whale, bank(), address(timelock)][draw(4)], target, call, "I29: paused by another");
        bool may = until <= time + 7 days && (pausedAt[which] == 0 || time >= pausedAt[which] + 30 days);
        if (!may) {
            refused(guardian, target, call, "I29: paused for too long or too often");
            return;
        }
        done(guardian, target, call);
        pausedAt[which] = time;
    }

    function rent(uint256 seed) external seeded(seed) {
        uint256 machineId = 1 + draw(MACHINES);
        if (time < leases.pausedUntil()) return;
        mend(machineId);
        leases.refreshBurnShare();
        uint64 slots = uint64(1 + draw((1 << machineId) - 1)) & ~leases.busySlots(machineId);
        if (slots == 0) return;
        uint256 leaseId = open(anOrder(machineId, slots, uint32(1 hours + draw(20 days))));
        start(leaseId);
        burnBpsOf[leaseId] = tableBps;
        open_.push(leaseId);
    }

    /// @dev At any time, price or no price, pause or none: money that is somebody's comes to him (I25, I29).
    function takeMoneyOut(uint256 seed) external seeded(seed) {
        if (open_.length > 0) settleOne(draw(open_.length), chance(30));
        for (uint24 purse = 1; purse <= MACHINES; ++purse) {
            (, uint256 amount) = leases.purseOf(purse);
            if (amount > 0) leases.withdraw(purse);
        }
        burnPending();
        sweep();
        uint256 amount_ = 1 + draw(1e18);
        stake(stranger, amount_);
        vm.prank(stranger);
        stakes.withdraw(amount_);
        vm.prank(stranger);
        orders.deposit(amount_);
        vm.prank(stranger);
        orders.withdraw(amount_);
        rewards.claim(1 + draw(MACHINES), new uint256[](0));
        rewards.roll(draw(3));
        vm.prank(address(faults));
        machines.slash(1 + draw(MACHINES), draw(1e18), aSplit(renter, uint96(draw(1e18))));
    }

    /// @dev Who runs on a stale price, and who may not begin (I25).
    function letPriceGoStale(uint256 seed) external seeded(seed) {
        (, uint256 freshUntil) = prices.latest();
        if (time <= freshUntil) skip(freshUntil + 1 - time);
        if (time < leases.pausedUntil()) return;
        uint256 machineId = 1 + draw(MACHINES);
        (, uint40 classUntil) = machines.pointsOf(machineId);
        (IMachines.State state,) = machines.stateOf(machineId);
        if (time >= classUntil || state != IMachines.State.Online) return;
        beat(machineId);
        ILeases.Order memory order = anOrder(machineId, 1, 1 hours);
        bytes memory call = abi.encodeCall(leases.open, (order));
        if (leases.busySlots(machineId) & 1 == 0) {
            vm.prank(renter);
            (bool ok, bytes memory reason) = address(leases).call(call);
            bytes memory stale = abi.encodeWithSignature("Prices_Stale(uint256)", freshUntil);
            vm.assertTrue(!ok && keccak256(reason) == keccak256(stale), "I25: leased at a price that is stale");
            order.preemptible = true;
            // At no price there is nothing to be stale.
            if (machineId == 1) {
                vm.prank(renter);
                uint256 leaseId = leases.open(order);
                vm.prank(renter);
                leases.close(leaseId);
            }
        }
        if (open_.length > 0) extendOne(open_[draw(open_.length)]);
    }

    /// @dev A fifth an interval, ten intervals at most, by a majority.
    function movePrice(uint256 seed) external seeded(seed) {
        // Past an interval, so that the price posted is what the next is held to.
        skip(10 minutes + draw(3 hours));
        (uint256 now_,) = prices.latest();
        postPrice(uint64(now_ * (81 + draw(38)) / 100 + 1));
        (uint256 anchor,) = prices.latest();
        skip(1);
        uint64 wild = uint64(chance(50) ? anchor * 122 / 100 + 2 : anchor * 78 / 100);
        IPrices.Observation[] memory one = new IPrices.Observation[](1);
        one[0] = observation("reporter 1", uint64(anchor), uint40(time));
        refused(stranger, address(prices), abi.encodeCall(prices.post, (one)), "I25: one reporter sets the price");
        (bool ok,) = address(this).call(abi.encodeCall(this.postWild, (wild)));
        vm.assertTrue(!ok, "I25: the price jumps");
    }

    /// @dev For itself, so that a revert can be seen.
    function postWild(uint64 usdPerToken) external {
        require(msg.sender == address(this));
        postPrice(usdPerToken);
    }

    function wait(uint256 seed) external seeded(seed) {
        skip(1 + draw(3 days));
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        IBurnTable.Step[] memory steps = burnTable.steps();
        vm.assertEq(burnTable.shareFor(0), tableBps, "I28: the burn table is not what was voted");
        for (uint256 i = 0; i < steps.length; ++i) {
            vm.assertTrue(steps[i].bps >= 100 && steps[i].bps <= 5000, "I28: a burn share is out of its bounds");
        }
        vm.assertEq(keccak256(abi.encode(classTable.rows())), classes, "I28: the class table is not what was voted");
        uint256 epoch = time / EPOCH_SECONDS;
        uint256 next = rewards.kappaOf(epoch + 1);
        for (uint256 i = 0; i < seenEpochs.length; ++i) {
            uint256 seen = seenEpochs[i];
            vm.assertEq(rewards.kappaOf(seen), kappaSeen[seen], "I28: kappa reaches back");
        }
        vm.assertEq(next, kappa, "I28: kappa is not what was voted");
        vm.assertEq(governor.votingDelay(), votingDelay, "I28: the voting delay is not what was voted");
        for (uint256 i = 0; i < open_.length; ++i) {
            ILeases.Lease memory lease = leases.lease(open_[i]);
            vm.assertEq(lease.burnBps, burnBpsOf[open_[i]], "I28: the burn share of an open lease changed");
        }
    }

    function aChange() private returns (address target, bytes memory call, bool inBounds) {
        uint256 kind = draw(5);
        inBounds = chance(70);
        if (kind == 0) {
            IBurnTable.Step[] memory steps = new IBurnTable.Step[](1 + draw(3));
            votedBps = inBounds ? uint16(100 + draw(4901)) : 5001;
            for (uint256 i = 0; i < steps.length; ++i) {
                steps[i] = IBurnTable.Step(uint32(i * 100), votedBps);
            }
            return (address(burnTable), abi.encodeCall(burnTable.set, (steps)), inBounds);
        }
        if (kind == 1) {
            uint256 bps = inBounds ? 1000 + draw(8001) : chance(50) ? draw(1000) : 9001 + draw(5000);
            return (address(rewards), abi.encodeCall(rewards.setKappa, (bps)), inBounds);
        }
        if (kind == 2) {
            uint48 delay = uint48(inBounds ? draw(3 days) : 30 days + 1 + draw(1e6));
            return (address(governor), abi.encodeCall(governor.setVotingDelay, (delay)), inBounds);
        }
        if (kind == 3) {
            IClassTable.Row[] memory rows = new IClassTable.Row[](1 + draw(32));
            for (uint256 i = 0; i < rows.length; ++i) {
                rows[i] = IClassTable.Row(bytes16(uint128(i + 1)), uint8(draw(2)), 0, 9, 0, uint32(1 + i), false);
            }
            if (!inBounds) rows[draw(rows.length)].pointsPerSlot = chance(50) ? 0 : (1 << 24) + 1;
            votedClasses = keccak256(abi.encode(rows));
            return (address(classTable), abi.encodeCall(classTable.set, (rows)), inBounds);
        }
        uint32 period = uint32(inBounds ? 7 days : chance(50) ? 0 : 60 days + 1 + draw(1e6));
        return (address(governor), abi.encodeCall(governor.setVotingPeriod, (period)), inBounds);
    }

    /// @dev Before it may change.
    function noteKappa() private {
        uint256 epoch = time / EPOCH_SECONDS;
        if (kappaSeen[epoch] != 0) return;
        kappaSeen[epoch] = rewards.kappaOf(epoch);
        seenEpochs.push(epoch);
    }

    function noteChange(address target, bytes memory call) private {
        if (target == address(burnTable)) {
            tableBps = votedBps;
        } else if (target == address(classTable)) {
            classes = votedClasses;
        } else if (target == address(rewards)) {
            kappa = wordOf(call);
            uint256 epoch = time / EPOCH_SECONDS;
            vm.assertTrue(
                kappaSeen[epoch] == 0 || rewards.kappaOf(epoch) == kappaSeen[epoch], "I28: kappa reaches back"
            );
        } else if (bytes4(call) == governor.setVotingDelay.selector) {
            votingDelay = wordOf(call);
        }
    }

    function settleOne(uint256 index, bool close_) private {
        uint256 leaseId = open_[index];
        ILeases.Lease memory before = leases.lease(leaseId);
        (uint256 fire, uint256 held) = (leases.totalBurnt(), token.balanceOf(before.renter));
        if (close_ && before.state != ILeases.State.Closed) {
            vm.prank(renter);
            leases.close(leaseId);
        } else {
            leases.settle(leaseId);
        }
        uint256 refund = token.balanceOf(before.renter) - held;
        uint256 gross = before.escrow - leases.lease(leaseId).escrow - refund;
        vm.assertEq(
            leases.totalBurnt() - fire,
            (gross * burnBpsOf[leaseId] + 9999) / 10_000,
            "I28: an open lease burns by another share than it was opened with"
        );
        if (leases.lease(leaseId).state != ILeases.State.Closed) return;
        open_[index] = open_[open_.length - 1];
        open_.pop();
    }

    function extendOne(uint256 leaseId) private {
        ILeases.Lease memory lease = leases.lease(leaseId);
        if (lease.state != ILeases.State.Running || lease.paidUntil + 60 > lease.latestEnd) return;
        allow(renter, lease.rate * 60);
        vm.prank(renter);
        leases.extend(leaseId, 60);
    }

    function wordOf(bytes memory data) private pure returns (uint256 word) {
        assembly {
            word := mload(add(data, 36))
        }
    }
}
