import type { Tile } from './tiles.ts'

/** What does the work: the kind of silicon, its name, and the way to it. */
export type Device = { kind: 'cpu' | 'gpu'; name: string; api: 'webgpu' | 'typescript' }

/** Renders one tile at a time, as `channels` floats a pixel. */
export type Lane = (tile: Tile) => Promise<Float32Array<ArrayBuffer>>

/** A back end with everything it needs already in place. */
export type Renderer = {
  device: Device
  /** What can be done at once: threads, or tiles in flight on a GPU. */
  lanes: readonly Lane[]
  /** The side in pixels of tiles that suit it. */
  tileSize: number
  close(): void
}
