// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bls} from "../../src/libraries/Bls.sol";
import {Test} from "../Test.sol";

/// @title BlsTest
/// @notice test/tree/Bls.tree, leaf by leaf. That signatures are checked rightly, the rounds of drand show.
contract BlsTest is Test {
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    function test_mapToCurve_WhenUIsZero() public view {
        check(0);
    }

    function test_mapToCurve_WhenTheInverseIsOfZero() public view {
        // 4·u² = 1
        check((P + 1) / 2);
        check((P - 1) / 2);
    }

    function test_mapToCurve_WhenEachOfTheCandidatesIsTheOne() public view {
        for (uint256 u = 1; u < 20; ++u) {
            check(u);
            check(P - u);
        }
    }

    function test_hashToField_WhenAMessageIsExpanded() public pure {
        // By hash_to_field of @noble/curves.
        (uint256 u0, uint256 u1) = Bls.hashToField(keccak256("message"));
        vm.assertEq(u0, 0x013a2f985c59c7b5c35a463ad4188c96b6c9b92e1705438d1c733fb1580a7cd5, "u0");
        vm.assertEq(u1, 0x0456acb6e1f600b80a196282970cc273b382ecb57941f72aecabfded8c59b088, "u1");
    }

    function check(uint256 u) private view {
        (uint256 x, uint256 y) = Bls.mapToCurve(u);
        vm.assertEq(mulmod(y, y, P), addmod(mulmod(mulmod(x, x, P), x, P), 3, P), "on the curve");
        vm.assertEq(y & 1, u & 1, "sign");
    }
}
