import { execFile } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BaseError } from '@hotaru/base'
import type { EngineAddress } from '../engine/Engine.ts'
import { parseImageReference } from './ImageReference.ts'
import { type Image, type ImageProgress, inspectImage, loadImage, pullImage } from './images.ts'
import { loadLayout } from './loadLayout.ts'

/**
 * Sees to it that the engine has an image of that content, and gives what the engine tells of it.
 *
 * Looks in the engine, then in `sources` (OCI layout folders, and archives of `docker save` or of an OCI layout), then
 * in the registry the reference names. Whatever a tag says meanwhile, only the digest decides.
 * @throws `Image.NotPinnedError`, `Image.MissingError`, `Image.TransferError`, `Image.LayoutError`
 */
export async function fetchImage(
  engine: EngineAddress,
  reference: string,
  options: fetchImage.Options = {},
): Promise<Image> {
  const { repository, digest } = parseImageReference(reference)
  const { sources = [], onProgress, signal } = options
  const there = await inspectImage(engine, reference)
  if (there) return there
  for (const source of sources.filter(existsSync)) {
    const id = await loadSource(engine, source, digest)
    const image = id === undefined ? undefined : await inspectImage(engine, id)
    if (image) return image
  }
  if (repository === undefined) throw new ImageMissingError({ image: reference, sources })
  await pullImage(engine, { repository, digest }, { onProgress, signal })
  const pulled = await inspectImage(engine, reference)
  if (pulled === undefined) throw new ImageMissingError({ image: reference, sources })
  return pulled
}

export declare namespace fetchImage {
  type Options = {
    /** Layout folders and archives to look into before a registry is asked. Those that are not there are passed over. */
    sources?: readonly string[] | undefined
    onProgress?: ((progress: ImageProgress) => void) | undefined
    signal?: AbortSignal | undefined
  }
}

async function loadSource(engine: EngineAddress, source: string, digest: string): Promise<string | undefined> {
  if (existsSync(join(source, 'index.json'))) return loadLayout(engine, source, digest)
  const names = await run('tar', ['-tf', source], { maxBuffer: 64 * 1024 * 1024 })
  if (!/^(\.\/)?index\.json$/m.test(names.stdout)) return loadSaved(engine, source, digest)
  const folder = await mkdtemp(join(tmpdir(), 'hotaru-layout-'))
  try {
    await run('tar', ['-xf', source, '-C', folder, '--no-same-owner', '--no-same-permissions'])
    return await loadLayout(engine, folder, digest)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** An archive of `docker save`: the engine computes the id from the content, so asking for the id proves it. */
async function loadSaved(engine: EngineAddress, archive: string, digest: string): Promise<string | undefined> {
  await loadImage(engine, createReadStream(archive))
  return (await inspectImage(engine, digest)) === undefined ? undefined : digest
}

const run = promisify(execFile)

/** Nobody has the image. */
export class ImageMissingError extends BaseError {
  override readonly name = 'Image.MissingError'

  constructor({ image, sources }: { image: string; sources: readonly string[] }) {
    super(
      `Cannot find image "${image}": neither the engine nor what was brought along has it, expected one of them to`,
      {
        facts: { lookedInto: sources.join(', ') },
        hint: 'name a registry (`registry.example/name@sha256:…`), or send the image as `image.tar` with the workload',
      },
    )
  }
}
