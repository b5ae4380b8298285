import type { Readable } from 'node:stream'
import { BaseError } from '@hotaru/base'
import type { EngineAddress } from '../engine/Engine.ts'
import { requestEngine } from '../engine/requestEngine.ts'
import { EngineError, streamEngine } from '../engine/streamEngine.ts'

// The verbs of the Engine API that concern images.

/** What the engine tells of an image; only the fields that are read here. */
export type Image = {
  /** `sha256:…` of the image's configuration: names the content, whatever the tags say. */
  Id: string
  RepoDigests: string[] | null
  Size: number
  Config: {
    Env: string[] | null
    Volumes: Record<string, object> | null
  } | null
}

/** Told while an image comes in. */
export type ImageProgress = { status: string; layer: string | undefined; doneBytes: number; totalBytes: number }

type Watch = { signal?: AbortSignal | undefined; onProgress?: ((progress: ImageProgress) => void) | undefined }

/** Undefined when the engine has no such image. */
export async function inspectImage(engine: EngineAddress, name: string): Promise<Image | undefined> {
  try {
    return await requestEngine<Image>(engine, { method: 'GET', path: `/images/${name}/json` })
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined
    throw error
  }
}

/** Pulls by digest; the engine itself refuses bytes that do not have it. */
export async function pullImage(
  engine: EngineAddress,
  { repository, digest }: { repository: string; digest: string },
  watch: Watch = {},
): Promise<void> {
  const query = { fromImage: `${repository}@${digest}` }
  // Between two layers a registry may think for long, but not for ever.
  const call = { method: 'POST', path: '/images/create', query, timeoutMs: 300_000, signal: watch.signal } as const
  await follow(await streamEngine(engine, call), 'pull the image', watch)
}

/** Makes an image of one layer out of a tar of a root file system, and gives its id. */
export async function importImage(engine: EngineAddress, tar: Readable, tag: string): Promise<string> {
  const query = { fromSrc: '-', repo: tag }
  const call = { method: 'POST', path: '/images/create', query, body: tar, timeoutMs: 300_000 } as const
  let id = ''
  await follow(await streamEngine(engine, call), 'import the image', {
    onProgress: ({ status }) => {
      if (/^sha256:[0-9a-f]{64}$/.test(status)) id = status
    },
  })
  return id
}

/** Takes in an archive as `docker save` writes it. */
export async function loadImage(engine: EngineAddress, tar: Readable, watch: Watch = {}): Promise<void> {
  const query = { quiet: false }
  const call = { method: 'POST', path: '/images/load', query, body: tar, timeoutMs: 300_000 } as const
  await follow(await streamEngine(engine, { ...call, signal: watch.signal }), 'load the image', watch)
}

type Line = {
  status?: string
  id?: string
  error?: string
  progressDetail?: { current?: number; total?: number }
}

/** Reads progress line by line; the engine answers 200 first and tells of failures in a line. */
async function follow(stream: AsyncIterable<Uint8Array>, what: string, { onProgress }: Watch): Promise<void> {
  let rest = ''
  for await (const bytes of stream) {
    const lines = (rest + Buffer.from(bytes).toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell(line)
  }
  tell(rest)

  function tell(text: string): void {
    if (text.trim() === '') return
    const line: Line = JSON.parse(text)
    if (line.error !== undefined) throw new ImageTransferError({ what, reason: line.error })
    const { current = 0, total = 0 } = line.progressDetail ?? {}
    onProgress?.({ status: line.status ?? '', layer: line.id, doneBytes: current, totalBytes: total })
  }
}

/** The engine could not take the image in. */
export class ImageTransferError extends BaseError {
  override readonly name = 'Image.TransferError'

  constructor({ what, reason }: { what: string; reason: string }) {
    super(`Cannot ${what}: the engine says "${reason}", expected it to take the image`, { retry: 'later' })
  }
}
