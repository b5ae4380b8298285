// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Bls
/// @notice Checks BLS signatures on the curve BN254, whose arithmetic every EVM chain has as precompiles: signatures are points
/// of G1, keys points of G2. Messages become points as RFC 9380 says (its names are kept here), in the suite that drand signs in.
library Bls {
    /// @notice Tells the hashes of this suite from all others: keccak256 expands, SVDW maps.
    bytes private constant DST = "BLS_SIG_BN254G1_XMD:KECCAK-256_SVDW_RO_NUL_";

    /// @dev p, the prime of the field that coordinates are numbers of; the curve is y² = x³ + 3, and each of its points is in G1.
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
    /// @dev x ^ ((p + 1) / 4) is a root of x, where x has one: p is 3 modulo 4.
    uint256 private constant ROOT = (P + 1) / 4;

    /// @dev The generator of G2, each coordinate with the imaginary part first, as the precompile wants it (EIP-197).
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant G2_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;
    uint256 private constant G2_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;

    /// @dev The constants of SVDW (RFC 9380, section 6.6.1) for this curve, with Z = 1: c1 = g(Z), c2 = -Z / 2,
    /// c3 = the even root of -3·g(Z), c4 = -4·g(Z) / 3.
    uint256 private constant Z = 1;
    uint256 private constant C1 = 4;
    uint256 private constant C2 = (P - 1) / 2;
    uint256 private constant C3 = 0x16789af3a83522eb353c98fc6b36d713d5d8d1cc5dffffffa;
    uint256 private constant C4 = 0x10216f7ba065e00de81ac1e7808072c9dd2b2385cd7b438469602eb24829a9bd;

    address private constant MODEXP = address(5);
    address private constant ECADD = address(6);
    address private constant PAIRING = address(8);

    /// @notice Whether the point `(x, y)` is the signature of `message` by `key`: whether e(signature, generator) equals
    /// e(hash of the message, key). There is one such point a message, and one pair of numbers that it passes by.
    function isSignature(uint256 x, uint256 y, uint256[4] memory key, bytes32 message) internal view returns (bool) {
        // The precompile burns all of its gas on what is no point; the point at infinity, written (0, 0), is none here.
        if (x >= P || y >= P || mulmod(y, y, P) != g(x)) return false;
        (uint256 hx, uint256 hy) = hashToCurve(message);
        // Negating one side turns the equation into a product that has to be one.
        bytes memory signaturePair = abi.encode(x, P - y, G2_X1, G2_X0, G2_Y1, G2_Y0);
        return pairingIsOne(bytes.concat(signaturePair, abi.encode(hx, hy, key)));
    }

    /// @notice Whether `key` is a point of G2 other than infinity. The precompile refuses what is not in G2.
    function isKey(uint256[4] memory key) internal view returns (bool) {
        if (key[0] | key[1] | key[2] | key[3] == 0) return false;
        // The pairing of anything with infinity is one.
        return pairingIsOne(abi.encode(uint256(0), uint256(0), key));
    }

    /// @notice RFC 9380's hash_to_curve: a point of G1 of which nobody knows how many times the generator it is.
    function hashToCurve(bytes32 message) internal view returns (uint256 x, uint256 y) {
        (uint256 u0, uint256 u1) = hashToField(message);
        (uint256 x0, uint256 y0) = mapToCurve(u0);
        (uint256 x1, uint256 y1) = mapToCurve(u1);
        (, bytes memory sum) = ECADD.staticcall(abi.encode(x0, y0, x1, y1));
        return abi.decode(sum, (uint256, uint256));
    }

    /// @notice RFC 9380's hash_to_field for two numbers: expand_message_xmd makes 48 bytes for each, 128 bits more than p has,
    /// so that no remainder is likelier than another.
    function hashToField(bytes32 message) internal pure returns (uint256 u0, uint256 u1) {
        bytes memory dst = abi.encodePacked(DST, uint8(DST.length));
        // Z_pad is as long as a block of keccak256, 136 bytes; then the message, how many bytes are wanted, and a zero.
        bytes32 b0 = keccak256(abi.encodePacked(new bytes(136), message, uint16(96), uint8(0), dst));
        bytes32 b1 = keccak256(abi.encodePacked(b0, uint8(1), dst));
        bytes32 b2 = keccak256(abi.encodePacked(b0 ^ b1, uint8(2), dst));
        bytes32 b3 = keccak256(abi.encodePacked(b0 ^ b2, uint8(3), dst));

        u0 = addmod(mulmod(uint256(b1), 1 << 128, P), uint256(b2) >> 128, P);
        uint256 high = mulmod(mulmod(uint128(uint256(b2)), 1 << 128, P), 1 << 128, P);
        u1 = addmod(high, uint256(b3), P);
    }

    /// @notice RFC 9380's map_to_curve by Shallue and van de Woestijne: of three candidates for x, one is always on the curve.
    /// All numbers here are public, so the branches may leak which.
    function mapToCurve(uint256 u) internal view returns (uint256 x, uint256 y) {
        uint256 tv1 = mulmod(mulmod(u, u, P), C1, P);
        uint256 tv2 = addmod(1, tv1, P);
        tv1 = addmod(1, P - tv1, P);
        // By Fermat; zero, which has no inverse, becomes zero, as inv0 wants.
        uint256 tv3 = modexp(mulmod(tv1, tv2, P), P - 2);
        uint256 tv4 = mulmod(mulmod(mulmod(u, tv1, P), tv3, P), C3, P);

        x = addmod(C2, P - tv4, P);
        y = modexp(g(x), ROOT);
        if (mulmod(y, y, P) != g(x)) {
            x = addmod(C2, tv4, P);
            y = modexp(g(x), ROOT);
            if (mulmod(y, y, P) != g(x)) {
                x = mulmod(mulmod(tv2, tv2, P), tv3, P);
                x = addmod(mulmod(mulmod(x, x, P), C4, P), Z, P);
                y = modexp(g(x), ROOT);
            }
        }
        // Of the two roots, the one that is odd where u is (sgn0); none is zero, for no point of the curve has y = 0.
        if ((u ^ y) & 1 == 1) y = P - y;
    }

    /// @dev y² of a point at `x`.
    function g(uint256 x) private pure returns (uint256) {
        return addmod(mulmod(mulmod(x, x, P), x, P), 3, P);
    }

    function modexp(uint256 base, uint256 exponent) private view returns (uint256) {
        (, bytes memory power) = MODEXP.staticcall(abi.encode(uint256(32), uint256(32), uint256(32), base, exponent, P));
        return abi.decode(power, (uint256));
    }

    function pairingIsOne(bytes memory pairs) private view returns (bool) {
        (bool isValid, bytes memory product) = PAIRING.staticcall(pairs);
        return isValid && abi.decode(product, (uint256)) == 1;
    }
}
