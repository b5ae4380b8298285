// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IFaults
/// @notice Subjective faults: what a contract cannot see and a drawn committee judges. A report costs a bond, a verdict can
/// be appealed once with a larger one, and the penalty grows with the time the machine was away.
///
/// Reported --committee over--> Guilty, Innocent or NoVerdict (bond back)
/// Guilty or Innocent --appeal within APPEAL_PERIOD--> Appealed --committee of APPEAL_SIZE over--> Guilty or Innocent, final
/// Guilty or Innocent, final or unappealed after APPEAL_PERIOD --execute--> Executed
///
/// One outage is charged once: faults of one machine whose spans touch, or nearly, cost together what the whole span costs,
/// whoever reports them for whichever lease and in whatever order they are executed. Unlike is charged apart.
interface IFaults {
    enum State {
        None,
        Reported,
        Guilty,
        Innocent,
        Appealed,
        NoVerdict,
        Executed
    }

    /// @notice What is reported: Unreachable, the machine does not answer; NoStart, it answers but a paid workload does not
    /// run; Unlike, it is not what its class says.
    enum Kind {
        Unreachable,
        NoStart,
        Unlike
    }

    /// @param leaseId The lease that suffers; 0 when the reporter leases nothing there.
    /// @param since Unix seconds since when, by the verdict; by the report before it.
    /// @param until Unix seconds at which the machine was back, by its owner or key, or up to which it was punished; 0 before.
    /// @param committeeId The committee that is asked now; after an appeal the one whose verdict stands.
    /// @param verdictAt Unix seconds of the last verdict; the appeal period runs from it.
    /// @param bond Token units the reporter put up; `appealBond` what the appellant did.
    struct Fault {
        uint256 machineId;
        uint256 leaseId;
        uint256 committeeId;
        address reporter;
        address appellant;
        State state;
        Kind kind;
        bool guilty;
        bool isFinal;
        uint40 reportedAt;
        uint40 since;
        uint40 until;
        uint40 verdictAt;
        uint96 bond;
        uint96 appealBond;
        bytes32 evidence;
    }

    /// @notice Emitted when a fault is reported; `evidence` is a hash of what the reporter shows the committee.
    event Reported(
        uint256 indexed faultId,
        uint256 indexed machineId,
        address indexed reporter,
        Kind kind,
        uint256 leaseId,
        uint256 since,
        uint256 committeeId,
        bytes32 evidence
    );
    /// @notice Emitted when a committee has judged.
    event Judged(uint256 indexed faultId, State state, uint256 since);
    /// @notice Emitted when a verdict is appealed.
    event Appealed(uint256 indexed faultId, address indexed appellant, uint256 committeeId);
    /// @notice Emitted when the machine says that it is back.
    event Recovered(uint256 indexed faultId, uint256 until);
    /// @notice Emitted when the verdict takes effect: `taken` of the machine's rewards and stake, `refunded` of the lease.
    event Executed(uint256 indexed faultId, bool guilty, uint256 seconds_, uint256 taken, uint256 refunded);

    /// @notice Reports a fault, with REPORT_BOND of the caller's free stake. With a lease, only its renter. `since` is at most
    /// MAX_LOOKBACK ago, within the lease, and not before the machine was last back from a fault of this lease; one fault of a
    /// lease, and one without, is open at a time, unless the machine says that it is back. Maintenance that is announced by
    /// now is left out of the time away, what is announced later is not.
    function report(uint256 machineId, uint256 leaseId, Kind kind, uint40 since, bytes32 evidence)
        external
        returns (uint256 faultId);
    /// @notice Counts the votes of a committee that is over. Anyone. Two thirds of the seated decide; guilty needs MIN_GUILTY
    /// of them from MIN_REGIONS regions, and is since the later median of what they say, never before the reported second. An
    /// appeal's verdict is final and settles its bond: back when it turns the first or is none, else to the other side.
    function judge(uint256 faultId) external;
    /// @notice Asks for a larger committee, with APPEAL_BOND of free stake. The reporter of an innocent machine, or the owner
    /// of a guilty one, until APPEAL_PERIOD after the verdict.
    function appeal(uint256 faultId) external;
    /// @notice Says that the machine is back: its penalty stops growing. Only the machine's owner or key. What is said before
    /// the votes of a committee are in is worth nothing once that committee finds the machine guilty: it looked later.
    function recover(uint256 faultId) external;
    /// @notice Carries a verdict out that can no longer be appealed: penalty, refund, bonds. Anyone. A guilty machine that is
    /// not back yet counts as away until now. The lease is closed as of `since`, and its renter is compensated out of the
    /// penalty with his rate for the time away, for MAX_COMPENSATED seconds and with MAX_COMPENSATION_BPS of it at most.
    function execute(uint256 faultId) external;

    /// @notice The penalty for being away `seconds_`, in hundredths of a percent of the machine's stake; the edge
    /// of two tiers is the lower one's.
    function penaltyBps(Kind kind, uint256 seconds_) external view returns (uint256);
    /// @notice One fault; zeros when it was never reported.
    function fault(uint256 faultId) external view returns (Fault memory);
    /// @notice How many faults were ever reported; their numbers are 1 … count.
    function count() external view returns (uint256);
}
