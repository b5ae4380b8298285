import { hashWorkload } from '@hotaru/protocol'
import { sha256, stringToBytes } from 'viem'
import type { Bundle } from '../Bundle.ts'

/** A bundle whose `job.json` is another, and perhaps its name: the rest of its files are the same. */
export function withJob(bundle: Bundle, job: unknown, name = bundle.manifest.name): Bundle {
  const content = stringToBytes(JSON.stringify(job))
  const own = { path: 'job.json', sizeBytes: content.byteLength, sha256: sha256(content).slice(2) }
  const files = bundle.manifest.files.map((file) => (file.path === own.path ? own : file))
  const manifest = { ...bundle.manifest, name, files }
  return {
    ...bundle,
    manifest,
    digest: hashWorkload(manifest),
    open: (hash) => (hash === own.sha256 ? once(content) : bundle.open(hash)),
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
