// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Errors} from "../../src/Errors.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Leases} from "../../src/Leases.sol";
import {Ledger} from "../Ledger.sol";

/// @title LeaseOpeningTest
/// @notice `constructor`, `open` and `openWithPermit` of test/tree/Leases.tree, leaf by leaf.
contract LeaseOpeningTest is Ledger {
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_constructor_RevertWhen_TheBurnShareIsBelowItsBound() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_BurnOutOfBounds.selector, 99, 100, 5000));
        new Leases(Leases.Config(token, machines, audits, prices, guardian, 99));
    }

    function test_constructor_RevertWhen_TheBurnShareIsAboveItsBound() public {
        vm.expectRevert(abi.encodeWithSelector(Errors.Leases_BurnOutOfBounds.selector, 5001, 100, 5000));
        new Leases(Leases.Config(token, machines, audits, prices, guardian, 5001));
    }

    function test_open_RevertWhen_OpeningIsPaused() public {
        uint256 until = time + 1 days;
        vm.prank(guardian);
        leases.pauseOpening(until);
        assertRefused(anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Leases_OpeningPaused.selector, until));
    }

    function test_open_RevertWhen_TheMachineIsPaused() public {
        vm.prank(owner);
        machines.pause(machineId);
        assertRefused(
            anOrder(machineId, 1, 3600),
            abi.encodeWithSelector(Errors.Leases_MachineNotOnline.selector, machineId, IMachines.State.Paused)
        );
    }

    function test_open_RevertWhen_TheMachineWasNeverRegistered() public {
        assertRefused(
            anOrder(9, 1, 3600),
            abi.encodeWithSelector(Errors.Leases_MachineNotOnline.selector, 9, IMachines.State.None)
        );
    }

    function test_open_RevertWhen_TheMachineIsSilent() public {
        uint256 silentAfter = time + 1 hours;
        skip(1 hours + 1);
        assertRefused(
            anOrder(machineId, 1, 3600),
            abi.encodeWithSelector(Errors.Leases_MachineSilent.selector, machineId, silentAfter)
        );
    }

    function test_open_RevertWhen_TheAuditIsStale() public {
        skip(30 days);
        beat();
        assertRefused(anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Leases_AuditStale.selector, machineId));
    }

    function test_open_RevertWhen_TheOfferChanged() public {
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        IMachines.Offer memory offer = anOffer();
        ++offer.usdPerSlotHour;
        vm.prank(owner);
        machines.setOffer(machineId, offer);
        assertRefused(
            order,
            abi.encodeWithSelector(
                Errors.Leases_OfferChanged.selector, machineId, machines.offerHash(machineId), order.offerHash
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
        uint256 freshUntil = time + 1 days;
        skip(1 days + 1);
        beat();
        assertRefused(anOrder(machineId, 1, 3600), abi.encodeWithSelector(Errors.Prices_Stale.selector, freshUntil));
    }

    function test_open_RevertWhen_TheAllowanceIsMissing() public {
        assertRefused(
            anOrder(machineId, 1, 3600),
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(leases), 0, 3600 * RATE_PER_SLOT
            )
        );
    }

    function test_open_WhenAllIsWell() public {
        uint128 escrow = 3600 * 2 * RATE_PER_SLOT;
        fund(renter, escrow);
        vm.prank(renter);
        token.approve(address(leases), escrow);
        ILeases.Order memory order = anOrder(machineId, 5, 3600);
        // The limit is a limit and not a difference.
        order.maxRate = 2 * RATE_PER_SLOT;
        expectLog(address(leases));
        emit ILeases.Opened(1, machineId, renter, 5, 2 * RATE_PER_SLOT, 3600, escrow, keccak256("workload"));
        vm.prank(renter);
        vm.assertEq(leases.open(order), 1, "number");

        ILeases.Lease memory lease = leases.lease(1);
        vm.assertEq(lease.machineId, machineId, "machine");
        vm.assertEq(lease.renter, renter, "renter");
        vm.assertEq(lease.payee, owner, "payee");
        vm.assertEq(uint256(lease.state), uint256(ILeases.State.Open), "state");
        vm.assertEq(lease.slots, 5, "slots");
        vm.assertEq(lease.burnBps, BURN_BPS, "burn share");
        vm.assertEq(lease.rate, 2 * RATE_PER_SLOT, "rate");
        vm.assertEq(lease.escrow, escrow, "escrow");
        vm.assertEq(lease.duration, 3600, "duration");
        vm.assertEq(lease.openedAt, time, "opened at");
        vm.assertEq(lease.startedAt, 0, "started at");
        vm.assertEq(lease.paidUntil, 0, "paid until");
        vm.assertEq(leases.busySlots(machineId), 5, "busy");
        vm.assertEq(leases.totalEscrow(), escrow, "total escrow");
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

    function test_openWithPermit_WhenThePermitIsGood() public {
        fund(renter, 3600 * RATE_PER_SLOT);
        (uint8 v, bytes32 r, bytes32 s) = permit();
        ILeases.Order memory order = anOrder(machineId, 1, 3600);
        vm.prank(renter);
        vm.assertEq(leases.openWithPermit(order, 3600 * RATE_PER_SLOT, time, v, r, s), 1, "number");
        vm.assertEq(token.allowance(renter, address(leases)), 0, "allowance left");
    }

    function test_openWithPermit_WhenSomeoneUsedThePermitFirst() public {
        fund(renter, 3600 * RATE_PER_SLOT);
        (uint8 v, bytes32 r, bytes32 s) = permit();
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

    function permit() private view returns (uint8, bytes32, bytes32) {
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                renter,
                address(leases),
                3600 * RATE_PER_SLOT,
                token.nonces(renter),
                time
            )
        );
        return
            vm.sign(privateKeyOf("renter"), keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message)));
    }

    function beat() private {
        vm.prank(key);
        machines.heartbeat(machineId);
    }

    function assertRefused(ILeases.Order memory order, bytes memory reason) private {
        uint256 count = leases.count();
        vm.expectRevert(reason);
        vm.prank(renter);
        leases.open(order);
        vm.assertEq(leases.count(), count, "leases");
    }
}
