// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPrices} from "../src/interfaces/IPrices.sol";
import {IStakes} from "../src/interfaces/IStakes.sol";
import {Prices} from "../src/Prices.sol";
import {Stakes} from "../src/Stakes.sol";
import {Token} from "../src/Token.sol";
import {Test} from "./Test.sol";

/// @title PriceWorld
/// @notice Prices on the real Stakes, and five admitted reporters with free stake, named in the order of their addresses.
abstract contract PriceWorld is Test {
    uint256 internal constant REPORTER_STAKE = 1000e18;
    uint256 internal constant FUNDS = 2500e18;
    uint64 internal constant PRICE = 500_000;

    address internal immutable governance = account("governance");
    address internal immutable stranger = account("stranger");

    Stakes internal stakes;
    Prices internal prices;
    uint256[5] internal keys;

    function setUp() public virtual {
        vm.warp(time);
        for (uint256 i = 0; i < 5; ++i) {
            keys[i] = privateKeyOf(string(abi.encodePacked("reporter", bytes1(uint8(0x61 + i)))));
            for (uint256 j = i; j > 0 && vm.addr(keys[j]) < vm.addr(keys[j - 1]); --j) {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
            }
        }
        uint256 nonce = vm.getNonce(address(this));
        address stakesAt = vm.computeCreateAddress(address(this), nonce + 1);
        address pricesAt = vm.computeCreateAddress(address(this), nonce + 2);
        Token token = new Token(address(this), IStakes(stakesAt), address(1), address(1));
        stakes = new Stakes(
            token, Stakes.Lockers(address(1), address(1), address(1), pricesAt), account("treasury"), 14 days
        );
        prices = deploy(reportersTo(5));
        for (uint256 i = 0; i < 5; ++i) {
            token.transfer(reporter(i), FUNDS);
            vm.prank(reporter(i));
            token.approve(stakesAt, FUNDS);
            vm.prank(reporter(i));
            stakes.deposit(FUNDS);
        }
    }

    function deploy(address[] memory admitted) internal returns (Prices) {
        return new Prices(Prices.Config({stakes: stakes, governance: governance, reporters: admitted}));
    }

    function reporter(uint256 i) internal view returns (address) {
        return vm.addr(keys[i]);
    }

    /// @dev The first `length` reporters, and others behind the fifth.
    function reportersTo(uint256 length) internal view returns (address[] memory found) {
        found = new address[](length);
        for (uint256 i = 0; i < length; ++i) {
            found[i] = i < 5 ? reporter(i) : address(uint160(0xbeef + i));
        }
    }

    function enroll(uint256 i) internal {
        vm.prank(reporter(i));
        prices.enroll();
    }

    function enrollFirst(uint256 length) internal {
        for (uint256 i = 0; i < length; ++i) {
            enroll(i);
        }
    }

    /// @dev Signs for `signedFor`, by key and not by number.
    function observe(Prices signedFor, uint256 privateKey, uint256 usdPerToken, uint256 observedAt)
        internal
        view
        returns (IPrices.Observation memory)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Hotaru Prices"),
                keccak256("1"),
                block.chainid,
                address(signedFor)
            )
        );
        bytes32 content = keccak256(
            abi.encode(keccak256("Observation(uint64 usdPerToken,uint40 observedAt)"), usdPerToken, observedAt)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, keccak256(abi.encodePacked("\x19\x01", domain, content)));
        return IPrices.Observation(uint64(usdPerToken), uint40(observedAt), abi.encodePacked(r, s, v));
    }

    function observe(uint256 i, uint256 usdPerToken, uint256 observedAt)
        internal
        view
        returns (IPrices.Observation memory)
    {
        return observe(prices, keys[i], usdPerToken, observedAt);
    }

    function one(IPrices.Observation memory observation) internal pure returns (IPrices.Observation[] memory list) {
        list = new IPrices.Observation[](1);
        list[0] = observation;
    }

    /// @dev The first reporters observe now, one each of these.
    function seen(uint256[] memory usd) internal view returns (IPrices.Observation[] memory list) {
        list = new IPrices.Observation[](usd.length);
        for (uint256 i = 0; i < usd.length; ++i) {
            list[i] = observe(i, usd[i], time);
        }
    }

    /// @dev One reporter alone posts `usd` now; he is enrolled.
    function post(uint256 usd) internal {
        prices.post(one(observe(0, usd, time)));
    }

    function assertPrice(uint256 expected) internal view {
        vm.assertEq(prices.usdPerToken(), expected, "price");
    }
}
