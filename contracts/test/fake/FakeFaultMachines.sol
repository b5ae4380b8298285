// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";

/// @title FakeFaultMachines
/// @notice What Faults sees of Machines, with stake that lies in the real Stakes.
contract FakeFaultMachines {
    IStakes private immutable STAKES;

    /// @dev How often `slash` was called, and with how much altogether.
    uint256 public slashes;
    uint256 public asked;
    mapping(uint256 machineId => IMachines.State) private _states;
    mapping(uint256 machineId => address) private _owners;
    mapping(uint256 machineId => address) private _keys;
    mapping(uint256 machineId => IMachines.Maintenance) private _maintenance;

    constructor(IStakes stakes) {
        STAKES = stakes;
    }

    function add(uint256 machineId, address owner, address key, uint256 stake) external {
        (_states[machineId], _owners[machineId], _keys[machineId]) = (IMachines.State.Online, owner, key);
        STAKES.lock(machineId, owner, stake);
    }

    function setState(uint256 machineId, IMachines.State state) external {
        _states[machineId] = state;
    }

    function exit(uint256 machineId) external {
        _states[machineId] = IMachines.State.Exited;
        STAKES.unbond(machineId);
    }

    function setOwner(uint256 machineId, address owner) external {
        _owners[machineId] = owner;
    }

    function setMaintenance(uint256 machineId, uint256 from, uint256 until) external {
        _maintenance[machineId] = IMachines.Maintenance(uint40(from), uint40(until));
    }

    function slash(uint256 machineId, uint256 amount, IStakes.Split calldata split) external returns (uint256) {
        ++slashes;
        asked += amount;
        return STAKES.slash(machineId, amount, 0, split);
    }

    function stakeOf(uint256 machineId) external view returns (uint256 amount) {
        (, amount,) = STAKES.bond(address(this), machineId);
    }

    function stateOf(uint256 machineId) external view returns (IMachines.State, uint8) {
        return (_states[machineId], 1);
    }

    function ownerAndKey(uint256 machineId) external view returns (address, address) {
        return (_owners[machineId], _keys[machineId]);
    }

    function isOwnerOrKey(uint256 machineId, address account) external view returns (bool) {
        return account == _owners[machineId] || account == _keys[machineId];
    }

    function maintenanceOf(uint256 machineId) external view returns (IMachines.Maintenance memory) {
        return _maintenance[machineId];
    }
}
