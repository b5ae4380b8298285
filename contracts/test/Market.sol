// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leases} from "../src/Leases.sol";
import {Machines} from "../src/Machines.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IStakes} from "../src/interfaces/IStakes.sol";
import {Test} from "./Test.sol";

/// @title Market
/// @notice Those who rent and are rented from, and what they do all day, on whichever ledger a test has deployed: {Core}
/// with fakes around it, or the whole {Ledger}.
abstract contract Market is Test {
    uint256 internal constant UNBONDING_PERIOD = 14 days;
    uint256 internal constant EPOCH_SECONDS = 1 days;
    uint16 internal constant BURN_BPS = 500;
    /// @dev 0.05 US dollars a token and 0.36 US dollars a slot-hour: 0.002 tokens a second for each slot.
    uint64 internal constant USD_PER_TOKEN = 50_000;
    uint32 internal constant USD_PER_SLOT_HOUR = 360_000;
    uint128 internal constant RATE_PER_SLOT = 2e15;
    /// @dev What Leases takes for "no price of its own".
    uint32 internal constant LIST_PRICE = type(uint32).max;

    address internal immutable guardian = account("guardian");
    address internal immutable owner = account("owner");
    address internal immutable key = account("key");
    address internal immutable renter = account("renter");
    address internal immutable stranger = account("stranger");

    Token internal token;
    Stakes internal stakes;
    Machines internal machines;
    Leases internal leases;

    /// @dev Who was given the genesis supply.
    function bank() internal view virtual returns (address);

    /// @dev Has the machine pass an audit that measures `aClass(slots)`.
    function classify(uint256 machineId, uint8 slots) internal virtual;

    function fund(address to, uint256 amount) internal {
        vm.prank(bank());
        token.transfer(to, amount);
    }

    function stake(address from, uint256 amount) internal {
        vm.prank(from);
        token.approve(address(stakes), amount);
        vm.prank(from);
        stakes.deposit(amount);
    }

    function anOffer() internal pure returns (IMachines.Offer memory) {
        return IMachines.Offer({
            usdPerSlotHour: USD_PER_SLOT_HOUR,
            preemptibleUsdPerSlotHour: 0,
            minSeconds: 60,
            maxSeconds: 30 days,
            tier: 1,
            preemptible: false,
            weekHours: 0,
            utcOffset: 0
        });
    }

    /// @dev The offer of above, and half its price for who may be pushed out.
    function aPreemptibleOffer() internal pure returns (IMachines.Offer memory offer) {
        offer = anOffer();
        offer.preemptible = true;
        offer.preemptibleUsdPerSlotHour = USD_PER_SLOT_HOUR / 2;
    }

    function aRegistration(address machineKey, uint8 slots) internal pure returns (IMachines.Registration memory) {
        return IMachines.Registration({
            key: machineKey,
            slots: slots,
            offer: anOffer(),
            endpoint: "/ip4/127.0.0.1/tcp/4001",
            claim: '{"gpu":"none"}'
        });
    }

    function aClass(uint8 slots) internal pure returns (IMachines.Class memory) {
        return IMachines.Class({kind: 1, computeBand: 70, memoryBand: 66, slots: slots});
    }

    /// @dev The signature with which the machine key of `name` agrees to sign for `by`'s machine.
    function keySignature(string memory name, address by) internal view returns (bytes memory) {
        (, string memory domain, string memory version, uint256 chainId, address verifying,,) = machines.eip712Domain();
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(domain)),
                keccak256(bytes(version)),
                chainId,
                verifying
            )
        );
        bytes32 message = keccak256(
            abi.encode(keccak256("MachineKey(address owner,uint256 nonce)"), by, machines.keyNonce(account(name)))
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(privateKeyOf(name), keccak256(abi.encodePacked("\x19\x01", separator, message)));
        return abi.encodePacked(r, s, v);
    }

    /// @dev The signature with which the account of `name` lets `spender` take `value` until now.
    function permit(string memory name, address spender, uint256 value)
        internal
        view
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                account(name),
                spender,
                value,
                token.nonces(account(name)),
                time
            )
        );
        return vm.sign(privateKeyOf(name), keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message)));
    }

    /// @dev A machine of `owner` with the key of `key`, that has no class yet.
    function register(uint8 slots) internal returns (uint256 machineId) {
        return register("owner", "key", slots);
    }

    function register(string memory ownerName, string memory keyName, uint8 slots)
        internal
        returns (uint256 machineId)
    {
        address by = account(ownerName);
        uint256 amount = slots * machines.STAKE_PER_SLOT();
        fund(by, amount);
        stake(by, amount);
        bytes memory signature = keySignature(keyName, by);
        vm.prank(by);
        return machines.register(aRegistration(account(keyName), slots), signature);
    }

    /// @dev A machine of `owner` that has just passed its audit.
    function registerAudited(uint8 slots) internal returns (uint256 machineId) {
        machineId = register(slots);
        classify(machineId, slots);
    }

    function setOffer(uint256 machineId, IMachines.Offer memory offer) internal {
        vm.prank(machines.ownerOf(machineId));
        machines.setOffer(machineId, offer);
    }

    function beat(uint256 machineId) internal {
        (, address by) = machines.ownerAndKey(machineId);
        vm.prank(by);
        machines.heartbeat(machineId);
    }

    function anOrder(uint256 machineId, uint64 slots, uint32 duration) internal view returns (ILeases.Order memory) {
        return ILeases.Order({
            machineId: machineId,
            slots: slots,
            duration: duration,
            preemptible: false,
            operatorId: 0,
            feeBps: 0,
            offerHash: machines.offerHash(machineId),
            maxRate: type(uint128).max,
            workloadDigest: keccak256("workload")
        });
    }

    function aPreemptibleOrder(uint256 machineId, uint64 slots, uint32 duration)
        internal
        view
        returns (ILeases.Order memory order)
    {
        order = anOrder(machineId, slots, duration);
        order.preemptible = true;
    }

    /// @dev Funds `by` with `escrow` and lets Leases take it.
    function allow(address by, uint256 escrow) internal {
        fund(by, escrow);
        vm.prank(by);
        token.approve(address(leases), escrow);
    }

    /// @dev Funds `renter` with just the escrow, lets Leases take it, and opens.
    function open(uint256 machineId, uint64 slots, uint32 duration) internal returns (uint256 leaseId) {
        return open(anOrder(machineId, slots, duration));
    }

    function open(ILeases.Order memory order) internal returns (uint256 leaseId) {
        uint256 rate = leases.quote(order.machineId, order.slots, order.preemptible);
        uint256 withFee = (rate * 10_000 + 10_000 - order.feeBps - 1) / (10_000 - order.feeBps);
        allow(renter, withFee * order.duration);
        vm.prank(renter);
        return leases.open(order);
    }

    function start(uint256 leaseId) internal {
        (, address by) = machines.ownerAndKey(leases.lease(leaseId).machineId);
        vm.prank(by);
        leases.start(leaseId);
    }

    /// @dev A slash of which only a renter is paid, if anybody.
    function aSplit(address renter_, uint96 claim) internal pure returns (IStakes.Split memory) {
        return IStakes.Split(renter_, claim, address(0), new address[](0));
    }

    /// @dev What waits in the purse of `account_`.
    function purse(address account_) internal view returns (uint256 amount) {
        (, amount) = leases.purseOf(leases.purseNumber(account_));
    }
}
