// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {Orders} from "../src/Orders.sol";
import {FakeOrdersLeases} from "./fake/FakeOrdersLeases.sol";
import {FakeOrdersMachines} from "./fake/FakeOrdersMachines.sol";
import {FakeVotes} from "./fake/FakeVotes.sol";
import {Test} from "./Test.sol";

/// @title OrdersWorld
/// @notice Orders between a fake Machines and a fake Leases, machine 1 that fits everything below, and helpers that sign.
abstract contract OrdersWorld is Test {
    uint256 internal constant MACHINE = 1;
    uint64 internal constant SLOTS = 0x3;
    uint32 internal constant LIST = type(uint32).max;
    uint32 internal constant PRICE = 300;
    uint32 internal constant PREEMPTIBLE_PRICE = 100;
    uint32 internal constant QUOTED = 200;
    uint32 internal constant DURATION = 1 hours;
    uint96 internal constant BOND = 5000;
    uint256 internal constant FUNDS = 100_000_000;

    address internal immutable owner = account("owner");
    address internal immutable key = account("key");
    address internal immutable renter = account("renter");
    address internal immutable other = account("other");
    address internal immutable stranger = account("stranger");

    FakeVotes internal token;
    FakeOrdersMachines internal machines;
    FakeOrdersLeases internal leases;
    Orders internal orders;
    bytes private refusal;

    function setUp() public virtual {
        vm.warp(time);
        token = new FakeVotes();
        machines = new FakeOrdersMachines();
        leases = new FakeOrdersLeases(token, machines);
        orders = new Orders(token, IMachines(address(machines)), ILeases(address(leases)));
        machines.setMachine(MACHINE, aMachine());
        fund(renter);
        fund(other);
    }

    /// @dev Tokens, and allowances for both contracts.
    function fund(address who) internal {
        token.mint(who, FUNDS);
        vm.prank(who);
        token.approve(address(orders), FUNDS);
        vm.prank(who);
        token.approve(address(leases), FUNDS);
    }

    function aMachine() internal view returns (IMachines.Machine memory machine) {
        machine.owner = owner;
        machine.key = key;
        machine.state = IMachines.State.Online;
        machine.class = IMachines.Class({kind: 1, computeBand: 20, memoryBand: 70, slots: 8});
        machine.offer.usdPerSlotHour = PRICE;
        machine.offer.preemptibleUsdPerSlotHour = PREEMPTIBLE_PRICE;
        machine.offer.preemptible = true;
        machine.offer.minSeconds = 60;
        machine.offer.maxSeconds = 30 days;
        machine.offer.tier = 2;
    }

    function anOrder() internal view returns (ILeases.Order memory) {
        return ILeases.Order({
            machineId: MACHINE,
            slots: SLOTS,
            duration: DURATION,
            preemptible: false,
            operatorId: 0,
            feeBps: 0,
            offerHash: machines.offerHash(MACHINE),
            maxRate: type(uint128).max,
            workloadDigest: keccak256("workload")
        });
    }

    function aSigned() internal view returns (IOrders.SignedOrder memory) {
        return IOrders.SignedOrder({order: anOrder(), renter: renter, nonce: 7, deadline: uint40(time + 1 days)});
    }

    function aStanding() internal view returns (IOrders.StandingOrder memory) {
        return IOrders.StandingOrder({
            renter: renter,
            least: IMachines.Class({kind: 1, computeBand: 20, memoryBand: 70, slots: 8}),
            leastTier: 2,
            preemptible: false,
            maxUsdPerSlotHour: PRICE,
            maxRate: type(uint128).max,
            slotCount: 2,
            duration: DURATION,
            count: 2,
            operatorId: 4,
            feeBps: 500,
            workloadDigest: keccak256("workload"),
            nonce: 8,
            deadline: uint40(time + 1 days)
        });
    }

    function aQuote() internal view returns (IOrders.Quote memory) {
        return IOrders.Quote({
            machineId: MACHINE,
            slots: SLOTS,
            tier: 2,
            usdPerSlotHour: QUOTED,
            maxSeconds: DURATION,
            renter: address(0),
            bond: BOND,
            nonce: 9,
            deadline: uint40(time + 30 minutes)
        });
    }

    function noPermit() internal pure returns (IOrders.Permit memory permit) {}

    function sign(string memory name, bytes32 hash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKeyOf(name), hash);
        return abi.encodePacked(r, s, v);
    }

    function execute(IOrders.SignedOrder memory signed) internal returns (uint256 leaseId) {
        bytes memory signature = sign("renter", orders.hashOrder(signed));
        arm();
        vm.prank(stranger);
        return orders.execute(signed, signature, noPermit());
    }

    function deposit(uint256 amount) internal {
        vm.prank(renter);
        orders.deposit(amount);
    }

    function fill(IOrders.StandingOrder memory standing, uint64 slots) internal returns (uint256 leaseId) {
        bytes memory signature = sign("renter", orders.hashStanding(standing));
        arm();
        vm.prank(stranger);
        return orders.fill(standing, signature, MACHINE, slots);
    }

    function hold(IOrders.Quote memory quote, address by) internal {
        bytes memory signature = sign("key", orders.hashQuote(quote));
        arm();
        vm.prank(by);
        orders.hold(quote, signature);
    }

    function accept(IOrders.Quote memory quote, address by) internal returns (uint256 leaseId) {
        return acceptWith(quote, anOrder(), by);
    }

    function acceptWith(IOrders.Quote memory quote, ILeases.Order memory order, address by)
        internal
        returns (uint256 leaseId)
    {
        bytes memory signature = sign("key", orders.hashQuote(quote));
        arm();
        vm.prank(by);
        return orders.accept(quote, signature, order);
    }

    function lapse(IOrders.Quote memory quote) internal {
        arm();
        vm.prank(stranger);
        orders.lapse(quote);
    }

    /// @dev Makes the next helper that calls Orders expect this error. Unlike `vm.expectRevert` it does not end at the calls
    /// with which the helper prepares its signature.
    function refuse(bytes memory reason) internal {
        refusal = reason;
    }

    function arm() internal {
        if (refusal.length > 0) vm.expectRevert(refusal);
        delete refusal;
    }

    function cancel(address by, uint256 nonce) internal {
        vm.prank(by);
        orders.cancel(nonce);
    }

    function escrowAt(uint256 price) internal pure returns (uint256) {
        return price * 2 * DURATION;
    }
}
