// keccak-256 on the device: a state of 25 lanes, whose indices are constants after unrolling, so that it stays in registers.
#pragma once
#include "device.hpp"

struct Bytes32 {
  uint32_t words[8];  // little-endian
};

DEVICE uint32_t swapBytes(uint32_t word) {
  return (word << 24) | ((word & 0xff00u) << 8) | ((word >> 8) & 0xff00u) | (word >> 24);
}

DEVICE uint64_t turn(uint64_t lane, int by) { return by == 0 ? lane : (lane << by) | (lane >> (64 - by)); }

// FIPS 202, §3.2.5.
DEVICE uint64_t roundConstant(int round) {
  constexpr uint64_t all[24] = {
      0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
      0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
      0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
      0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
      0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};
  return all[round];
}

DEVICE void permute(uint64_t (&s)[25]) {
  // FIPS 202, §3.2.2: how far rho turns lane x + 5 · y.
  constexpr int offsets[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                               25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};
  UNROLL for (int round = 0; round < 24; round++) {
    uint64_t c[5], b[25];
    UNROLL for (int x = 0; x < 5; x++) c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
    UNROLL for (int at = 0; at < 25; at++) {
      const int x = at % 5, y = at / 5;
      const uint64_t mixed = s[at] ^ c[(x + 4) % 5] ^ turn(c[(x + 1) % 5], 1);
      b[y + 5 * ((2 * x + 3 * y) % 5)] = turn(mixed, offsets[at]);
    }
    UNROLL for (int at = 0; at < 25; at++) {
      const int x = at % 5, row = at - x;
      s[at] = b[at] ^ (~b[row + (x + 1) % 5] & b[row + (x + 2) % 5]);
    }
    s[0] ^= roundConstant(round);
  }
}

DEVICE uint64_t lane(uint32_t low, uint32_t high) { return uint64_t(high) << 32 | low; }

// The state before a message of one block, of which the first 32 bytes are these; its last byte has the padding's end.
DEVICE void begin(uint64_t (&s)[25], const Bytes32 &first) {
  UNROLL for (int i = 0; i < 25; i++) s[i] = 0;
  UNROLL for (int i = 0; i < 4; i++) s[i] = lane(first.words[2 * i], first.words[2 * i + 1]);
  s[16] = 0x8000000000000000;
}

DEVICE Bytes32 digest(const uint64_t (&s)[25]) {
  Bytes32 hash;
  UNROLL for (int i = 0; i < 8; i++) hash.words[i] = uint32_t(s[i / 2] >> (32 * (i % 2)));
  return hash;
}
