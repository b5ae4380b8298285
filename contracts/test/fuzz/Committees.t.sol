// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CommitteeWorld} from "../CommitteeWorld.sol";

/// @title CommitteesFuzz
/// @notice The draw, for any seed and any mix of verifiers.
contract CommitteesFuzz is CommitteeWorld {
    /// @dev Who holds which ticket, kept beside the contract.
    address[] private holders;

    function testFuzz_draw_isThatOfThePlainDraw(bytes32 value, uint256 number, uint256 tickets, uint256 size) public {
        number = bound(number, 1, 12);
        size = bound(size, 3, 21);
        for (uint256 i = 0; i < number; ++i) {
            uint256 own = 1 + (tickets >> (4 * i)) % 16;
            enroll(verifier(i), uint8(own));
            for (uint256 k = 0; k < own; ++k) {
                holders.push(verifier(i));
            }
        }
        skip(1);
        (address first, address second) = (verifier(tickets % 16), verifier(tickets % 5));
        uint256 committeeId = convene(size, first, second);
        beacon.set(committees.committee(committeeId).round, value);
        address[] memory members = seat(committeeId);

        address[] memory plain = plainDraw(committees.committee(committeeId).seed, committeeId, size, first, second);
        vm.assertEq(members.length, plain.length, "members");
        for (uint256 i = 0; i < members.length; ++i) {
            vm.assertEq(members[i], plain[i], "member");
            vm.assertTrue(members[i] != first && members[i] != second, "excluded");
            for (uint256 k = 0; k < i; ++k) {
                vm.assertTrue(members[i] != members[k], "twice");
            }
        }
    }

    function testFuzz_tickets_areCountedThroughEnteringAndLeaving(uint256 steps) public {
        uint256 enrolled = 0;
        for (uint256 i = 0; i < 32; ++i) {
            address who = verifier((steps >> (8 * i)) % 6);
            uint8 more = uint8((steps >> (8 * i + 4)) % 16);
            if (committees.isVerifier(who) && more % 3 == 0) {
                leave(who);
                --enrolled;
                skip(UNBONDING_PERIOD);
            } else if (more > 0 && committees.ticketsOf(who) + more <= 16) {
                if (!committees.isVerifier(who)) ++enrolled;
                enroll(who, more);
            }
        }
        vm.assertEq(committees.verifiers(), enrolled, "verifiers");
        for (uint256 i = 0; i < 6; ++i) {
            if (!committees.isVerifier(verifier(i))) continue;
            (uint256 amount,) = bondOf(verifier(i));
            vm.assertEq(amount, committees.ticketsOf(verifier(i)) * 1000e18, "bond");
        }
        // Whoever is enrolled is drawn sooner or later, and nobody else. One draw may miss the only ticket of someone: of 96
        // tickets, 64 tries miss it every second time, and all 2 560 tries in one run of 400 000 million.
        skip(1);
        uint256 drawn = 0;
        for (uint256 i = 0; i < 40 && enrolled >= 3; ++i) {
            skip(3);
            address[] memory members = seat(convene(6));
            for (uint256 k = 0; k < members.length; ++k) {
                vm.assertTrue(committees.isVerifier(members[k]), "enrolled");
                drawn |= 1 << (uint160(members[k]) - uint160(verifier(0)));
            }
        }
        for (uint256 i = 0; i < 6 && enrolled >= 3; ++i) {
            vm.assertTrue(committees.isVerifier(verifier(i)) == (drawn >> i & 1 == 1), "drawn");
        }
    }

    /// forge-config: default.fuzz.runs = 8
    /// @dev 16 of 56 tickets: seated in 64 of 100 draws of three, a holder of one in 6.
    function testFuzz_weight_isTheStake(uint8 start) public {
        skip(start);
        enroll(stranger, 16);
        for (uint256 i = 0; i < 40; ++i) {
            enroll(verifier(i), 1);
        }
        skip(1);
        uint256 large = 0;
        uint256 small = 0;
        for (uint256 i = 0; i < 300; ++i) {
            skip(10);
            address[] memory members = seat(convene(3));
            for (uint256 k = 0; k < 3; ++k) {
                if (members[k] == stranger) ++large;
                if (members[k] == verifier(7)) ++small;
            }
        }
        vm.assertTrue(large > 150 && large < 240, "sixteen tickets: 193 expected");
        vm.assertTrue(small > 3 && small < 40, "one ticket: 18 expected");
    }

    function plainDraw(bytes32 seed, uint256 committeeId, uint256 size, address first, address second)
        private
        view
        returns (address[] memory members)
    {
        members = new address[](0);
        for (uint256 i = 0; i < 64; ++i) {
            address holder = holders[uint256(keccak256(abi.encode(seed, committeeId, i))) % holders.length];
            bool eligible = holder != first && holder != second && members.length < size;
            for (uint256 k = 0; k < members.length; ++k) {
                eligible = eligible && members[k] != holder;
            }
            if (eligible) members = with(members, holder);
        }
        if (members.length < 3) members = new address[](0);
    }

    function with(address[] memory list, address last) private pure returns (address[] memory longer) {
        longer = new address[](list.length + 1);
        for (uint256 i = 0; i < list.length; ++i) {
            longer[i] = list[i];
        }
        longer[list.length] = last;
    }
}
