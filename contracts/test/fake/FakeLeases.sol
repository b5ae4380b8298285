// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeLeases
/// @notice What was burnt in which epoch, as the test says.
contract FakeLeases {
    mapping(uint256 epoch => uint256) public burntIn;
    mapping(uint256 machineId => mapping(uint256 epoch => uint256)) public burntBy;

    function burn(uint256 machineId, uint256 epoch, uint256 amount) external {
        burntIn[epoch] += amount;
        burntBy[machineId][epoch] += amount;
    }

    /// @dev As when a machine's record is older than Leases keeps.
    function forget(uint256 machineId, uint256 epoch) external {
        delete burntBy[machineId][epoch];
    }
}
