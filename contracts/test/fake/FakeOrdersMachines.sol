// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMachines} from "../../src/interfaces/IMachines.sol";

/// @title FakeOrdersMachines
/// @notice What Orders asks of Machines, with a knob for each.
contract FakeOrdersMachines {
    mapping(uint256 machineId => IMachines.Terms) private _terms;
    mapping(uint256 machineId => address) private _owners;
    mapping(uint256 machineId => address) private _keys;

    function setTerms(uint256 machineId, IMachines.Terms calldata terms_) external {
        _terms[machineId] = terms_;
    }

    function setOwnerAndKey(uint256 machineId, address owner, address key) external {
        _owners[machineId] = owner;
        _keys[machineId] = key;
    }

    function terms(uint256 machineId) external view returns (IMachines.Terms memory) {
        return _terms[machineId];
    }

    function offerHash(uint256 machineId) external view returns (bytes32) {
        return keccak256(abi.encode(_terms[machineId].offer));
    }

    function ownerAndKey(uint256 machineId) external view returns (address owner, address key) {
        return (_owners[machineId], _keys[machineId]);
    }
}
