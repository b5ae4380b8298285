import { bloom } from './bloom.ts'
import { buildBvh } from './bvh.ts'
import { chooseRenderer } from './chooseRenderer.ts'
import { denoise } from './denoise.ts'
import { develop } from './develop.ts'
import { createFilm, type Film, placeTile } from './film.ts'
import { parseJob } from './job.ts'
import { decodeMesh } from './mesh.ts'
import { encodePng } from './png.ts'
import type { Renderer } from './renderer.ts'
import { report } from './report.ts'
import { cutTiles } from './tiles.ts'

const startedAt = performance.now()
const job = parseJob(await Deno.readTextFile('job.json'))
const mesh = decodeMesh(await Deno.readFile('bunny.mesh'))
const bvh = buildBvh(mesh)
console.log(`Stanford bunny: ${mesh.indices.length / 3} triangles in ${bvh.nodes.length / 8} boxes`)

const renderer = await chooseRenderer(job, bvh)
report({ device: renderer.device })
const renderingAt = performance.now()
const film = await exposeFilm(renderer)
renderer.close()
const renderMs = Math.round(performance.now() - renderingAt)

const picture = bloom(denoise(film, job.samples))
const png = await encodePng(job.width, job.height, develop(picture))
await Deno.mkdir('out', { recursive: true })
await Deno.writeFile('out/bunny.png', png)
console.log(`out/bunny.png: ${job.width}x${job.height}, ${job.samples} paths a pixel, ${renderMs} ms of light`)
report({
  result: {
    output: 'out/bunny.png',
    device: renderer.device.name,
    width: job.width,
    height: job.height,
    samples: job.samples,
    renderMs,
    totalMs: Math.round(performance.now() - startedAt),
  },
})

/** Lets every lane take tiles until none is left. */
async function exposeFilm({ lanes, tileSize }: Renderer): Promise<Film> {
  const result = createFilm(job.width, job.height)
  const tiles = cutTiles(job.width, job.height, tileSize)
  const total = tiles.length
  let done = 0
  const work = lanes.map(async (lane) => {
    for (let tile = tiles.shift(); tile !== undefined; tile = tiles.shift()) {
      placeTile(result, tile, await lane(tile))
      done++
      report({ progress: { done, total, label: `tile ${done}/${total}` } })
    }
  })
  await Promise.all(work)
  return result
}
