// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeMachines
/// @notice What Rewards and Programs ask of Machines, set by the test.
contract FakeMachines {
    struct Fake {
        address owner;
        uint32 points;
        uint40 until;
    }

    mapping(uint256 machineId => Fake) public fakes;
    mapping(address owner => uint256) public balanceOf;

    function setOwner(uint256 machineId, address owner) external {
        address old = fakes[machineId].owner;
        if (old != address(0)) --balanceOf[old];
        ++balanceOf[owner];
        fakes[machineId].owner = owner;
    }

    function setPoints(uint256 machineId, uint32 points, uint256 until) external {
        fakes[machineId].points = points;
        fakes[machineId].until = uint40(until);
    }

    function pointsOf(uint256 machineId) external view returns (uint32, uint40) {
        return (fakes[machineId].points, fakes[machineId].until);
    }

    function ownerAndKey(uint256 machineId) external view returns (address owner, address key) {
        return (fakes[machineId].owner, address(0));
    }

    function isOwnerOrKey(uint256 machineId, address account) external view returns (bool) {
        return account != address(0) && fakes[machineId].owner == account;
    }
}
