import type { Workload } from '@hotaru/protocol'
import type { Hex } from 'viem'

/** A workload ready to be sent: its manifest, and where the bytes of its files come from. */
export type Bundle = {
  manifest: Workload
  /** `hashWorkload` of the manifest: what the lease names. */
  digest: Hex
  /** The bytes of a file by its sha256; each call reads it from the start. */
  open(sha256: string): AsyncIterable<Uint8Array>
  /** The file that matters most among the results, where the workload names one. */
  output?: string | undefined
  /** Removes what packing left on disk. Safe to repeat. */
  dispose(): Promise<void>
}
