// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "../../src/interfaces/ILeases.sol";

/// @title FakeFaultLeases
/// @notice Leases that a test writes, and a note of how Faults closed them.
contract FakeFaultLeases {
    uint256 public refund;
    mapping(uint256 leaseId => uint256) public closedAsOf;
    mapping(uint256 leaseId => ILeases.Lease) private _leases;

    function set(uint256 leaseId, ILeases.Lease calldata lease_) external {
        _leases[leaseId] = lease_;
    }

    function setRefund(uint256 to) external {
        refund = to;
    }

    function closeAsOf(uint256 leaseId, uint40 since) external returns (uint256) {
        closedAsOf[leaseId] = since;
        _leases[leaseId].state = ILeases.State.Closed;
        return refund;
    }

    function lease(uint256 leaseId) external view returns (ILeases.Lease memory) {
        return _leases[leaseId];
    }
}
