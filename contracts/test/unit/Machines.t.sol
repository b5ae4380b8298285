// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";

/// @title MachinesTest
/// @notice `register` and what the owner sets of test/tree/Machines.tree, leaf by leaf.
contract MachinesTest is Core {
    uint256 private constant STAKE = 400e18;

    function setUp() public override {
        super.setUp();
        fund(owner, STAKE);
        stake(owner, STAKE);
    }

    function test_register_RevertWhen_ThereAreNoSlots() public {
        IMachines.Registration memory registration = aRegistration(key, 0);
        assertRefused(registration, abi.encodeWithSelector(Errors.Machines_SlotsOutOfBounds.selector, 0, 64));
    }

    function test_register_RevertWhen_ThereAreTooManySlots() public {
        IMachines.Registration memory registration = aRegistration(key, 65);
        assertRefused(registration, abi.encodeWithSelector(Errors.Machines_SlotsOutOfBounds.selector, 65, 64));
    }

    function test_register_RevertWhen_TheOfferIsInvalid() public {
        IMachines.Offer[] memory offers = invalidOffers();
        for (uint256 i = 0; i < offers.length; ++i) {
            IMachines.Registration memory registration = aRegistration(key, 4);
            registration.offer = offers[i];
            assertRefused(registration, abi.encodeWithSelector(Errors.Machines_OfferInvalid.selector, offers[i]));
        }
    }

    function test_register_RevertWhen_TheEndpointIsTooLong() public {
        IMachines.Registration memory registration = aRegistration(key, 4);
        registration.endpoint = string(new bytes(257));
        assertRefused(registration, abi.encodeWithSelector(Errors.Machines_TextTooLong.selector, 257, 256));
    }

    function test_register_RevertWhen_TheClaimIsTooLong() public {
        IMachines.Registration memory registration = aRegistration(key, 4);
        registration.claim = string(new bytes(4097));
        assertRefused(registration, abi.encodeWithSelector(Errors.Machines_TextTooLong.selector, 4097, 4096));
    }

    function test_register_RevertWhen_TheKeySignedForAnotherOwner() public {
        assertKeyRefused(keySignature("key", stranger));
    }

    function test_register_RevertWhen_TheSignatureIsUsedAgain() public {
        bytes memory signature = keySignature("key", owner);
        registerWith(aRegistration(key, 1), signature);
        vm.prank(owner);
        machines.exit(1);
        assertKeyRefused(signature);
    }

    function test_register_RevertWhen_TheSignatureIsMalformed() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, key, address(0)));
        registerWith(aRegistration(key, 4), hex"1234");
        // The zero address is what a failed recovery gives, and must not pass for a key.
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, address(0), address(0)));
        registerWith(aRegistration(address(0), 4), hex"1234");
    }

    function test_register_RevertWhen_TheKeyIsTaken() public {
        registerOne();
        assertRefused(aRegistration(key, 1), abi.encodeWithSelector(Errors.Machines_KeyTaken.selector, key, 1));
    }

    function test_register_RevertWhen_TheStakeIsMissing() public {
        assertRefused(
            aRegistration(key, 5), abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 500e18, STAKE)
        );
    }

    function test_register_WhenItHasAsManySlotsAsThereCanBe() public {
        uint256 machineId = register(64);
        vm.assertEq(machines.machine(machineId).slots, 64, "slots");
    }

    function test_register_WhenTheKeyAgreesAndTheStakeIsFree() public {
        bytes memory signature = keySignature("key", owner);
        expectLog(address(machines));
        emit IMachines.Registered(1, owner, key, 4);
        expectLog(address(machines));
        emit IMachines.Claimed(1, '{"gpu":"none"}');
        expectLog(address(machines));
        emit IMachines.Offered(1, anOffer());
        expectLog(address(machines));
        emit IMachines.EndpointSet(1, "/ip4/127.0.0.1/tcp/4001");
        vm.assertEq(registerWith(aRegistration(key, 4), signature), 1, "number");

        IMachines.Machine memory machine = machines.machine(1);
        vm.assertEq(machines.ownerOf(1), owner, "deed");
        vm.assertEq(machine.owner, owner, "owner");
        vm.assertEq(machine.key, key, "key");
        assertState(IMachines.State.Online);
        vm.assertEq(machine.slots, 4, "slots");
        vm.assertEq(machine.lastSeen, time, "last seen");
        vm.assertEq(machine.endpoint, "/ip4/127.0.0.1/tcp/4001", "endpoint");
        vm.assertEq(machine.claimBlock, block.number, "block of the claim");
        vm.assertEq(machine.classUntil, 0, "class until");
        vm.assertEq(machines.machineOfKey(key), 1, "machine of key");
        vm.assertEq(machines.keyNonce(key), 1, "nonce");
        vm.assertEq(leases.purseNumber(owner), 1, "purse");
        vm.assertEq(machines.stakeOf(1), STAKE, "stake");
        vm.assertEq(stakes.free(owner), 0, "free stake");
    }

    function test_setOffer_RevertWhen_TheCallerIsNotTheOwner() public {
        registerOne();
        expectNotOwner(key);
        vm.prank(key);
        machines.setOffer(1, anOffer());
    }

    function test_setOffer_RevertWhen_TheNewOfferIsInvalid() public {
        registerOne();
        IMachines.Offer[] memory offers = invalidOffers();
        for (uint256 i = 0; i < offers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Errors.Machines_OfferInvalid.selector, offers[i]));
            vm.prank(owner);
            machines.setOffer(1, offers[i]);
        }
    }

    function test_setOffer_WhenTheOwnerCalls() public {
        registerOne();
        IMachines.Offer memory offer = anOffer();
        vm.assertEq(machines.offerHash(1), keccak256(abi.encode(offer)), "hash before");
        offer.maxSeconds = 1 hours;
        expectLog(address(machines));
        emit IMachines.Offered(1, offer);
        setOffer(1, offer);
        assertOffer(offer);
    }

    function test_setOffer_WhenTheBoundsAreAsWideAsTheyCanBe() public {
        registerOne();
        IMachines.Offer memory offer = IMachines.Offer({
            usdPerSlotHour: 0,
            preemptibleUsdPerSlotHour: 0,
            minSeconds: 365 days,
            maxSeconds: 365 days,
            tier: 4,
            preemptible: true,
            weekHours: 1,
            utcOffset: -48
        });
        setOffer(1, offer);
        assertOffer(offer);
        offer.utcOffset = 56;
        setOffer(1, offer);
        assertOffer(offer);
    }

    function test_setOffer_WhenTheHoursAreTakenOffAndPutOnAgain() public {
        registerOne();
        IMachines.Offer memory offer = anOffer();
        (offer.weekHours, offer.utcOffset) = (0xff, 4);
        setOffer(1, offer);
        assertOffer(offer);
        setOffer(1, anOffer());
        assertOffer(anOffer());
        (offer.weekHours, offer.utcOffset) = (0xf0, -4);
        setOffer(1, offer);
        assertOffer(offer);
    }

    function test_setClaim_RevertWhen_TheKeyCalls() public {
        registerOne();
        expectNotOwner(key);
        vm.prank(key);
        machines.setClaim(1, "{}");
    }

    function test_setClaim_RevertWhen_ItIsTooLong() public {
        registerOne();
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_TextTooLong.selector, 4097, 4096));
        vm.prank(owner);
        machines.setClaim(1, string(new bytes(4097)));
    }

    function test_setClaim_WhenItIsAsLongAsItMayBe() public {
        registerOne();
        string memory claim = string(new bytes(4096));
        expectLog(address(machines));
        emit IMachines.Claimed(1, claim);
        vm.prank(owner);
        machines.setClaim(1, claim);
    }

    function test_setClaim_WhenTheOwnerCalls() public {
        registerOne();
        vm.roll(4242);
        expectLog(address(machines));
        emit IMachines.Claimed(1, "{}");
        vm.prank(owner);
        machines.setClaim(1, "{}");
        vm.assertEq(machines.machine(1).claimBlock, 4242, "block of the claim");
    }

    function test_setEndpoint_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        registerOne();
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, 1, stranger));
        vm.prank(stranger);
        machines.setEndpoint(1, "/dns/example.org");
    }

    function test_setEndpoint_RevertWhen_ItIsTooLong() public {
        registerOne();
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_TextTooLong.selector, 257, 256));
        vm.prank(key);
        machines.setEndpoint(1, string(new bytes(257)));
    }

    function test_setEndpoint_WhenTheKeyCalls() public {
        registerOne();
        expectLog(address(machines));
        emit IMachines.EndpointSet(1, "/dns/example.org");
        vm.prank(key);
        machines.setEndpoint(1, "/dns/example.org");
        vm.assertEq(machines.machine(1).endpoint, "/dns/example.org", "endpoint");
    }

    function invalidOffers() private pure returns (IMachines.Offer[] memory offers) {
        offers = new IMachines.Offer[](8);
        for (uint256 i = 0; i < offers.length; ++i) {
            offers[i] = anOffer();
        }
        offers[0].usdPerSlotHour = 0;
        offers[1].minSeconds = 0;
        offers[2].minSeconds = offers[2].maxSeconds + 1;
        offers[3].maxSeconds = 365 days + 1;
        offers[4].tier = 5;
        (offers[5].weekHours, offers[5].utcOffset) = (1, -49);
        (offers[6].weekHours, offers[6].utcOffset) = (1, 57);
        offers[7].utcOffset = 1;
    }

    function registerOne() private {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
    }

    function assertRefused(IMachines.Registration memory registration, bytes memory reason) private {
        bytes memory signature = keySignature("key", owner);
        vm.expectRevert(reason);
        registerWith(registration, signature);
    }

    /// @dev Who signed, by a wrong message, is nobody in particular.
    function assertKeyRefused(bytes memory signature) private {
        vm.prank(owner);
        (bool done, bytes memory reason) =
            address(machines).call(abi.encodeCall(machines.register, (aRegistration(key, 1), signature)));
        vm.assertTrue(!done, "registered");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(Errors.Machines_KeySignatureInvalid.selector), "reason");
    }

    function registerWith(IMachines.Registration memory registration, bytes memory signature)
        private
        returns (uint256)
    {
        vm.prank(owner);
        return machines.register(registration, signature);
    }

    function expectNotOwner(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwner.selector, 1, caller));
    }

    function assertState(IMachines.State state) private view {
        vm.assertEq(uint256(machines.machine(1).state), uint256(state), "state");
    }

    function assertOffer(IMachines.Offer memory offer) private view {
        bytes32 hash = keccak256(abi.encode(offer));
        vm.assertEq(machines.offerHash(1), hash, "offer hash");
        vm.assertEq(keccak256(abi.encode(machines.machine(1).offer)), hash, "offer of the machine");
    }
}
