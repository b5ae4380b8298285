// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {ICommittees} from "./interfaces/ICommittees.sol";
import {IFaults} from "./interfaces/IFaults.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {Judgement} from "./libraries/Judgement.sol";
import {Outages} from "./libraries/Outages.sol";
import {Errors} from "./Errors.sol";

/// @title FaultBook
/// @notice The faults there are, and how votes on them are counted.
abstract contract FaultBook is IFaults {
    /// @dev Numbers of 40 bits, as the ledger counts them. The maintenance is the one announced when the fault was reported:
    /// what is announced after that is no excuse for it, and no longer announced is one still.
    struct Record {
        address reporter;
        uint40 reportedAt;
        uint40 since;
        State state;
        Kind kind;
        uint40 machineId;
        uint40 leaseId;
        uint40 committeeId;
        uint40 appealId;
        uint40 until;
        uint40 verdictAt;
        bool guilty;
        bool isFinal;
        address appellant;
        uint40 maintenanceFrom;
        uint40 maintenanceUntil;
        bytes32 evidence;
    }

    /// @notice What a report costs who is wrong, in token units: more than a fault of a usual machine brings him.
    uint256 public constant REPORT_BOND = 50e18;
    /// @notice Three times the report's: eleven members are paid to look again.
    uint256 public constant APPEAL_BOND = 150e18;
    /// @notice A single look from one place is no verdict. Even one captured member of three could block two thirds.
    uint256 public constant MIN_GUILTY = 3;
    /// @notice Regions that guilty votes must come from: a line that is down between two places is nobody's fault.
    uint256 public constant MIN_REGIONS = 2;

    ICommittees public immutable COMMITTEES;

    /// @inheritdoc IFaults
    uint256 public count;
    mapping(uint256 faultId => Record) internal _records;
    mapping(uint256 machineId => mapping(uint256 leaseId => uint256 faultId)) internal _lastFault;
    /// @dev Of Unlike apart: a machine that is not what it should be was not away.
    mapping(uint256 machineId => mapping(bool isUnlike => Outages.Log)) internal _outages;

    constructor(ICommittees committees) {
        COMMITTEES = committees;
    }

    /// @inheritdoc IFaults
    function penaltyBps(Kind kind, uint256 seconds_) external pure returns (uint256) {
        return Outages.penalty(kind, seconds_);
    }

    /// @inheritdoc IFaults
    function fault(uint256 faultId) external view returns (Fault memory) {
        Record memory record = _records[faultId];
        return Fault({
            machineId: record.machineId,
            leaseId: record.leaseId,
            committeeId: _committeeOf(record),
            reporter: record.reporter,
            appellant: record.appellant,
            state: record.state,
            kind: record.kind,
            guilty: record.guilty,
            isFinal: record.isFinal,
            reportedAt: record.reportedAt,
            since: record.since,
            until: record.until,
            verdictAt: record.verdictAt,
            bond: record.state == State.None ? 0 : uint96(REPORT_BOND),
            appealBond: record.appellant == address(0) ? 0 : uint96(APPEAL_BOND),
            evidence: record.evidence
        });
    }

    /// @dev The committee that is asked now; afterwards the one whose verdict stands.
    function _committeeOf(Record memory record) internal pure returns (uint256) {
        return record.state == State.Appealed ? record.appealId : record.committeeId;
    }

    /// @dev Two thirds of the seated, rounded up, decide; who is silent or writes what is no judgement decides nothing. Guilty
    /// since the later median: half of those who found it so saw it away by then.
    function _tally(uint256 committeeId) internal view returns (State verdict, uint256 since) {
        uint256 quorum = (2 * uint256(COMMITTEES.committee(committeeId).seated) + 2) / 3;
        (address[] memory voters, bytes32[] memory votes) = COMMITTEES.votesOf(committeeId);
        uint256[] memory sinces = new uint256[](votes.length);
        uint256 guilties = 0;
        uint256 innocents = 0;
        uint256 regionSet = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            (bool valid, bool guilty, uint40 at) = Judgement.decode(votes[i]);
            if (!valid) continue;
            if (!guilty) {
                ++innocents;
                continue;
            }
            sinces[guilties++] = at;
            regionSet |= 1 << COMMITTEES.regionOf(voters[i]);
        }

        if (quorum > 0 && innocents >= quorum) return (State.Innocent, 0);
        if (guilties < quorum || guilties < MIN_GUILTY || _regions(regionSet) < MIN_REGIONS) {
            return (State.NoVerdict, 0);
        }
        // What is not filled in stays zero and sorts first.
        Arrays.sort(sinces);
        return (State.Guilty, sinces[sinces.length - guilties + guilties / 2]);
    }

    /// @dev Those of a committee who voted as the verdict is.
    function _votersFor(uint256 committeeId, bool verdict) internal view returns (address[] memory found) {
        (address[] memory voters, bytes32[] memory votes) = COMMITTEES.votesOf(committeeId);
        uint256 length = 0;
        for (uint256 i = 0; i < votes.length; ++i) {
            (bool valid, bool guilty,) = Judgement.decode(votes[i]);
            if (valid && guilty == verdict) voters[length++] = voters[i];
        }
        found = new address[](length);
        for (uint256 i = 0; i < length; ++i) {
            found[i] = voters[i];
        }
    }

    function _maintenanceOf(Record memory record) internal pure returns (IMachines.Maintenance memory) {
        return IMachines.Maintenance(record.maintenanceFrom, record.maintenanceUntil);
    }

    function _required(uint256 faultId) internal view returns (Record memory record) {
        record = _records[faultId];
        if (record.state == State.None) revert Errors.Faults_Unknown(faultId);
    }

    function _regions(uint256 set) private pure returns (uint256 number) {
        for (; set != 0; set &= set - 1) {
            ++number;
        }
    }
}
