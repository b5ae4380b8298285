// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Slots} from "../../src/libraries/Slots.sol";
import {FakeOrdersMachines} from "./FakeOrdersMachines.sol";

/// @title FakeOrdersLeases
/// @notice What Orders asks of Leases: it takes the escrow and keeps the slots, and writes down how it was called. One
/// millionth of a US dollar an hour for a slot is one token unit a second here.
contract FakeOrdersLeases {
    using Slots for Slots.Holds;
    using Slots for uint64;

    struct Call {
        address renter;
        address payer;
        uint32 usdPerSlotHour;
        uint40 heldUntil;
        uint256 escrow;
        ILeases.Order order;
    }

    error OfferChanged();
    error RateTooHigh(uint256 rate);
    error SlotsBusy(uint64 busy);

    uint256 public pausedUntil;
    uint256 public count;
    IERC20 private immutable _token;
    FakeOrdersMachines private immutable _machines;
    mapping(uint256 machineId => Slots.Holds) private _holds;
    mapping(uint256 leaseId => Call) private _calls;

    constructor(IERC20 token, FakeOrdersMachines machines) {
        _token = token;
        _machines = machines;
    }

    function setPausedUntil(uint256 until) external {
        pausedUntil = until;
    }

    function openFor(
        address renter,
        address payer,
        ILeases.Order calldata order,
        uint32 usdPerSlotHour,
        uint40 heldUntil
    ) external returns (uint256 leaseId) {
        if (heldUntil != 0) {
            _holds[order.machineId].move(order.slots, heldUntil, block.timestamp);
        }
        uint64 busy = busySlots(order.machineId, order.slots);
        if (busy != 0) revert SlotsBusy(busy);
        uint256 price = usdPerSlotHour;
        if (usdPerSlotHour == type(uint32).max) {
            if (order.offerHash != _machines.offerHash(order.machineId)) revert OfferChanged();
            price = order.preemptible
                ? _machines.machine(order.machineId).offer.preemptibleUsdPerSlotHour
                : _machines.machine(order.machineId).offer.usdPerSlotHour;
        }
        uint256 rate = price * order.slots.size();
        if (rate > order.maxRate) revert RateTooHigh(rate);

        leaseId = ++count;
        _holds[order.machineId].hold(order.slots, block.timestamp + order.duration);
        _calls[leaseId] = Call(renter, payer, usdPerSlotHour, heldUntil, rate * order.duration, order);
        _token.transferFrom(payer, address(this), rate * order.duration);
    }

    function hold(uint256 machineId, uint64 slots, uint40 until) external {
        uint64 busy = busySlots(machineId, slots);
        if (busy != 0) revert SlotsBusy(busy);
        _holds[machineId].hold(slots, until);
    }

    function call(uint256 leaseId) external view returns (Call memory) {
        return _calls[leaseId];
    }

    function busySlots(uint256 machineId, uint64 slots) public view returns (uint64) {
        return _holds[machineId].busy(slots);
    }
}
