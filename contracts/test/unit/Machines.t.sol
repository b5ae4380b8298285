// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Ledger} from "../Ledger.sol";

/// @title MachinesTest
/// @notice test/tree/Machines.tree, leaf by leaf.
contract MachinesTest is Ledger {
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
        IMachines.Offer[5] memory offers;
        for (uint256 i = 0; i < 5; ++i) {
            offers[i] = anOffer();
        }
        offers[0].usdPerSlotHour = 0;
        offers[1].minSeconds = 0;
        offers[2].minSeconds = offers[2].maxSeconds + 1;
        offers[3].maxSeconds = 365 days + 1;
        offers[4].tier = 5;
        for (uint256 i = 0; i < 5; ++i) {
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
        bytes memory signature = keySignature("key", stranger);
        vm.prank(owner);
        (bool done, bytes memory reason) =
            address(machines).call(abi.encodeCall(machines.register, (aRegistration(key, 4), signature)));
        vm.assertTrue(!done, "registered");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(Errors.Machines_KeySignatureInvalid.selector), "reason");
    }

    function test_register_RevertWhen_TheSignatureIsUsedAgain() public {
        bytes memory signature = keySignature("key", owner);
        registerWith(aRegistration(key, 1), signature);
        vm.prank(owner);
        machines.exit(1);

        vm.prank(owner);
        (bool done, bytes memory reason) =
            address(machines).call(abi.encodeCall(machines.register, (aRegistration(key, 1), signature)));
        vm.assertTrue(!done, "registered");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(Errors.Machines_KeySignatureInvalid.selector), "reason");
    }

    function test_register_RevertWhen_TheSignatureIsMalformed() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, key, address(0)));
        registerWith(aRegistration(key, 4), hex"1234");
        // The zero address is what a failed recovery gives, and must not pass for a key.
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, address(0), address(0)));
        registerWith(aRegistration(address(0), 4), hex"1234");
    }

    function test_register_RevertWhen_TheKeyIsTaken() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        assertRefused(aRegistration(key, 1), abi.encodeWithSelector(Errors.Machines_KeyTaken.selector, key, 1));
    }

    function test_register_RevertWhen_TheStakeIsMissing() public {
        assertRefused(
            aRegistration(key, 5), abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 500e18, STAKE)
        );
    }

    function test_register_WhenTheKeyAgreesAndTheStakeIsFree() public {
        bytes memory signature = keySignature("key", owner);
        expectLog(address(machines));
        emit IMachines.Registered(1, owner, key, 4, '{"gpu":"none"}');
        expectLog(address(machines));
        emit IMachines.Offered(1, anOffer());
        expectLog(address(machines));
        emit IMachines.EndpointSet(1, "/ip4/127.0.0.1/tcp/4001");
        vm.assertEq(registerWith(aRegistration(key, 4), signature), 1, "number");

        IMachines.Machine memory machine = machines.machine(1);
        vm.assertEq(machines.ownerOf(1), owner, "deed");
        vm.assertEq(machine.owner, owner, "owner");
        vm.assertEq(machine.key, key, "key");
        vm.assertEq(uint256(machine.state), uint256(IMachines.State.Online), "state");
        vm.assertEq(machine.slots, 4, "slots");
        vm.assertEq(machine.lastSeen, time, "last seen");
        vm.assertEq(machine.endpoint, "/ip4/127.0.0.1/tcp/4001", "endpoint");
        vm.assertEq(machine.claim, '{"gpu":"none"}', "claim");
        vm.assertEq(machines.machineOfKey(key), 1, "machine of key");
        vm.assertEq(machines.keyNonce(key), 1, "nonce");
        vm.assertEq(stakes.locked(owner, address(machines)), STAKE, "locked");
        vm.assertEq(audits.latestAudit(1), 1, "audit");
        (, IAudits.State state,,,) = audits.audit(1);
        vm.assertEq(uint256(state), uint256(IAudits.State.Requested), "audit state");
    }

    function test_setOffer_RevertWhen_TheCallerIsNotTheOwner() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwner.selector, 1, key));
        vm.prank(key);
        machines.setOffer(1, anOffer());
    }

    function test_setOffer_RevertWhen_TheNewOfferIsInvalid() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = 0;
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_OfferInvalid.selector, offer));
        vm.prank(owner);
        machines.setOffer(1, offer);
    }

    function test_setOffer_WhenTheOwnerCalls() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        IMachines.Offer memory offer = anOffer();
        vm.assertEq(machines.offerHash(1), keccak256(abi.encode(offer)), "hash before");
        offer.maxSeconds = 1 hours;
        expectLog(address(machines));
        emit IMachines.Offered(1, offer);
        vm.prank(owner);
        machines.setOffer(1, offer);

        vm.assertEq(machines.machine(1).offer.maxSeconds, 1 hours, "longest");
        vm.assertEq(machines.offerHash(1), keccak256(abi.encode(offer)), "hash after");
    }

    function test_setEndpoint_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, 1, stranger));
        vm.prank(stranger);
        machines.setEndpoint(1, "/dns/example.org");
    }

    function test_setEndpoint_WhenTheKeyCalls() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        expectLog(address(machines));
        emit IMachines.EndpointSet(1, "/dns/example.org");
        vm.prank(key);
        machines.setEndpoint(1, "/dns/example.org");

        vm.assertEq(machines.machine(1).endpoint, "/dns/example.org", "endpoint");
    }

    function test_setKey_RevertWhen_TheKeyCalls() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        bytes memory signature = keySignature("next key", key);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwner.selector, 1, key));
        vm.prank(key);
        machines.setKey(1, account("next key"), signature);
    }

    function test_setKey_RevertWhen_TheNewKeyIsOfAnotherMachine() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        registerWith(aRegistration(account("other key"), 1), keySignature("other key", owner));
        bytes memory signature = keySignature("other key", owner);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_KeyTaken.selector, account("other key"), 2));
        vm.prank(owner);
        machines.setKey(1, account("other key"), signature);
    }

    function test_setKey_RevertWhen_TheNewKeyDidNotSign() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Machines_KeySignatureInvalid.selector, account("next key"), address(0))
        );
        vm.prank(owner);
        machines.setKey(1, account("next key"), "");
    }

    function test_setKey_WhenTheNewKeyAgrees() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        address next = account("next key");
        bytes memory signature = keySignature("next key", owner);
        expectLog(address(machines));
        emit IMachines.KeySet(1, next);
        vm.prank(owner);
        machines.setKey(1, next, signature);

        vm.assertEq(machines.machine(1).key, next, "key");
        vm.assertEq(machines.machineOfKey(next), 1, "machine of the new key");
        vm.assertEq(machines.machineOfKey(key), 0, "machine of the old key");
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotKey.selector, 1, key));
        vm.prank(key);
        machines.heartbeat(1);
    }

    function test_pause_RevertWhen_TheCallerIsNeitherOwnerNorKey() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_NotOwnerOrKey.selector, 1, stranger));
        vm.prank(stranger);
        machines.pause(1);
    }

    function test_pause_RevertWhen_ItIsPausedAlready() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.prank(owner);
        machines.pause(1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_WrongState.selector, 1, IMachines.State.Paused));
        vm.prank(owner);
        machines.pause(1);
    }

    function test_pause_WhenItIsOnline() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        expectLog(address(machines));
        emit IMachines.StateSet(1, IMachines.State.Paused);
        vm.prank(key);
        machines.pause(1);
        vm.assertEq(uint256(machines.machine(1).state), uint256(IMachines.State.Paused), "state");
    }

    function test_resume_RevertWhen_ItIsOnline() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_WrongState.selector, 1, IMachines.State.Online));
        vm.prank(owner);
        machines.resume(1);
    }

    function test_resume_WhenItIsPaused() public {
        registerWith(aRegistration(key, 1), keySignature("key", owner));
        vm.prank(owner);
        machines.pause(1);
        vm.prank(key);
        machines.resume(1);
        vm.assertEq(uint256(machines.machine(1).state), uint256(IMachines.State.Online), "state");
    }

    function assertRefused(IMachines.Registration memory registration, bytes memory reason) private {
        bytes memory signature = keySignature("key", owner);
        vm.expectRevert(reason);
        registerWith(registration, signature);
    }

    function registerWith(IMachines.Registration memory registration, bytes memory signature)
        private
        returns (uint256)
    {
        vm.prank(owner);
        return machines.register(registration, signature);
    }
}
