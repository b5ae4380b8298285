// The product itself: C = A · B over bytes below 128, in tiles of 128 × 128 a block of 256 threads. Two ways to the same
// integers: four products an instruction on every GPU, and tensor units from compute capability 8.0 on.
#pragma once
#include "keccak.hpp"

constexpr uint32_t tile = 128;

// What a launch multiplies: `rows` of A by `columns` of B, both as rows of n / 4 words, into C from column `column` on.
struct Band {
  uint32_t n, rows, columns, column;
  const Word4 *left, *right;
  uint32_t *product;
};

// Loads 128 rows of `depth` words from quad `from` on; what lies outside is 0 and adds nothing.
template <uint32_t depth, uint32_t stride>
DEVICE void loadTile(uint32_t (&to)[tile * stride], const Word4 *rows, uint32_t first, uint32_t count, uint32_t n,
                     uint32_t from, unsigned t) {
  const uint32_t quads = n / 16;
  for (uint32_t at = t; at < tile * depth / 4; at += 256) {
    const uint32_t row = at / (depth / 4), quad = at % (depth / 4);
    Word4 words = {0, 0, 0, 0};
    if (first + row < count && from + quad < quads) words = rows[uint64_t(first + row) * quads + from + quad];
    uint32_t *place = to + row * stride + 4 * quad;
    place[0] = words.x, place[1] = words.y, place[2] = words.z, place[3] = words.w;
  }
}

// Big-endian, as leaves are.
DEVICE void store(const Band &band, uint32_t row, uint32_t column, uint32_t entry) {
  if (row < band.rows && column < band.columns)
    band.product[uint64_t(row) * band.n + band.column + column] = swapBytes(entry);
}

DEVICE uint32_t dotBytes(uint32_t a, uint32_t b, uint32_t sum) {
#ifdef HOTARU_HOST
  for (int at = 0; at < 32; at += 8) sum += ((a >> at) & 0xff) * ((b >> at) & 0xff);
  return sum;
#else
  return __dp4a(a, b, sum);
#endif
}

// Each thread makes 8 × 8 entries, 16 apart, so that neighbours read neighbours.
struct MultiplyPlain {
  Band band;

  DEVICE void operator()(uint32_t blockColumn, uint32_t blockRow) const {
    constexpr uint32_t depth = 8, stride = 9;
    SHARED uint32_t leftTile[tile * stride], rightTile[tile * stride];
    OWN(uint32_t, sums, 64);
    THREADS(t) {
      UNROLL for (int i = 0; i < 64; i++) MINE(sums, t)[i] = 0;
    }
    for (uint32_t quad = 0; quad < band.n / 16; quad += depth / 4) {
      THREADS(t) {
        loadTile<depth, stride>(leftTile, band.left, blockRow * tile, band.rows, band.n, quad, t);
        loadTile<depth, stride>(rightTile, band.right, blockColumn * tile, band.columns, band.n, quad, t);
      }
      BARRIER;
      THREADS(t) {
        UNROLL for (uint32_t word = 0; word < depth; word++) {
          uint32_t a[8], b[8];
          UNROLL for (int i = 0; i < 8; i++) {
            a[i] = leftTile[(t / 16 + 16 * i) * stride + word];
            b[i] = rightTile[(t % 16 + 16 * i) * stride + word];
          }
          UNROLL for (int i = 0; i < 64; i++) MINE(sums, t)[i] = dotBytes(a[i / 8], b[i % 8], MINE(sums, t)[i]);
        }
      }
      BARRIER;
    }
    THREADS(t) {
      UNROLL for (int i = 0; i < 64; i++)
        store(band, blockRow * tile + t / 16 + 16 * (i / 8), blockColumn * tile + t % 16 + 16 * (i % 8), MINE(sums, t)[i]);
    }
  }
};
