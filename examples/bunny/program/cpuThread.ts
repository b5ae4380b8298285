import type { Bvh } from './bvh.ts'
import { createPathTracer, type Exposure } from './pathTracer.ts'
import type { Tile } from './tiles.ts'

/** The first message brings the scene, every other a tile; every tile is answered with its pixels. */
self.onmessage = (first: MessageEvent<{ bvh: Bvh; exposure: Exposure }>) => {
  const render = createPathTracer(first.data.bvh, first.data.exposure)
  self.onmessage = (event: MessageEvent<Tile>) => {
    const values = render(event.data)
    self.postMessage(values, { transfer: [values.buffer] })
  }
}
