// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {IFaults} from "../../src/interfaces/IFaults.sol";
import {ILeases} from "../../src/interfaces/ILeases.sol";
import {Staffed} from "../Staffed.sol";

/// @title OutageInLedgerAttack
/// @notice The chain itself stands still for six hours, as when whoever orders its blocks is down: what runs out, what goes
/// back, and that nobody's money is stuck or lost by it.
contract OutageInLedgerAttack is Staffed {
    uint256 private constant OUTAGE = 6 hours;
    uint32 private constant DURATION = 2 hours;
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(4);
    }

    function test_attack_outage_aLeaseThatRanIsPaidToItsEndAndNoFurther() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        start(leaseId);
        skip(OUTAGE);
        vm.prank(renter);
        leases.close(leaseId);
        uint256 rent = uint256(RATE_PER_SLOT) * DURATION;
        vm.assertEq(purse(owner), rent - rent * BURN_BPS / 10_000, "all that was bought");
        vm.assertEq(token.balanceOf(renter), 0, "and nothing twice");
    }

    function test_attack_outage_aLeaseThatWaitedGoesBackWhole() public {
        uint256 leaseId = open(machineId, 1, DURATION);
        skip(OUTAGE);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_StartWindowOver.selector, leaseId, time - OUTAGE + 10 minutes)
        );
        vm.prank(key);
        leases.start(leaseId);
        vm.prank(stranger);
        leases.close(leaseId);
        vm.assertEq(token.balanceOf(renter), RATE_PER_SLOT * DURATION, "refund");
    }

    /// @dev His window to reject passed while nobody could do anything: what is left of the time goes back, and he can still
    /// report what did not run.
    function test_attack_outage_whoCouldNotRejectClosesOrReports() public {
        uint256 leaseId = open(machineId, 1, 8 hours);
        start(leaseId);
        skip(OUTAGE);
        vm.expectRevert(
            abi.encodeWithSelector(Errors.Leases_AcceptWindowOver.selector, leaseId, time - OUTAGE + 10 minutes)
        );
        vm.prank(renter);
        leases.reject(leaseId);

        fund(renter, 50e18);
        stake(renter, 50e18);
        vm.prank(renter);
        uint256 faultId =
            faults.report(machineId, leaseId, IFaults.Kind.NoStart, uint40(time - OUTAGE), keccak256("log"));
        vm.assertEq(faults.fault(faultId).since, time - OUTAGE, "since it should have begun");
        vm.prank(renter);
        leases.close(leaseId);
        vm.assertEq(token.balanceOf(renter), RATE_PER_SLOT * 2 hours, "the unused seconds");
    }

    /// @dev Silent for six hours like everybody: no new lease until it is heard, and no fault by the clock alone.
    function test_attack_outage_aSilentMachineLosesNothingButTheTime() public {
        skip(OUTAGE);
        ILeases.Order memory order = anOrder(machineId, 1, DURATION);
        uint256 silentAfter = machines.machine(machineId).lastSeen + 1 hours;
        vm.expectRevert(abi.encodeWithSelector(Errors.Machines_Silent.selector, machineId, silentAfter));
        leases.open(order);
        beat(machineId);
        uint256 leaseId = open(machineId, 1, DURATION);
        vm.assertEq(machines.stakeOf(machineId), 400e18, "its stake");
        // The price of before the outage is still good: a day covers a night.
        vm.assertEq(leases.lease(leaseId).rate, RATE_PER_SLOT, "the price");
    }

    /// @dev A committee whose hours fell into it: no verdict, the class stays, another is drawn; who was seated and could not vote
    /// loses the small fine, and a committee that was not seated nothing.
    function test_attack_outage_anAuditIsDrawnAgain() public {
        uint256 unseated = request(machineId);
        skip(OUTAGE);
        (, uint40 classUntil) = machines.pointsOf(machineId);
        audits.finish(unseated);
        vm.assertEq(uint256(audits.audit(unseated).state), uint256(IAudits.State.Requested), "drawn again");
        assertBonds(1000e18);
        seat(audits.audit(unseated).committeeId);
        skip(OUTAGE);
        audits.finish(unseated);
        vm.assertEq(audits.audit(unseated).draws, 3, "and again");
        assertBonds(990e18);
        (, uint40 now_) = machines.pointsOf(machineId);
        vm.assertEq(now_, classUntil, "the class");
    }

    function test_attack_outage_aReportWithoutAVerdictCostsNobody() public {
        fund(stranger, 50e18);
        stake(stranger, 50e18);
        vm.prank(stranger);
        uint256 faultId = faults.report(machineId, 0, IFaults.Kind.Unreachable, uint40(time), keccak256("log"));
        skip(OUTAGE);
        faults.judge(faultId);
        vm.assertEq(uint256(faults.fault(faultId).state), uint256(IFaults.State.NoVerdict), "state");
        vm.assertEq(stakes.free(stranger), 50e18, "the bond");
        vm.assertEq(machines.stakeOf(machineId), 400e18, "the stake");
    }

    /// @dev Over a weekend the price is stale too: leases that run go on and are paid, new ones wait for a post.
    function test_attack_outage_ofTwoDaysStopsOnlyNewLeases() public {
        uint256 leaseId = open(machineId, 1, 10 days);
        start(leaseId);
        (, uint256 freshUntil) = prices.latest();
        skip(2 days);
        beat(machineId);
        ILeases.Order memory order = anOrder(machineId, 2, DURATION);
        vm.expectRevert(abi.encodeWithSelector(Errors.Prices_Stale.selector, freshUntil));
        leases.open(order);
        allow(renter, RATE_PER_SLOT * 60);
        vm.prank(renter);
        leases.extend(leaseId, 60);
        leases.settle(leaseId);
        leases.withdraw(leases.purseNumber(owner));
        vm.prank(renter);
        leases.close(leaseId);
        // The price fell by a half meanwhile: within the slack of the intervals that passed.
        postPrice(USD_PER_TOKEN / 2);
        vm.assertEq(leases.quote(machineId, 2, false), 2 * RATE_PER_SLOT, "quoted again");
    }

    function assertBonds(uint256 expected) private view {
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            (, uint256 bonded,) = stakes.bond(address(committees), uint256(uint160(verifier(i))));
            vm.assertEq(bonded, expected, "a verifier's bond");
        }
    }
}
