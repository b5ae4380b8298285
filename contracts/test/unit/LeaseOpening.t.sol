// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Core} from "../Core.sol";
import {FakePrices} from "../fake/FakePrices.sol";

/// @title LeaseOpeningTest
/// @notice `open` and `openWithPermit` of test/tree/Leases.tree, leaf by leaf.
contract LeaseOpeningTest is Core {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_open_RevertWhen_TheGuardianHasPaused() public {
        uint256 until = time + 1 days;
        vm.prank(guardian);
        leases.pause(until);
        skip(1 days - 1);
        beat(machineId);
        assertRefused(anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Guardian_Paused.selector, until));
        skip(1);
        open(machineId, 1, 3600);
    }

    function test_open_RevertWhen_TheMachineIsPaused() public {
        vm.prank(owner);
        machines.pause(machineId);
        assertRefused(
            anOrder(machineId, 1, 3600),
            abi.encodeWithSelector(Errors.Machines_NotOnline.selector, machineId, IMachines.State.Paused)
        );
    }

    function test_open_RevertWhen_TheMachineWasNeverRegistered() public {
        assertRefused(
            anOrder(9, 1, 3600), abi.encodeWithSelector(Errors.Machines_NotOnline.selector, 9, IMachines.State.None)
        );
    }

    function test_open_RevertWhen_TheMachineIsSilent() public {
        uint256 silentAfter = time + 1 hours;
        skip(1 hours + 1);
        assertRefused(
            anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Machines_Silent.selector, machineId, silentAfter)
        );
    }

    function test_open_WhenTheLastHeartbeatIsJustInTime() public {
        skip(1 hours);
        vm.assertEq(open(machineId, 1, 3600), 1, "number");
    }

    function test_open_RevertWhen_TheAuditIsStale() public {
        skip(30 days - 1);
        beat(machineId);
        open(machineId, 1, 3600);
        skip(1);
        assertRefused(
            anOrder(machineId, 2, 3600), abi.encodeWithSelector(Errors.Machines_AuditStale.selector, machineId)
        );
    }

    function test_open_RevertWhen_TheOfferChanged() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        IMachines.Offer memory offer = anOffer();
        ++offer.usdPerSlotHour;
        setOffer(machineId, offer);
        assertRefused(
            order,
            abi.encodeWithSelector(
                Errors.Machines_OfferChanged.selector, machineId, machines.offerHash(machineId), order.offerHash
            )
        );
    }

    function test_open_RevertWhen_TheDurationIsOutOfBounds() public {
        assertRefused(
            anOrder(machineId, 1, 59),
            abi.encodeWithSelector(Errors.Leases_DurationOutOfBounds.selector, 59, 60, 30 days)
        );
        assertRefused(
            anOrder(machineId, 1, 30 days + 1),
            abi.encodeWithSelector(Errors.Leases_DurationOutOfBounds.selector, 30 days + 1, 60, 30 days)
        );
    }

    function test_open_WhenTheDurationIsAtABound() public {
        open(machineId, 1, 60);
        vm.assertEq(open(machineId, 2, 30 days), 2, "number");
    }

    function test_open_RevertWhen_ItWouldNotBeOverAtTheEndOfTheHours() public {
        IMachines.Offer memory offer = anOffer();
        // Three hours from now on; ten minutes of them are for the start.
        offer.weekHours = uint168(7) << 104;
        setOffer(machineId, offer);
        assertRefused(
            anOrder(machineId, 1, 170 minutes + 1),
            abi.encodeWithSelector(Errors.Leases_WindowTooShort.selector, machineId, 170 minutes + 1, time + 3 hours)
        );
        vm.assertEq(leases.lease(open(machineId, 1, 170 minutes)).latestEnd, time + 3 hours, "latest end");
    }

    function test_open_RevertWhen_ItWouldNotBeOverAtTheMaintenance() public {
        vm.prank(owner);
        machines.planMaintenance(machineId, uint40(time + 2 hours), uint40(time + 3 hours));
        assertRefused(
            anOrder(machineId, 1, 110 minutes + 1),
            abi.encodeWithSelector(Errors.Leases_WindowTooShort.selector, machineId, 110 minutes + 1, time + 2 hours)
        );
        open(machineId, 1, 110 minutes);
    }

    function test_open_RevertWhen_ThereIsNoSlotInTheSet() public {
        assertRefused(
            anOrder(machineId, 0, 3600), abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 0, 4)
        );
    }

    function test_open_RevertWhen_ASlotIsBeyondTheMachine() public {
        assertRefused(
            anOrder(machineId, 17, 3600), abi.encodeWithSelector(Errors.Leases_SlotsInvalid.selector, machineId, 17, 4)
        );
    }

    function test_open_RevertWhen_ASlotIsHeld() public {
        start(open(machineId, 2, 3600));
        skip(3599);
        assertRefused(
            anOrder(machineId, 7, 3600), abi.encodeWithSelector(Errors.Leases_SlotsBusy.selector, machineId, 2)
        );
    }

    function test_open_RevertWhen_TheRateIsAboveTheRentersLimit() public {
        ILeases.Order memory order = anOrder(machineId, 3, 3600);
        order.maxRate = 2 * RATE_PER_SLOT - 1;
        assertRefused(
            order, abi.encodeWithSelector(Errors.Leases_RateTooHigh.selector, 2 * RATE_PER_SLOT, order.maxRate)
        );
    }

    function test_open_RevertWhen_ThePriceIsStale() public {
        prices.setStale(true);
        assertRefused(anOrder(machineId, 1, 3600), abi.encodeWithSelector(FakePrices.Stale.selector));
    }

    function test_open_RevertWhen_TheAllowanceIsMissing() public {
        assertRefused(
            anOrder(machineId, 1, 3600),
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(leases), 0, 3600 * RATE_PER_SLOT
            )
        );
    }

    function test_open_RevertWhen_TheMachineIsNotOfferedOnDemand() public {
        IMachines.Offer memory offer = aPreemptibleOffer();
        offer.usdPerSlotHour = 0;
        setOffer(machineId, offer);
        assertRefused(
            anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Machines_NotOffered.selector, machineId, false)
        );
    }

    function test_open_RevertWhen_TheMachineIsNotOfferedToBePreempted() public {
        assertRefused(
            aPreemptibleOrder(machineId, 1, 3600),
            abi.encodeWithSelector(Errors.Machines_NotOffered.selector, machineId, true)
        );
    }

    function test_open_WhenAllIsWell() public {
        uint128 escrow = 3600 * 2 * RATE_PER_SLOT;
        allow(renter, escrow);
        ILeases.Order memory order = anOrder(machineId, 5, 3600);
        // The limit is a limit and not a difference.
        order.maxRate = 2 * RATE_PER_SLOT;
        expectLog(address(leases));
        emit ILeases.Opened(1, machineId, renter, 5, 2 * RATE_PER_SLOT, 3600, escrow, keccak256("workload"));
        vm.prank(renter);
        vm.assertEq(leases.open(order), 1, "number");

        ILeases.Lease memory expected = ILeases.Lease({
            machineId: machineId,
            renter: renter,
            payee: leases.purseNumber(owner),
            operator: 0,
            state: ILeases.State.Open,
            slots: 5,
            burnBps: BURN_BPS,
            feeBps: 0,
            preemptible: false,
            accepted: false,
            rate: 2 * RATE_PER_SLOT,
            escrow: escrow,
            duration: 3600,
            unpaidFrom: uint40(time),
            paidUntil: 0,
            latestEnd: uint40(time + 10 minutes + 30 days)
        });
        vm.assertEq(keccak256(abi.encode(leases.lease(1))), keccak256(abi.encode(expected)), "lease");
        vm.assertEq(leases.busySlots(machineId), 5, "busy");
        vm.assertEq(leases.heldUntil(machineId), time + 10 minutes, "held until");
        vm.assertEq(token.balanceOf(address(leases)), escrow, "tokens held");
        vm.assertEq(token.balanceOf(renter), 0, "renter's tokens");
    }

    function test_open_WhenALeaseOfTheSlotIsOverAndUnsettled() public {
        start(open(machineId, 1, 3600));
        skip(3600);
        vm.assertEq(open(machineId, 1, 3600), 2, "number");
    }

    function test_open_WhenALeaseOfTheSlotMissedItsStart() public {
        open(machineId, 1, 3600);
        skip(10 minutes);
        vm.assertEq(open(machineId, 1, 3600), 2, "number");
    }

    function test_open_WhenTheOrderNamesNoTerms() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        order.offerHash = 0;
        IMachines.Offer memory offer = anOffer();
        offer.usdPerSlotHour = 2 * USD_PER_SLOT_HOUR;
        setOffer(machineId, offer);
        vm.assertEq(leases.lease(open(order)).rate, 2 * RATE_PER_SLOT, "rate");
    }

    function test_open_WhenItMayBePreempted() public {
        setOffer(machineId, aPreemptibleOffer());
        ILeases.Lease memory lease = leases.lease(open(aPreemptibleOrder(machineId, 3, 3600)));
        vm.assertEq(lease.rate, RATE_PER_SLOT, "rate");
        vm.assertTrue(lease.preemptible, "preemptible");
    }

    function test_open_WhenItMayBePreemptedAtNoPrice() public {
        IMachines.Offer memory offer = anOffer();
        offer.preemptible = true;
        setOffer(machineId, offer);
        prices.setStale(true);
        ILeases.Order memory order = aPreemptibleOrder(machineId, 3, 3600);
        vm.prank(stranger);
        ILeases.Lease memory lease = leases.lease(leases.open(order));
        vm.assertEq(uint256(lease.rate) + lease.escrow, 0, "rate and escrow");
        vm.assertEq(leases.busySlots(machineId), 3, "busy");
    }

    function test_openWithPermit_WhenThePermitIsGood() public {
        fund(renter, 3600 * RATE_PER_SLOT);
        (uint8 v, bytes32 r, bytes32 s) = permit("renter", address(leases), 3600 * RATE_PER_SLOT);
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.prank(renter);
        vm.assertEq(leases.openWithPermit(order, 3600 * RATE_PER_SLOT, time, v, r, s), 1, "number");
        vm.assertEq(token.allowance(renter, address(leases)), 0, "allowance left");
    }

    function test_openWithPermit_WhenSomeoneUsedThePermitFirst() public {
        fund(renter, 3600 * RATE_PER_SLOT);
        (uint8 v, bytes32 r, bytes32 s) = permit("renter", address(leases), 3600 * RATE_PER_SLOT);
        vm.prank(stranger);
        token.permit(renter, address(leases), 3600 * RATE_PER_SLOT, time, v, r, s);
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.prank(renter);
        vm.assertEq(leases.openWithPermit(order, 3600 * RATE_PER_SLOT, time, v, r, s), 1, "number");
    }

    function test_openWithPermit_RevertWhen_ThePermitIsBad() public {
        fund(renter, 3600 * RATE_PER_SLOT);
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(leases), 0, 3600 * RATE_PER_SLOT
            )
        );
        vm.prank(renter);
        leases.openWithPermit(order, 3600 * RATE_PER_SLOT, time, 27, bytes32(0), bytes32(0));
    }

    function assertRefused(ILeases.Order memory order, bytes memory reason) private {
        uint256 count = leases.count();
        vm.expectRevert(reason);
        vm.prank(renter);
        leases.open(order);
        vm.assertEq(leases.count(), count, "leases");
    }
}
