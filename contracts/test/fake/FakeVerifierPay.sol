// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeVerifierPay
/// @notice The one door of Rewards that Committees uses: counts how often each verifier was credited.
contract FakeVerifierPay {
    mapping(address verifier => uint256) public credits;

    function creditVerifiers(address[] calldata verifiers) external {
        for (uint256 i = 0; i < verifiers.length; ++i) {
            ++credits[verifiers[i]];
        }
    }
}
