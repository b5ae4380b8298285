// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";

/// @title FakeOrdersMachines
/// @notice What Orders asks of Machines, with a knob for each.
contract FakeOrdersMachines {
    error TakesNoLease();
    error OfferChanged();

    uint40 public openUntil = type(uint40).max;
    mapping(uint256 machineId => IMachines.Machine) private _machines;

    function setMachine(uint256 machineId, IMachines.Machine calldata machine_) external {
        _machines[machineId] = machine_;
    }

    function setOwnerAndKey(uint256 machineId, address owner, address key) external {
        _machines[machineId].owner = owner;
        _machines[machineId].key = key;
    }

    function setOpenUntil(uint40 until) external {
        openUntil = until;
    }

    function machine(uint256 machineId) external view returns (IMachines.Machine memory) {
        return _machines[machineId];
    }

    function terms(uint256 machineId, bool, bytes32 expected) external view returns (IMachines.Terms memory found) {
        if (_machines[machineId].state != IMachines.State.Online) revert TakesNoLease();
        if (expected != 0 && expected != offerHash(machineId)) revert OfferChanged();
        found.openUntil = openUntil;
    }

    function offerHash(uint256 machineId) public view returns (bytes32) {
        return keccak256(abi.encode(_machines[machineId].offer));
    }

    function ownerAndKey(uint256 machineId) external view returns (address owner, address key) {
        return (_machines[machineId].owner, _machines[machineId].key);
    }
}
