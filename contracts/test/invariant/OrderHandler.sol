// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {WholeWorld} from "./WholeWorld.sol";

/// @title OrderHandler
/// @notice Orders, standing orders and quotes with nonces that come again, and after each what was signed once tried a second
/// time, from another chain and by another hand. It keeps its own account of nonces, deposits and bonds.
contract OrderHandler is WholeWorld {
    struct Held {
        IOrders.Quote quote;
        uint256 machineId;
        address holder;
        uint256 until;
    }

    uint256 private constant NONCES = 8;
    address private immutable other = account("other");
    mapping(address account => mapping(uint256 nonce => bool)) private isUsed;
    mapping(address account => uint256) private deposits;
    mapping(bytes32 hash => uint256) private filled;
    uint256[] private leaseIds;
    Held[] private helds;
    uint256 private bonds;

    constructor() {
        parties.push(other);
        address[2] memory renters = [renter, other];
        for (uint256 i = 0; i < 2; ++i) {
            fund(renters[i], 1e24);
            vm.prank(renters[i]);
            token.approve(address(leases), type(uint256).max);
            vm.prank(renters[i]);
            token.approve(address(orders), type(uint256).max);
        }
        mend(1);
    }

    function execute(uint256 seed) external seeded(seed) {
        string memory name = chance(50) ? "renter" : "other";
        address by = account(name);
        (uint256 machineId, uint64 slots) = someFree();
        if (slots == 0) return;
        IOrders.SignedOrder memory signed = IOrders.SignedOrder({
            order: anOrder(machineId, slots, uint32(60 + draw(2 hours))),
            renter: by,
            nonce: draw(NONCES),
            deadline: uint40(time - 5 + draw(100))
        });
        bytes memory call = abi.encodeCall(
            orders.execute, (signed, signDigest(name, orders.hashOrder(signed)), IOrders.Permit(0, 0, 0, 0, 0))
        );
        if (isUsed[by][signed.nonce] || signed.deadline < time) {
            refused(stranger, call, "I26: a nonce or a deadline is not kept");
            return;
        }
        tryForgeries(signed, name);
        uint256 before = token.balanceOf(by);
        done(stranger, call);
        isUsed[by][signed.nonce] = true;
        ILeases.Lease memory lease = leases.lease(leases.count());
        vm.assertEq(lease.renter, by, "I26: a lease for another than who signed");
        vm.assertEq(token.balanceOf(by), before - lease.escrow, "I26: another sum than the lease costs");
        leaseIds.push(leases.count());
        leases.close(closeNow());
        refused(stranger, call, "I26: an order is executed twice");
    }

    function fill(uint256 seed) external seeded(seed) {
        string memory name = chance(50) ? "renter" : "other";
        (uint256 machineId, uint64 slots) = someFree();
        if (slots == 0) return;
        IOrders.StandingOrder memory standing = aStanding(account(name), slots, machineId);
        bytes32 hash = orders.hashStanding(standing);
        bytes memory call = abi.encodeCall(orders.fill, (standing, signDigest(name, hash), machineId, slots));
        uint256 cost = uint256(leases.quote(machineId, slots, false)) * standing.duration;
        bool may = !isUsed[standing.renter][standing.nonce] && filled[hash] < standing.count
            && deposits[standing.renter] >= cost;
        if (!may) {
            refused(stranger, call, "I26: a standing order is filled beyond its terms");
            return;
        }
        bytes memory stolen = abi.encodeCall(orders.fill, (standing, signDigest("stranger", hash), machineId, slots));
        refused(stranger, stolen, "I26: filled by another's signature");
        done(stranger, call);
        deposits[standing.renter] -= cost;
        filled[hash] += 1;
        if (filled[hash] == standing.count) isUsed[standing.renter][standing.nonce] = true;
        vm.assertEq(orders.filled(hash), filled[hash], "I26: a standing order is counted wrongly");
        leaseIds.push(leases.count());
    }

    function hold(uint256 seed) external seeded(seed) {
        (uint256 machineId, uint64 slots) = someFree();
        if (slots == 0) return;
        IOrders.Quote memory quote = IOrders.Quote({
            machineId: machineId,
            slots: slots,
            tier: 1,
            usdPerSlotHour: uint32(1 + draw(USD_PER_SLOT_HOUR)),
            maxSeconds: 1 hours,
            renter: address(0),
            bond: uint96(draw(10e18)),
            nonce: draw(NONCES),
            deadline: uint40(time + 1 + draw(30 minutes))
        });
        string memory signer = chance(50) ? keyName(machineId) : ownerName(machineId);
        bytes memory call = abi.encodeCall(orders.hold, (quote, signDigest(signer, orders.hashQuote(quote))));
        if (isUsed[account(signer)][quote.nonce]) {
            refused(renter, call, "I26: a quote by a used nonce");
            return;
        }
        done(renter, call);
        isUsed[account(signer)][quote.nonce] = true;
        bonds += quote.bond;
        uint256 until = quote.deadline < time + 15 minutes ? quote.deadline : time + 15 minutes;
        helds.push(Held(quote, machineId, renter, until));
        refused(renter, call, "I26: a quote is held twice");
    }

    /// @dev By who held it and in his time, or not at all: nobody signed for another.
    function accept(uint256 seed) external seeded(seed) {
        if (helds.length == 0) return;
        uint256 index = draw(helds.length);
        Held memory held = helds[index];
        ILeases.Order memory order = anOrder(held.machineId, held.quote.slots, uint32(60 + draw(3000)));
        bytes memory call = abi.encodeCall(orders.accept, (held.quote, "", order));
        refused(other, call, "I26: a held quote is another's");
        if (time >= held.until) {
            refused(renter, call, "I26: a hold outlasts its time");
            return;
        }
        mend(held.machineId);
        done(renter, call);
        drop(index);
        leaseIds.push(leases.count());
        refused(renter, call, "I26: a quote is accepted twice");
        bytes memory lapse_ = abi.encodeCall(orders.lapse, (held.quote));
        refused(stranger, lapse_, "I26: a bond is paid out twice");
    }

    function lapse(uint256 seed) external seeded(seed) {
        if (helds.length == 0) return;
        uint256 index = draw(helds.length);
        Held memory held = helds[index];
        bytes memory call = abi.encodeCall(orders.lapse, (held.quote));
        if (time < held.until) {
            mend(held.machineId);
            refused(stranger, call, "I26: a bond is taken before its time");
            return;
        }
        uint256 before = token.balanceOf(ownerOf(held.machineId));
        done(stranger, call);
        vm.assertEq(
            token.balanceOf(ownerOf(held.machineId)), before + held.quote.bond, "I26: the bond is not the owner's"
        );
        drop(index);
        refused(stranger, call, "I26: a bond is paid out twice");
        // Owner and key can both have signed it: one quote all the same.
        bytes32 hash = orders.hashQuote(held.quote);
        call = abi.encodeCall(orders.hold, (held.quote, signDigest(ownerName(held.machineId), hash)));
        refused(renter, call, "I26: a quote is held again");
        call = abi.encodeCall(orders.hold, (held.quote, signDigest(keyName(held.machineId), hash)));
        refused(renter, call, "I26: a quote is held again");
    }

    function cancel(uint256 seed) external seeded(seed) {
        // Seldom, or no nonce would be left.
        if (chance(60)) return;
        address by = [renter, other, ownerOf(1), account(keyName(2))][draw(4)];
        uint256 nonce = draw(NONCES);
        vm.prank(by);
        orders.cancel(nonce);
        isUsed[by][nonce] = true;
    }

    function deposit(uint256 seed) external seeded(seed) {
        address by = chance(50) ? renter : other;
        uint256 amount = draw(200e18);
        vm.prank(by);
        orders.deposit(amount);
        deposits[by] += amount;
    }

    function withdraw(uint256 seed) external seeded(seed) {
        address by = chance(50) ? renter : other;
        refused(by, abi.encodeCall(orders.withdraw, (deposits[by] + 1)), "I2: more is withdrawn than was deposited");
        uint256 amount = draw(deposits[by] + 1);
        vm.prank(by);
        orders.withdraw(amount);
        deposits[by] -= amount;
    }

    function close(uint256 seed) external seeded(seed) {
        if (leaseIds.length > 0) leases.close(closeNow());
    }

    function wait(uint256 seed) external seeded(seed) {
        skip(1 + draw(chance(80) ? 10 minutes : 5 hours));
    }

    /// @notice What must hold after every action.
    function check() external {
        vm.warp(time);
        checkSupplyAndStake();
        vm.assertEq(
            token.balanceOf(address(orders)),
            deposits[renter] + deposits[other] + bonds,
            "I2: tokens held by Orders are not its deposits and bonds"
        );
        vm.assertEq(orders.depositOf(renter), deposits[renter], "I2: a deposit is not what was put in and spent");
        vm.assertEq(orders.depositOf(other), deposits[other], "I2: a deposit is not what was put in and spent");
        for (uint256 nonce = 0; nonce < NONCES; ++nonce) {
            vm.assertEq(orders.isUsed(renter, nonce), isUsed[renter][nonce], "I26: a nonce is used by nothing");
            vm.assertEq(orders.isUsed(other, nonce), isUsed[other][nonce], "I26: a nonce is used by nothing");
        }
    }

    function someFree() private returns (uint256 machineId, uint64 slots) {
        machineId = 2 + draw(2);
        mend(machineId);
        slots = uint64(1 + draw((1 << machineId) - 1)) & ~leases.busySlots(machineId);
    }

    /// @dev The renter closes the lease last opened, or any: its number, after the call is armed with his name.
    function closeNow() private returns (uint256 leaseId) {
        uint256 index = draw(leaseIds.length);
        leaseId = leaseIds[index];
        leaseIds[index] = leaseIds[leaseIds.length - 1];
        leaseIds.pop();
        vm.prank(leases.lease(leaseId).renter);
    }

    function aStanding(address by, uint64 slots, uint256 machineId)
        private
        returns (IOrders.StandingOrder memory standing)
    {
        standing.renter = by;
        standing.least = IMachines.Class(1, 70, 66, uint8(machineId));
        standing.maxUsdPerSlotHour = USD_PER_SLOT_HOUR;
        standing.maxRate = type(uint128).max;
        for (uint64 set = slots; set != 0; set &= set - 1) {
            ++standing.slotCount;
        }
        standing.duration = 1 hours;
        standing.count = uint16(1 + draw(2));
        standing.nonce = draw(NONCES);
        standing.deadline = type(uint40).max;
    }

    /// @dev The same order signed by another, for another chain, and for another contract.
    function tryForgeries(IOrders.SignedOrder memory signed, string memory name) private {
        bytes32 hash = orders.hashOrder(signed);
        tryOrder(signed, signDigest("stranger", hash), "I26: executed by another's signature");
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        bytes32 there = orders.hashOrder(signed);
        vm.chainId(here);
        tryOrder(signed, signDigest(name, there), "I26: a signature for another chain");
        signed.order.duration += 1;
        tryOrder(signed, signDigest(name, hash), "I26: another order than was signed");
        signed.order.duration -= 1;
    }

    function tryOrder(IOrders.SignedOrder memory signed, bytes memory signature, string memory what) private {
        refused(stranger, abi.encodeCall(orders.execute, (signed, signature, IOrders.Permit(0, 0, 0, 0, 0))), what);
    }

    function drop(uint256 index) private {
        bonds -= helds[index].quote.bond;
        helds[index] = helds[helds.length - 1];
        helds.pop();
    }

    function done(address by, bytes memory call) private {
        done(by, address(orders), call);
    }

    function refused(address by, bytes memory call, string memory what) private {
        refused(by, address(orders), call, what);
    }
}
