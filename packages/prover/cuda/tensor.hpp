// The product on tensor units: mma.m16n8k32 over u8, each of 8 warps 32 × 64 entries. Fragments lie as the PTX manual says
// ("Matrix Fragments for mma.m16n8k32"): with g = lane / 4 and q = lane % 4, a thread holds
//   of A  words q and q + 4 of rows g and g + 8      of B  words q and q + 4 of column g
//   of C  columns 2q and 2q + 1 of rows g and g + 8
#pragma once
#include "tiles.hpp"

#ifdef HOTARU_HOST

// What the unit does for a whole warp, from the fragments of its 32 threads.
inline void multiplyFragments(uint32_t (*c)[64], int at, const uint32_t (*a)[8], int left, const uint32_t (*b)[16],
                              int right) {
  for (int lane = 0; lane < 32; lane++)
    for (int i = 0; i < 4; i++) {
      const int row = lane / 4 + 8 * (i / 2), column = 2 * (lane % 4) + i % 2;
      for (int word = 0; word < 8; word++) {
        const uint32_t one = a[(row % 8) * 4 + word % 4][left + row / 8 + 2 * (word / 4)];
        const uint32_t other = b[column * 4 + word % 4][right + word / 4];
        c[lane][at + i] = dotBytes(one, other, c[lane][at + i]);
      }
    }
}
#define MULTIPLY_FRAGMENTS(c, at, a, left, b, right) \
  for (int warp = 0; warp < 8; warp++)               \
  multiplyFragments(c##All + 32 * warp, at, a##All + 32 * warp, left, b##All + 32 * warp, right)

#else

DEVICE void multiplyFragments(uint32_t *c, const uint32_t *a, const uint32_t *b) {
#if __CUDA_ARCH__ >= 800
  asm("mma.sync.aligned.m16n8k32.row.col.s32.u8.u8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
      : "+r"(c[0]), "+r"(c[1]), "+r"(c[2]), "+r"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#endif
}
#define MULTIPLY_FRAGMENTS(c, at, a, left, b, right) multiplyFragments(c + at, a + left, b + right)

#endif

struct MultiplyTensor {
  Band band;

  DEVICE void operator()(uint32_t blockColumn, uint32_t blockRow) const {
    // 20 words from row to row: the 32 words of a fragment lie in 32 banks.
    constexpr uint32_t depth = 16, stride = 20;
    SHARED uint32_t leftTile[tile * stride], rightTile[tile * stride];
    OWN(uint32_t, sums, 64);
    OWN(uint32_t, a, 8);
    OWN(uint32_t, b, 16);
    THREADS(t) {
      UNROLL for (int i = 0; i < 64; i++) MINE(sums, t)[i] = 0;
    }
    for (uint32_t quad = 0; quad < band.n / 16; quad += depth / 4) {
      THREADS(t) {
        loadTile<depth, stride>(leftTile, band.left, blockRow * tile, band.rows, band.n, quad, t);
        loadTile<depth, stride>(rightTile, band.right, blockColumn * tile, band.columns, band.n, quad, t);
      }
      BARRIER;
      UNROLL for (uint32_t word = 0; word < depth; word += 8) {
        THREADS(t) {
          const uint32_t g = t % 32 / 4, q = t % 4 + word;
          UNROLL for (int i = 0; i < 8; i++)
            MINE(a, t)[i] = leftTile[(firstRow(t) + 16 * (i / 4) + 8 * (i % 2) + g) * stride + q + 4 * (i / 2 % 2)];
          UNROLL for (int i = 0; i < 16; i++)
            MINE(b, t)[i] = rightTile[(firstColumn(t) + 8 * (i / 2) + g) * stride + q + 4 * (i % 2)];
        }
        UNROLL for (int i = 0; i < 16; i++) { MULTIPLY_FRAGMENTS(sums, 4 * i, a, 4 * (i / 8), b, 2 * (i % 8)); }
      }
      BARRIER;
    }
    THREADS(t) {
      const uint32_t row = blockRow * tile + firstRow(t) + t % 32 / 4;
      const uint32_t column = blockColumn * tile + firstColumn(t) + 2 * (t % 4);
      UNROLL for (int i = 0; i < 64; i++)
        store(band, row + 16 * (i / 32) + 8 * (i / 2 % 2), column + 8 * (i / 4 % 8) + i % 2, MINE(sums, t)[i]);
    }
  }

 private:
  DEVICE static uint32_t firstRow(unsigned t) { return 32 * (t / 32 % 4); }
  DEVICE static uint32_t firstColumn(unsigned t) { return 64 * (t / 128); }
};
