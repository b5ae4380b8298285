import type { Bvh } from './bvh.ts'
import { aimCamera } from './camera.ts'
import { channels } from './film.ts'
import { type Glow, type LightSample, lookIntoLights, lookIntoSky, sampleLight } from './lights.ts'
import { createRayCaster, type MeshHit, type Ray } from './rayCaster.ts'
import { createSampler, seedPixel } from './sampler.ts'
import { scene } from './scene.ts'
import { hitStage, type StageHit } from './stage.ts'
import type { Tile } from './tiles.ts'

/** What of a job concerns the light: its size, its quality, its chance. */
export type Exposure = { width: number; height: number; samples: number; seed: number }

/** How far a new ray starts off the surface it leaves. */
const skin = 2e-3

/**
 * Makes the function that renders one tile on this thread, as `channels` floats a pixel.
 *
 * Paths scatter by the cosine, ask one light at each corner, and end by chance, the sooner the darker the surface.
 * The shader does the same, line by line.
 */
export function createPathTracer(bvh: Bvh, exposure: Exposure): (tile: Tile) => Float32Array<ArrayBuffer> {
  const { width, height, samples, seed } = exposure
  const { bunny, stage, path } = scene
  const camera = aimCamera(width, height)
  const caster = createRayCaster(bvh)
  const sampler = createSampler()
  const ray: Ray = { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: 0 }
  const shadowRay: Ray = { ...ray }
  const meshHit: MeshHit = { distance: 0, triangle: 0, u: 0, v: 0 }
  const stageHit: StageHit = { distance: 0, nx: 0, ny: 0, nz: 0 }
  const glow: Glow = { distance: 0, r: 0, g: 0, b: 0 }
  const light: LightSample = { dx: 0, dy: 0, dz: 0, distance: 0, r: 0, g: 0, b: 0 }
  const weight = { r: 0, g: 0, b: 0 }
  const surface = { distance: 0, nx: 0, ny: 0, nz: 0, isBunny: false, r: 0, g: 0, b: 0 }
  const sum = new Float64Array(channels)
  const colour = { r: 0, g: 0, b: 0 }
  const point = { x: 0, y: 0, z: 0 }

  return (tile) => {
    const values = new Float32Array(tile.width * tile.height * channels)
    for (let row = 0; row < tile.height; row++)
      for (let column = 0; column < tile.width; column++) {
        renderPixel(tile.x + column, tile.y + row)
        values.set(
          sum.map((value) => value / samples),
          (row * tile.width + column) * channels,
        )
      }
    return values
  }

  function renderPixel(x: number, y: number): void {
    const pixelSeed = seedPixel(x, y, seed)
    sum.fill(0)
    for (let sample = 0; sample < samples; sample++) {
      sampler.start(pixelSeed, sample)
      sampler.next()
      aim(x + 0.5 + tent(sampler.u), y + 0.5 + tent(sampler.v))
      followPath()
      const luminance = 0.2126 * colour.r + 0.7152 * colour.g + 0.0722 * colour.b
      add(0, colour.r, colour.g, colour.b)
      sum[3] = (sum[3] as number) + luminance * luminance
    }
  }

  function aim(x: number, y: number): void {
    const sx = (2 * x) / width - 1
    const sy = 1 - (2 * y) / height
    ray.ox = camera.position[0]
    ray.oy = camera.position[1]
    ray.oz = camera.position[2]
    turn(
      camera.forward[0] + camera.right[0] * sx + camera.up[0] * sy,
      camera.forward[1] + camera.right[1] * sx + camera.up[1] * sy,
      camera.forward[2] + camera.right[2] * sx + camera.up[2] * sy,
    )
  }

  /** Follows one path from the eye and leaves what it gathered in `colour`. */
  function followPath(): void {
    colour.r = colour.g = colour.b = 0
    weight.r = weight.g = weight.b = 1
    let seesLights = true
    for (let bounce = 0; bounce <= path.maxBounces; bounce++) {
      const limit = bounce === 0 ? Infinity : path.clamp
      const met = meetSurface()
      if (seesLights) lookIntoLights(ray, glow)
      if (seesLights && glow.distance < surface.distance) {
        if (bounce === 0) feature(1, 1, 1, -ray.dx, -ray.dy, -ray.dz, glow.distance)
        gather(limit)
        return
      }
      if (!met) {
        lookIntoSky(ray.dy, glow)
        if (bounce === 0) feature(1, 1, 1, -ray.dx, -ray.dy, -ray.dz, 100)
        gather(limit)
        return
      }
      if (bounce === 0) feature(surface.r, surface.g, surface.b, surface.nx, surface.ny, surface.nz, surface.distance)
      advance()
      seesLights = false
      if (bounce === 0 && surface.isBunny && mirror()) {
        seesLights = true
        continue
      }
      weight.r *= surface.r
      weight.g *= surface.g
      weight.b *= surface.b
      askLight(limit)
      if (!survives()) return
      scatter()
    }
  }

  /** Fills `surface` with what the ray meets: the bunny, or else the stage; false when it is the sky. */
  function meetSurface(): boolean {
    const onStage = hitStage(ray, stageHit)
    surface.distance = onStage ? stageHit.distance : Infinity
    surface.isBunny = caster.closest(ray, surface.distance, meshHit)
    if (surface.isBunny) {
      surface.distance = meshHit.distance
      const at = meshHit.triangle * 9
      const { u, v } = meshHit
      const w = 1 - u - v
      const n = bvh.normals
      const x = (n[at] as number) * w + (n[at + 3] as number) * u + (n[at + 6] as number) * v
      const y = (n[at + 1] as number) * w + (n[at + 4] as number) * u + (n[at + 7] as number) * v
      const z = (n[at + 2] as number) * w + (n[at + 5] as number) * u + (n[at + 8] as number) * v
      // Smooth normals turn away from the eye at the rim, where the flat triangle still shows.
      const facing = x * ray.dx + y * ray.dy + z * ray.dz > 0 ? -1 : 1
      const length = facing / Math.sqrt(x * x + y * y + z * z)
      surface.nx = x * length
      surface.ny = y * length
      surface.nz = z * length
    } else if (onStage) {
      surface.nx = stageHit.nx
      surface.ny = stageHit.ny
      surface.nz = stageHit.nz
    } else return false
    const albedo = surface.isBunny ? bunny.albedo : stage.albedo
    surface.r = albedo[0]
    surface.g = albedo[1]
    surface.b = albedo[2]
    return true
  }

  /** Moves the ray's origin to the surface, a skin's breadth off it. */
  function advance(): void {
    ray.ox += ray.dx * surface.distance + surface.nx * skin
    ray.oy += ray.dy * surface.distance + surface.ny * skin
    ray.oz += ray.dz * surface.distance + surface.nz * skin
  }

  /** Decides between the coat and the body; turns the ray and says true when it is the coat. */
  function mirror(): boolean {
    sampler.next()
    const cosine = -(ray.dx * surface.nx + ray.dy * surface.ny + ray.dz * surface.nz)
    const fresnel = bunny.reflectance + (1 - bunny.reflectance) * (1 - cosine) ** 5
    const chance = Math.min(0.75, 0.15 + fresnel)
    const isCoat = sampler.u < chance
    const share = isCoat ? fresnel / chance : (1 - fresnel) / (1 - chance)
    weight.r *= share
    weight.g *= share
    weight.b *= share
    if (!isCoat) return false
    // What is left of u is uniform again, and with v roughens the mirror a little.
    pointOnSphere(sampler.u / chance, sampler.v)
    const nx = surface.nx + bunny.roughness * point.x
    const ny = surface.ny + bunny.roughness * point.y
    const nz = surface.nz + bunny.roughness * point.z
    const twice = (2 * (ray.dx * nx + ray.dy * ny + ray.dz * nz)) / (nx * nx + ny * ny + nz * nz)
    turn(ray.dx - twice * nx, ray.dy - twice * ny, ray.dz - twice * nz)
    return true
  }

  /** Adds what one light sends here, unless the bunny is in between. */
  function askLight(limit: number): void {
    sampler.next()
    const pick = sampler.u
    sampler.next()
    sampleLight(ray.ox, ray.oy, ray.oz, pick, sampler.u, sampler.v, light)
    const cosine = light.dx * surface.nx + light.dy * surface.ny + light.dz * surface.nz
    if (cosine <= 0 || light.g === 0) return
    shadowRay.ox = ray.ox
    shadowRay.oy = ray.oy
    shadowRay.oz = ray.oz
    shadowRay.dx = light.dx
    shadowRay.dy = light.dy
    shadowRay.dz = light.dz
    if (caster.blocked(shadowRay, light.distance)) return
    glow.r = (light.r * cosine) / Math.PI
    glow.g = (light.g * cosine) / Math.PI
    glow.b = (light.b * cosine) / Math.PI
    gather(limit)
  }

  /** Ends dim paths by chance and makes the others brighter, which keeps the mean. */
  function survives(): boolean {
    sampler.next()
    const chance = Math.min(0.95, Math.max(weight.r, weight.g, weight.b))
    if (sampler.u >= chance) return false
    weight.r /= chance
    weight.g /= chance
    weight.b /= chance
    return true
  }

  /** Turns the ray to a direction around the normal, likelier where the cosine is larger. */
  function scatter(): void {
    sampler.next()
    // The unit sphere set on the tip of the normal is Lambert's law.
    pointOnSphere(sampler.u, sampler.v)
    turn(surface.nx + point.x * 0.9999, surface.ny + point.y * 0.9999, surface.nz + point.z * 0.9999)
  }

  function pointOnSphere(u: number, v: number): void {
    point.z = 1 - 2 * u
    const flat = Math.sqrt(Math.max(0, 1 - point.z * point.z))
    point.x = Math.cos(2 * Math.PI * v) * flat
    point.y = Math.sin(2 * Math.PI * v) * flat
  }

  function turn(x: number, y: number, z: number): void {
    const length = Math.sqrt(x * x + y * y + z * z)
    ray.dx = x / length
    ray.dy = y / length
    ray.dz = z / length
  }

  /** Adds what the path sees, no brighter than `limit`: one lucky sample would leave a white dot. */
  function gather(limit: number): void {
    colour.r += Math.min(limit, weight.r * glow.r)
    colour.g += Math.min(limit, weight.g * glow.g)
    colour.b += Math.min(limit, weight.b * glow.b)
  }

  function feature(r: number, g: number, b: number, nx: number, ny: number, nz: number, distance: number): void {
    add(4, r, g, b)
    add(7, nx, ny, nz)
    sum[10] = (sum[10] as number) + distance
  }

  function add(at: number, x: number, y: number, z: number): void {
    sum[at] = (sum[at] as number) + x
    sum[at + 1] = (sum[at + 1] as number) + y
    sum[at + 2] = (sum[at + 2] as number) + z
  }
}

/** Bends a uniform number to a tent around 0, one pixel to either side: a soft, sharp enough edge. */
function tent(uniform: number): number {
  return uniform < 0.5 ? Math.sqrt(2 * uniform) - 1 : 1 - Math.sqrt(2 - 2 * uniform)
}
