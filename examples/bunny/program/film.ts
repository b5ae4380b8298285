import type { Tile } from './tiles.ts'

/**
 * What is kept of a pixel, as averages over its samples: colour (3), square of its luminance,
 * surface colour (3), normal (3), distance from the eye.
 */
export const channels = 11

/** A picture in the making. */
export type Film = { width: number; height: number; values: Float32Array<ArrayBuffer> }

/** Makes a black film. */
export function createFilm(width: number, height: number): Film {
  return { width, height, values: new Float32Array(width * height * channels) }
}

/** Puts a finished tile, row by row, where it belongs. */
export function placeTile(film: Film, tile: Tile, values: Float32Array): void {
  for (let row = 0; row < tile.height; row++) {
    const line = values.subarray(row * tile.width * channels, (row + 1) * tile.width * channels)
    film.values.set(line, ((tile.y + row) * film.width + tile.x) * channels)
  }
}
