import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutTiles } from './tiles.ts'

test('the tiles cover every pixel once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 40 }),
      (width, height, size) => {
        const seen = new Uint8Array(width * height)
        for (const tile of cutTiles(width, height, size))
          for (let y = tile.y; y < tile.y + tile.height; y++)
            for (let x = tile.x; x < tile.x + tile.width; x++) seen[y * width + x] = (seen[y * width + x] ?? 0) + 1
        expect(seen.every((times) => times === 1)).toBe(true)
      },
    ),
  )
})
