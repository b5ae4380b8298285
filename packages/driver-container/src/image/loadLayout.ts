import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { arch } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { BaseError } from '@hotaru/base'
import type { EngineAddress } from '../engine/Engine.ts'
import { inspectImage, loadImage } from './images.ts'
import { type TarEntry, writeTar } from './writeTar.ts'

type Descriptor = { digest: string; size: number; mediaType?: string; platform?: { architecture: string; os: string } }
type Manifest = { config: Descriptor; layers: Descriptor[] }
type Index = { manifests: Descriptor[] }

/** An index points at indexes at most this deep; a deeper one is made to waste time. */
const deepestIndex = 3

/** Manifests and configurations are text of a few kilobytes. */
const largestTextBytes = 4 * 1024 * 1024

/**
 * Loads the image of that digest out of an OCI layout (a folder with `index.json` and `blobs/`), and gives its id.
 *
 * Undefined when the layout does not hold it. Every blob is hashed on its way; engines older than Docker 25 do not
 * read layouts, so it is handed over in the form of `docker save`.
 */
export async function loadLayout(engine: EngineAddress, folder: string, digest: string): Promise<string | undefined> {
  const index: Index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))
  const manifest = await findManifest(folder, index, digest)
  if (manifest === undefined) return undefined
  const id = manifest.config.digest
  if (await inspectImage(engine, id)) return id
  await loadImage(engine, Readable.from(writeTar(entriesOf(folder, manifest))))
  if ((await inspectImage(engine, id)) === undefined)
    throw new LayoutError({ folder, reason: 'the engine has other content' })
  return id
}

/** The manifest with that digest, or the one whose configuration has it; for many platforms, the one of this machine. */
async function findManifest(folder: string, index: Index, digest: string, depth = 0): Promise<Manifest | undefined> {
  if (depth > deepestIndex) throw new LayoutError({ folder, reason: 'indexes are nested too deep' })
  for (const entry of index.manifests) {
    const content: Manifest | Index = JSON.parse(await readBlob(folder, entry))
    if ('manifests' in content) {
      if (entry.digest === digest) return pickPlatform(folder, content)
      const found = await findManifest(folder, content, digest, depth + 1)
      if (found) return found
    } else if (entry.digest === digest || content.config.digest === digest) return content
  }
  return undefined
}

async function pickPlatform(folder: string, index: Index): Promise<Manifest> {
  const wanted = arch() === 'x64' ? 'amd64' : arch()
  const mine = index.manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === wanted)
  if (mine === undefined) throw new LayoutError({ folder, reason: `it holds no image for linux/${wanted}` })
  return JSON.parse(await readBlob(folder, mine))
}

async function* entriesOf(folder: string, manifest: Manifest): AsyncGenerator<TarEntry> {
  const { config, layers } = manifest
  // Ask for each layer once, however often the manifest names it.
  const distinct = [...new Map(layers.map((layer) => [layer.digest, layer])).values()]
  yield { path: nameOf(config), bytes: Buffer.from(await readBlob(folder, config)) }
  for (const layer of distinct) {
    const path = pathOf(folder, layer)
    const { size } = await stat(path)
    if (size !== layer.size) throw new LayoutError({ folder, reason: `blob ${layer.digest} has ${size} bytes` })
    yield { path: nameOf(layer), sizeBytes: size, stream: hashed(folder, layer) }
  }
  const saved = [{ Config: nameOf(config), RepoTags: null, Layers: layers.map(nameOf) }]
  yield { path: 'manifest.json', bytes: Buffer.from(JSON.stringify(saved)) }
}

async function* hashed(folder: string, blob: Descriptor): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(pathOf(folder, blob))) {
    hash.update(bytes)
    yield bytes
  }
  assertDigest(folder, blob, hash.digest('hex'))
}

async function readBlob(folder: string, blob: Descriptor): Promise<string> {
  const path = pathOf(folder, blob)
  const { size } = await stat(path)
  if (size > largestTextBytes) throw new LayoutError({ folder, reason: `blob ${blob.digest} has ${size} bytes` })
  const bytes = await readFile(path)
  assertDigest(folder, blob, createHash('sha256').update(bytes).digest('hex'))
  return bytes.toString('utf8')
}

function assertDigest(folder: string, blob: Descriptor, hex: string): void {
  if (blob.digest !== `sha256:${hex}`)
    throw new LayoutError({ folder, reason: `blob ${blob.digest} has other content` })
}

function pathOf(folder: string, blob: Descriptor): string {
  return join(folder, 'blobs', 'sha256', nameOf(blob))
}

/** The bare hash: also what keeps a digest from being a path that leads elsewhere. */
function nameOf(blob: Descriptor): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(blob.digest)?.[1]
  if (hex === undefined) throw new LayoutError({ folder: '', reason: `"${blob.digest}" is not a sha256 digest` })
  return hex
}

/** The layout is broken, or not what it says. */
export class LayoutError extends BaseError {
  override readonly name = 'Image.LayoutError'

  constructor({ folder, reason }: { folder: string; reason: string }) {
    super(`Cannot load the image: ${reason}, expected an OCI layout whose blobs have their digests`, {
      facts: { folder },
    })
  }
}
