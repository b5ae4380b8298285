import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bench, defineSuite, readOutput, type Suite } from '@hotaru/driver/compliance'
import { afterAll, beforeAll, expect } from 'vitest'
import { createContainerDriver } from './createContainerDriver.ts'
import type { ContainerDevice } from './device/findDevices.ts'
import type { Engine } from './engine/Engine.ts'
import { requestEngine } from './engine/requestEngine.ts'
import { fetchImage, ImageMissingError } from './image/fetchImage.ts'
import { ImageNotPinnedError } from './image/ImageReference.ts'
import { ImageTransferError, inspectImage } from './image/images.ts'
import { LayoutError } from './image/loadLayout.ts'
import { type LocalRegistry, localRegistry } from './testing/localRegistry.ts'
import { type SmallImage, smallImage } from './testing/smallImage.ts'
import { fakeNode, testEngine } from './testing/testEngine.ts'

const box = await testEngine('images')

let registry: LocalRegistry
let scratch: string
let bench: Bench

if (box.engine) {
  beforeAll(async () => {
    registry = await localRegistry()
    scratch = await mkdtemp(join(tmpdir(), 'hotaru-images-'))
    bench = await Bench.open(({ directory }) => createContainerDriver({ engine: engine(), directory, devices }))
  })
  afterAll(async () => {
    await registry.close()
    await bench.close()
    await rm(scratch, { recursive: true, force: true })
    await box.stop()
  }, 60_000)
}

function engine(): Engine {
  if (!box.engine) throw new Error(box.unavailable)
  return box.engine
}

/** One GPU whose hook is the fake of the test engine, and one that its machine no longer has. */
const devices: ContainerDevice[] = ['GPU-fake', 'GPU-gone'].map((uuid, slot) => {
  const base = { slot, kind: 'gpu', name: 'Fake GPU', id: uuid } as const
  return { ...base, grant: { by: 'nvidia', uuid }, nodes: [fakeNode, '/dev/nvidiactl'] }
})

/** Words no other run has used, so that the engine cannot have the image yet. */
const fresh = (name: string) => smallImage(`${name} ${process.pid} ${Date.now()}`)

function serve({ blobs, manifestDigest }: SmallImage, tag?: string): void {
  for (const [digest, bytes] of blobs) registry.content.set(digest, bytes)
  if (tag !== undefined) registry.tags.set(tag, manifestDigest)
}

async function layOut({ blobs, manifestDigest }: SmallImage, name: string): Promise<string> {
  const folder = join(scratch, name)
  await mkdir(join(folder, 'blobs/sha256'), { recursive: true })
  for (const [digest, bytes] of blobs) await writeFile(join(folder, 'blobs/sha256', digest.slice(7)), bytes)
  const size = blobs.get(manifestDigest)?.length ?? 0
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeFile(join(folder, 'index.json'), JSON.stringify({ manifests: [{ digest: manifestDigest, size }] }))
  return folder
}

const suite: Suite = {
  'pulls by digest, and tells how far it is': async () => {
    const image = await fresh('pulled')
    serve(image)
    const told: string[] = []
    const reference = `${registry.host}/x@${image.manifestDigest}`
    const found = await fetchImage(engine(), reference, { onProgress: ({ status }) => told.push(status) })
    expect(found.Id).toBe(image.id)
    expect(told).toContain('Pull complete')
  },
  '17 a tag that is swapped between the lease and the start changes nothing': async () => {
    const [agreed, other] = await Promise.all([fresh('agreed'), fresh('other')])
    serve(agreed, 'latest')
    serve(other, 'latest')
    expect((await fetchImage(engine(), `${registry.host}/x@${agreed.manifestDigest}`)).Id).toBe(agreed.id)
    await expect(fetchImage(engine(), `${registry.host}/x:latest`)).rejects.toThrow(ImageNotPinnedError)
  },
  '17 a registry that answers a digest with another image is refused': async () => {
    const [agreed, other] = await Promise.all([fresh('honest'), fresh('swapped')])
    serve(agreed)
    serve(other)
    registry.content.set(agreed.manifestDigest, other.blobs.get(other.manifestDigest) ?? Buffer.alloc(0))
    const reference = `${registry.host}/x@${agreed.manifestDigest}`
    await expect(fetchImage(engine(), reference)).rejects.toThrow(ImageTransferError)
    expect(await inspectImage(engine(), other.id)).toBeUndefined()
  },
  'loads an OCI layout by either digest': async () => {
    const image = await fresh('layout')
    const folder = await layOut(image, 'layout')
    expect((await fetchImage(engine(), image.manifestDigest, { sources: [folder] })).Id).toBe(image.id)
    expect((await fetchImage(engine(), image.id, { sources: [folder] })).Id).toBe(image.id)
  },
  'refuses a layout whose layer is not what it says': async () => {
    const image = await fresh('tampered')
    const [layer = ''] = image.blobs.keys()
    const bytes = Buffer.from(image.blobs.get(layer) ?? '')
    bytes[512] = (bytes[512] ?? 0) ^ 1
    image.blobs.set(layer, bytes)
    const folder = await layOut(image, 'tampered')
    await expect(fetchImage(engine(), image.id, { sources: [folder] })).rejects.toThrow(LayoutError)
    expect(await inspectImage(engine(), image.id)).toBeUndefined()
  },
  'loads an archive of a layout, and one of docker save': async () => {
    const image = await fresh('archive')
    const archive = join(scratch, 'layout.tar')
    execFileSync('tar', ['-cf', archive, '-C', await layOut(image, 'archived'), '.'])
    expect((await fetchImage(engine(), image.manifestDigest, { sources: [archive] })).Id).toBe(image.id)
    const saved = join(scratch, 'saved.tar')
    const url = `http://engine/images/${image.id}/get`
    execFileSync('curl', ['-s', '--unix-socket', engine().socketPath, '-o', saved, url])
    await requestEngine(engine(), { method: 'DELETE', path: `/images/${image.id}` })
    expect(await inspectImage(engine(), image.id)).toBeUndefined()
    expect((await fetchImage(engine(), image.id, { sources: [saved] })).Id).toBe(image.id)
  },
  'says where it looked for an image nobody has': async () => {
    const missing = `sha256:${'0'.repeat(64)}`
    await expect(fetchImage(engine(), missing)).rejects.toThrow(ImageMissingError)
  },
  'has a runtime for programs in its test image': async () => {
    const code = 'console.log(Deno.build.os, new Uint8Array(8).length)'
    const program = { driver: 'container', image: box.image ?? '', command: ['deno', 'eval', code] } as const
    const handle = await bench.start(bench.driver(), await bench.task({ program }))
    expect(await readOutput(bench.driver(), handle)).toBe('linux 8\n')
  },
  'gives a GPU through the vendor’s hook, and sees it inside': async () => {
    const handle = await startWith('GPU-fake')
    const found = [fakeNode, '/dev/nvidiactl']
    expect(await bench.driver().verifyDevices(handle)).toEqual({ ok: true, found })
  },
  'notices a GPU that was granted and did not come': async () => {
    const handle = await startWith('GPU-gone')
    expect(await bench.driver().verifyDevices(handle)).toMatchObject({ ok: false })
  },
}

function startWith(uuid: string) {
  const program = { driver: 'container', image: box.image ?? '', command: ['/bin/sleep', '60'] } as const
  const granted = devices.filter(({ id }) => id === uuid)
  return bench.task({ program }, { devices: granted }).then((task) => bench.start(bench.driver(), task))
}

defineSuite('images and devices', suite, { unavailable: box.unavailable, timeoutMs: 40_000 })
