// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leases} from "../../src/Leases.sol";

/// @title FakeOperators
/// @notice Operators that a test sets, with purses in the real Leases.
contract FakeOperators {
    struct Terms {
        address account;
        uint16 capBps;
        uint24 purse;
    }

    Leases private immutable LEASES;
    mapping(uint256 operatorId => Terms) public terms;

    constructor(Leases leases) {
        LEASES = leases;
    }

    function set(uint256 operatorId, address account, uint16 capBps) external {
        terms[operatorId] = Terms(account, capBps, LEASES.openPurse(account));
    }
}
