// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";

/// @title FakeAuditMachines
/// @notice What Audits sees of Machines: who speaks for a machine, how many slots it has, and doors that note what was done.
contract FakeAuditMachines {
    address public owner;
    address public key;
    IMachines.State public state = IMachines.State.Online;
    uint8 public slots;
    uint256 public stake = 1000e18;
    IMachines.Class public class;
    uint40 public classUntil;
    uint256 public slashed;
    address public reporter;

    constructor(address owner_, address key_, uint8 slots_) {
        (owner, key, slots) = (owner_, key_, slots_);
    }

    function setState(IMachines.State to) external {
        state = to;
    }

    function isOwnerOrKey(uint256, address account) external view returns (bool) {
        return account == owner || account == key;
    }

    function ownerAndKey(uint256) external view returns (address, address) {
        return (owner, key);
    }

    function stateOf(uint256) external view returns (IMachines.State, uint8) {
        return (state, slots);
    }

    function stakeOf(uint256) external view returns (uint256) {
        return stake - slashed;
    }

    function setClass(uint256, IMachines.Class calldata to, uint40 until) external {
        (class, classUntil) = (to, until);
    }

    function slash(uint256, uint256 amount, IStakes.Split calldata split) external returns (uint256) {
        slashed += amount;
        reporter = split.reporter;
        return amount;
    }
}
