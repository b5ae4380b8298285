// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "../src/interfaces/ICommittees.sol";
import {IFaults} from "../src/interfaces/IFaults.sol";
import {ILeases} from "../src/interfaces/ILeases.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {IStakes} from "../src/interfaces/IStakes.sol";
import {Judgement} from "../src/libraries/Judgement.sol";
import {Faults} from "../src/Faults.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {FakeFaultCommittees} from "./fake/FakeFaultCommittees.sol";
import {FakeFaultLeases} from "./fake/FakeFaultLeases.sol";
import {FakeFaultMachines} from "./fake/FakeFaultMachines.sol";
import {Test} from "./Test.sol";

/// @title FaultWorld
/// @notice Faults on the real Stakes between fakes of the others: a machine with stake, a lease of it, and eleven verifiers,
/// of whom the even look from region 1 and the odd from region 2.
abstract contract FaultWorld is Test {
    uint256 internal constant MACHINE = 1;
    uint256 internal constant LEASE = 1;
    uint256 internal constant STAKE = 1000e18;
    uint256 internal constant FUNDS = 1000e18;
    uint256 internal constant REPORT_BOND = 50e18;
    uint256 internal constant APPEAL_BOND = 150e18;
    uint128 internal constant RATE = 1e12;
    uint256 internal constant NEVER = 0;
    IFaults.Kind internal constant UNREACHABLE = IFaults.Kind.Unreachable;

    address internal immutable owner = account("owner");
    address internal immutable key = account("key");
    address internal immutable renter = account("renter");
    address internal immutable reporter = account("reporter");

    Stakes internal stakes;
    FakeFaultMachines internal machines;
    FakeFaultLeases internal leases;
    FakeFaultCommittees internal committees;
    Faults internal faults;

    function setUp() public virtual {
        vm.warp(time);
        uint256 nonce = vm.getNonce(address(this));
        address stakesAt = vm.computeCreateAddress(address(this), nonce + 1);
        address machinesAt = vm.computeCreateAddress(address(this), nonce + 2);
        address faultsAt = vm.computeCreateAddress(address(this), nonce + 5);
        Token token = new Token(address(this), IStakes(stakesAt), address(1), address(1));
        stakes = new Stakes(
            token, Stakes.Lockers(machinesAt, address(1), faultsAt, address(1)), account("treasury"), 14 days
        );
        machines = new FakeFaultMachines(stakes);
        leases = new FakeFaultLeases();
        committees = new FakeFaultCommittees();
        faults = new Faults(
            Faults.Config({
                stakes: stakes,
                machines: IMachines(machinesAt),
                leases: ILeases(address(leases)),
                committees: ICommittees(address(committees))
            })
        );

        fund(token, owner, FUNDS + STAKE);
        fund(token, renter, FUNDS);
        fund(token, reporter, FUNDS);
        machines.add(MACHINE, owner, key, STAKE);
        leases.set(LEASE, aLease());
        for (uint256 i = 0; i < 11; ++i) {
            committees.setRegion(verifier(i), uint8(1 + i % 2));
        }
    }

    function fund(Token token, address who, uint256 amount) private {
        token.transfer(who, amount);
        vm.prank(who);
        token.approve(address(stakes), amount);
        vm.prank(who);
        stakes.deposit(amount);
    }

    function verifier(uint256 i) internal pure returns (address) {
        return account(string(abi.encodePacked("verifier", bytes1(uint8(0x61 + i)))));
    }

    /// @dev Runs since two hours and for ten more; nothing is paid.
    function aLease() internal view returns (ILeases.Lease memory lease) {
        (lease.machineId, lease.renter, lease.state) = (MACHINE, renter, ILeases.State.Running);
        (lease.rate, lease.unpaidFrom, lease.paidUntil) = (RATE, uint40(time - 2 hours), uint40(time + 10 hours));
    }

    function report(address who, uint256 leaseId, IFaults.Kind kind, uint256 since) internal returns (uint256) {
        vm.prank(who);
        return faults.report(MACHINE, leaseId, kind, uint40(since), keccak256("log"));
    }

    /// @dev Of no lease, since now, by a stranger.
    function reported() internal returns (uint256) {
        return report(reporter, 0, UNREACHABLE, time);
    }

    /// @dev Ends the committee that is asked now: of `seated`, the first `guilties` say guilty since `since`, the next
    /// `innocents` innocent.
    function vote(uint256 faultId, uint256 seated, uint256 guilties, uint256 innocents, uint256 since) internal {
        address[] memory voters = new address[](guilties + innocents);
        bytes32[] memory votes = new bytes32[](guilties + innocents);
        for (uint256 i = 0; i < votes.length; ++i) {
            voters[i] = verifier(i);
            votes[i] = Judgement.encode(i < guilties, uint40(since));
        }
        committees.finish(faults.fault(faultId).committeeId, uint8(seated), voters, votes);
    }

    /// @dev All of `size` agree: guilty since `since`, or innocent when it is 0.
    function judge(uint256 faultId, uint256 size, uint256 since) internal {
        vote(faultId, size, since == 0 ? 0 : size, since == 0 ? size : 0, since);
        faults.judge(faultId);
    }

    function guilty() internal returns (uint256 faultId) {
        faultId = reported();
        judge(faultId, 5, time);
    }

    function innocent() internal returns (uint256 faultId) {
        faultId = reported();
        judge(faultId, 5, 0);
    }

    function appeal(address who, uint256 faultId) internal {
        vm.prank(who);
        faults.appeal(faultId);
    }

    function recover(uint256 faultId) internal {
        vm.prank(key);
        faults.recover(faultId);
    }

    /// @dev Past the appeal period.
    function execute(uint256 faultId) internal {
        skip(48 hours);
        faults.execute(faultId);
    }

    /// @dev Reports, is found guilty, is back after `away`, and is executed.
    function punish(address who, uint256 leaseId, IFaults.Kind kind, uint256 away) internal returns (uint256 faultId) {
        faultId = report(who, leaseId, kind, time);
        judge(faultId, 5, time);
        skip(away);
        recover(faultId);
        if (away < 48 hours) skip(48 hours - away);
        faults.execute(faultId);
    }

    function machineStake() internal view returns (uint256) {
        return machines.stakeOf(MACHINE);
    }

    function bondOf(uint256 subject) internal view returns (uint256 amount) {
        (, amount,) = stakes.bond(address(faults), subject);
    }

    function assertState(uint256 faultId, IFaults.State expected) internal view {
        vm.assertEq(uint256(faults.fault(faultId).state), uint256(expected), "state");
    }
}
