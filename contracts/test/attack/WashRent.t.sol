// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IRewards} from "../../src/interfaces/IRewards.sol";
import {Staffed} from "../Staffed.sol";

/// @title WashRentAttack
/// @notice Renting from oneself on the whole ledger, over many epochs and in every way that chance finds: at what price and for
/// how long, alone or among honest renters, on one machine or on three, with a cloud of one's own that takes a part back, idle
/// time for nothing, settled late or every hour. In no epoch and in no sum is his work paid what he burnt for it (I24), and all
/// that he has in the end is less than if he had done nothing.
/// forge-config: default.fuzz.runs = 48
contract WashRentAttack is Staffed {
    uint256 private constant EPOCHS = 12;
    uint256 private constant HONEST = 4;

    uint256 private random;
    uint24 private cloud;
    uint256[] private running;
    mapping(uint256 epoch => uint256) private burntIn;
    /// @dev What his machines were paid out.
    uint256 private claimed;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 1; i <= HONEST; ++i) {
            register(nameOf("owner", i), nameOf("key", i), 2);
            IMachines.Offer memory offer = aPreemptibleOffer();
            offer.preemptibleUsdPerSlotHour = 0;
            setOffer(i, offer);
            classify(i, 2);
        }
        vm.prank(account("cloud of his"));
        cloud = uint24(operators.register("His own", 2000));
        fund(renter, 5e26);
        vm.prank(renter);
        token.approve(address(leases), type(uint256).max);
    }

    function testFuzz_attack_washRent_losesInEveryEpochAndInSum(uint256 seed) public {
        random = seed;
        uint256 mine = 1 + draw(3);
        bool isAlone = draw(3) == 0;
        uint256 before = wealth(mine);
        uint256 credited = creditOfAll(mine);
        uint256 work;
        uint256 fire;
        for (uint256 i = 0; i < EPOCHS; ++i) {
            uint256 epoch = time / EPOCH_SECONDS;
            uint256 actions = 1 + draw(6);
            for (uint256 j = 0; j < actions; ++j) {
                act(mine);
                if (!isAlone && draw(3) == 0) rentHonestly();
            }
            if ((epoch + 1) * EPOCH_SECONDS > time) skip((epoch + 1) * EPOCH_SECONDS - time);
            for (; epoch < time / EPOCH_SECONDS; ++epoch) {
                uint256 paid = claim(mine, epoch);
                vm.assertTrue(paid < burntIn[epoch] || paid == 0, "I24: an epoch of renting from himself pays");
                (work, fire) = (work + paid, fire + burntIn[epoch]);
            }
        }
        for (uint256 i = running.length; i > 0; --i) {
            settle(i - 1, true);
        }
        fire += burntIn[time / EPOCH_SECONDS];
        vm.assertTrue(work < fire || fire == 0, "I24: renting from himself pays in sum");
        // Nothing else comes in, and of what does, renting brings less than it burns: without it he would be richer.
        credited = creditOfAll(mine) + claimed - credited;
        vm.assertEq(wealth(mine) + fire, before + credited, "wealth from nowhere");
        vm.assertTrue(wealth(mine) < before + credited - work || fire == 0, "richer by washing");
    }

    /// @dev One of his moves: rent, settle, close, extend, wait.
    function act(uint256 mine) private {
        uint256 kind = draw(8);
        if (kind < 3) rent(1 + draw(mine), true);
        else if (kind == 3 && running.length > 0) settle(draw(running.length), false);
        else if (kind == 4 && running.length > 0) settle(draw(running.length), true);
        else if (kind == 5 && running.length > 0) extend(running[draw(running.length)]);
        else if (kind == 6) reprice(1 + draw(mine));
        else skip(1 + draw(10 hours));
    }

    function rent(uint256 machineId, bool mayUseCloud) private {
        refresh(machineId);
        uint64 slots = uint64(1 + draw(3)) & ~leases.busySlots(machineId);
        if (slots == 0) return;
        ILeases.Order memory order = anOrder(machineId, slots, uint32(60 + draw(2 days)));
        order.preemptible = draw(5) == 0;
        if (mayUseCloud && draw(2) == 0) (order.operatorId, order.feeBps) = (cloud, uint16(draw(2001)));
        vm.prank(renter);
        uint256 leaseId = leases.open(order);
        start(leaseId);
        running.push(leaseId);
    }

    function rentHonestly() private {
        refresh(HONEST);
        if (leases.busySlots(HONEST) != 0) return;
        ILeases.Order memory order = anOrder(HONEST, 3, uint32(60 + draw(2 days)));
        address other = account("honest renter");
        allow(other, leases.quote(HONEST, 3, false) * order.duration);
        vm.prank(other);
        uint256 leaseId = leases.open(order);
        start(leaseId);
        skip(11 minutes);
        leases.settle(leaseId);
    }

    function reprice(uint256 machineId) private {
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.preemptibleUsdPerSlotHour = 0;
        // From a millionth of a dollar to more than empties the work pot.
        offer.usdPerSlotHour = uint32(1 + draw(10 ** (1 + draw(9))));
        setOffer(machineId, offer);
    }

    function settle(uint256 index, bool close) private {
        uint256 leaseId = running[index];
        ILeases.Lease memory lease = leases.lease(leaseId);
        uint256 before = leases.totalBurnt();
        if (close && lease.state != ILeases.State.Closed) {
            vm.prank(renter);
            leases.close(leaseId);
        } else {
            leases.settle(leaseId);
        }
        burntIn[time / EPOCH_SECONDS] += leases.totalBurnt() - before;
        if (leases.lease(leaseId).state != ILeases.State.Closed) return;
        running[index] = running[running.length - 1];
        running.pop();
    }

    function extend(uint256 leaseId) private {
        ILeases.Lease memory lease = leases.lease(leaseId);
        if (lease.state != ILeases.State.Running || lease.paidUntil + 1 hours > lease.latestEnd) return;
        vm.prank(renter);
        leases.extend(leaseId, 1 hours);
    }

    /// @dev What his machines are credited with for the work of an epoch.
    function claim(uint256 mine, uint256 epoch) private returns (uint256 work) {
        uint256[] memory epochs = new uint256[](1);
        epochs[0] = epoch;
        for (uint256 i = 1; i <= mine; ++i) {
            // First what they get for being there.
            rewards.sync(i);
            uint256 before = creditOf(i);
            uint256 amount = rewards.claim(i, epochs);
            // And again, as if it had not been.
            amount += rewards.claim(i, epochs);
            work += creditOf(i) + amount - before;
            claimed += amount;
        }
    }

    /// @dev All that is his: tokens, purses, escrow of his leases, rewards paid or not.
    function wealth(uint256 mine) private view returns (uint256 sum) {
        sum = token.balanceOf(renter) + purse(renter);
        sum += token.balanceOf(account("cloud of his")) + purse(account("cloud of his"));
        for (uint256 i = 1; i <= mine; ++i) {
            address by = account(nameOf("owner", i));
            sum += token.balanceOf(by) + purse(by);
        }
        sum += creditOfAll(mine);
        for (uint256 i = 0; i < running.length; ++i) {
            sum += leases.lease(running[i]).escrow;
        }
    }

    function creditOfAll(uint256 mine) private view returns (uint256 sum) {
        for (uint256 i = 1; i <= mine; ++i) {
            sum += creditOf(i);
        }
    }

    function creditOf(uint256 machineId) private view returns (uint256) {
        IRewards.Account memory standing = rewards.accountOf(machineId);
        return uint256(standing.unvested) + standing.claimable;
    }

    function nameOf(string memory what, uint256 i) private pure returns (string memory) {
        return string(abi.encodePacked(what, " ", bytes1(uint8(0x30 + i))));
    }

    function draw(uint256 choices) private returns (uint256) {
        random = uint256(keccak256(abi.encode(random)));
        return random % choices;
    }
}
