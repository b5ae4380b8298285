// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeBurnTable
/// @notice One share for any number of slots, but for numbers for which a test sets another.
contract FakeBurnTable {
    uint256 private _bps;
    mapping(uint256 verifiedSlots => uint256) private _bpsAt;

    constructor(uint256 bps) {
        _bps = bps;
    }

    function set(uint256 bps) external {
        _bps = bps;
    }

    function setAt(uint256 verifiedSlots, uint256 bps) external {
        _bpsAt[verifiedSlots] = bps;
    }

    function shareFor(uint256 verifiedSlots) external view returns (uint256) {
        uint256 bps = _bpsAt[verifiedSlots];
        return bps == 0 ? _bps : bps;
    }
}
