import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Journal, writeFileAtomic } from '@hotaru/journal'
import type { Engine } from './Engine.ts'
import { beginJournal, prune, sha256, snapshotPath } from './generations.ts'
import type { Tip } from './mineBlock.ts'
import type { ChainRecord } from './records.ts'

/**
 * Writes the whole chain as generation `generation` and begins its journal; the head of that journal, once on disk, is
 * what makes the generation count. Killed before that instant, the generation before goes on as if nothing was.
 *
 * @returns The new journal.
 */
export async function takeSnapshot(
  engine: Engine,
  tip: Tip,
  { directory, generation, chainId }: takeSnapshot.Options,
): Promise<Journal<ChainRecord>> {
  const dump = await engine.call<string>('anvil_dumpState')
  const state = await promisify(gunzip)(Buffer.from(dump.slice(2), 'hex'))
  const path = snapshotPath(directory, generation)
  try {
    await writeFileAtomic(path, state)
    const waiting = [...tip.waiting.values()]
    const head = { kind: 'head', chainId, snapshotSha256: sha256(state), ...tip, waiting } as const
    const journal = await beginJournal(directory, generation, head)
    await prune(directory)
    return journal
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

export declare namespace takeSnapshot {
  type Options = { directory: string; generation: number; chainId: number }
}
