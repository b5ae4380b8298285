import { arch } from 'node:os'
import { writeTar } from '../image/writeTar.ts'
import { digestOf, manifestType } from './localRegistry.ts'

/** An image of one layer with one file in it: too small to run, whole enough to be pulled and loaded. */
export type SmallImage = {
  manifestDigest: string
  /** Digest of the configuration: the id an engine gives the image. */
  id: string
  blobs: Map<string, Buffer>
}

/** Makes an image whose content is `words`; other words make another image. */
export async function smallImage(words: string): Promise<SmallImage> {
  const layer = await tarOf(words)
  const config = Buffer.from(
    JSON.stringify({
      architecture: arch() === 'x64' ? 'amd64' : arch(),
      os: 'linux',
      config: { Cmd: ['/words'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created_by: 'test' }],
    }),
  )
  const describe = (mediaType: string, bytes: Buffer) => ({ mediaType, digest: digestOf(bytes), size: bytes.length })
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: describe('application/vnd.oci.image.config.v1+json', config),
      layers: [describe('application/vnd.oci.image.layer.v1.tar', layer)],
    }),
  )
  const blobs = new Map([layer, config, manifest].map((bytes) => [digestOf(bytes), bytes] as const))
  return { manifestDigest: digestOf(manifest), id: digestOf(config), blobs }
}

async function tarOf(words: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of writeTar([{ path: 'words', bytes: Buffer.from(words) }])) parts.push(part)
  return Buffer.concat(parts)
}
