// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Audits} from "../src/Audits.sol";
import {Leases} from "../src/Leases.sol";
import {Machines} from "../src/Machines.sol";
import {Prices} from "../src/Prices.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {IAudits} from "../src/interfaces/IAudits.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {Test} from "./Test.sol";

/// @title Ledger
/// @notice The whole ledger, deployed as packages/chain deploys it: in this order from one account, each contract told
/// the addresses that the later ones will have. Three reporters, three verifiers, and helpers that speak for a party.
abstract contract Ledger is Test {
    uint256 internal constant UNBONDING_PERIOD = 14 days;
    uint16 internal constant BURN_BPS = 500;
    /// @dev 0.05 US dollars a token and 0.36 US dollars a slot-hour: 0.002 tokens a second for each slot.
    uint64 internal constant USD_PER_TOKEN = 50_000;
    uint64 internal constant USD_PER_SLOT_HOUR = 360_000;
    uint128 internal constant RATE_PER_SLOT = 2e15;

    address internal immutable treasury = account("treasury");
    address internal immutable guardian = account("guardian");
    address internal immutable owner = account("owner");
    address internal immutable key = account("key");
    address internal immutable renter = account("renter");
    address internal immutable stranger = account("stranger");

    Token internal token;
    Prices internal prices;
    Stakes internal stakes;
    Audits internal audits;
    Machines internal machines;
    Leases internal leases;

    function setUp() public virtual {
        vm.warp(time);
        deploy();
        postPrices(USD_PER_TOKEN);
        for (uint256 i = 0; i < 3; ++i) {
            fund(verifier(i), audits.VERIFIER_STAKE());
            stake(verifier(i), audits.VERIFIER_STAKE());
            vm.prank(verifier(i));
            audits.enroll();
        }
    }

    function deploy() internal {
        uint256 nonce = vm.getNonce(address(this));
        address stakesAt = vm.computeCreateAddress(address(this), nonce + 2);
        address auditsAt = vm.computeCreateAddress(address(this), nonce + 3);
        address machinesAt = vm.computeCreateAddress(address(this), nonce + 4);
        address leasesAt = vm.computeCreateAddress(address(this), nonce + 5);

        address[] memory reporters = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            reporters[i] = reporter(i);
        }
        token = new Token(treasury);
        prices = new Prices(reporters);
        stakes = new Stakes(token, machinesAt, auditsAt, UNBONDING_PERIOD);
        audits = new Audits(Machines(machinesAt), Stakes(stakesAt));
        machines = new Machines(Stakes(stakesAt), Audits(auditsAt), Leases(leasesAt));
        leases = new Leases(
            Leases.Config({
                token: token, machines: machines, audits: audits, prices: prices, guardian: guardian, burnBps: BURN_BPS
            })
        );
    }

    function reporter(uint256 i) internal pure returns (address) {
        return account(["reporter 1", "reporter 2", "reporter 3"][i]);
    }

    function verifier(uint256 i) internal pure returns (address) {
        return account(["verifier 1", "verifier 2", "verifier 3"][i]);
    }

    function postPrices(uint64 usdPerToken) internal {
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(reporter(i));
            prices.post(usdPerToken);
        }
    }

    function fund(address to, uint256 amount) internal {
        vm.prank(treasury);
        token.transfer(to, amount);
    }

    function stake(address from, uint256 amount) internal {
        vm.prank(from);
        token.approve(address(stakes), amount);
        vm.prank(from);
        stakes.deposit(amount);
    }

    function anOffer() internal pure returns (IMachines.Offer memory) {
        return IMachines.Offer({usdPerSlotHour: USD_PER_SLOT_HOUR, minSeconds: 60, maxSeconds: 30 days, tier: 1});
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

    function aClass(uint8 slots) internal pure returns (IAudits.Class memory) {
        return IAudits.Class({kind: 0, computeBand: 5, memoryBand: 30, slots: slots});
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

    /// @dev A machine of `owner` with the key of `key`, whose audit has only been requested.
    function register(uint8 slots) internal returns (uint256 machineId) {
        uint256 amount = slots * machines.STAKE_PER_SLOT();
        fund(owner, amount);
        stake(owner, amount);
        bytes memory signature = keySignature("key", owner);
        vm.prank(owner);
        return machines.register(aRegistration(key, slots), signature);
    }

    function attest(uint256 auditId, uint256 by, bool passed, IAudits.Class memory class) internal {
        vm.prank(verifier(by));
        audits.attest(auditId, passed, class);
    }

    /// @dev A machine of `owner` that passed its audit.
    function registerAudited(uint8 slots) internal returns (uint256 machineId) {
        machineId = register(slots);
        attest(audits.count(), 0, true, aClass(slots));
        attest(audits.count(), 1, true, aClass(slots));
    }

    function anOrder(uint256 machineId, uint64 slots, uint32 duration) internal view returns (ILeases.Order memory) {
        return ILeases.Order({
            machineId: machineId,
            slots: slots,
            duration: duration,
            offerHash: machines.offerHash(machineId),
            maxRate: type(uint128).max,
            workloadDigest: keccak256("workload")
        });
    }

    /// @dev Funds `renter` with just the escrow, lets Leases take it, and opens.
    function open(uint256 machineId, uint64 slots, uint32 duration) internal returns (uint256 leaseId) {
        uint256 escrow = uint256(leases.quote(machineId, slots)) * duration;
        fund(renter, escrow);
        vm.prank(renter);
        token.approve(address(leases), escrow);
        ILeases.Order memory order = anOrder(machineId, slots, duration);
        vm.prank(renter);
        return leases.open(order);
    }

    function start(uint256 leaseId) internal {
        vm.prank(key);
        leases.start(leaseId);
    }
}
