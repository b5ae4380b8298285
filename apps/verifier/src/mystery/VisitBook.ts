import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '@hotaru/journal'
import { keccak256, stringToBytes } from 'viem'

/** One visit before it begins: what may be spent is on disk before it is. */
export type VisitBegun = { machineId: bigint; atMs: number; worstUsd: bigint }

/**
 * The record of all visits, one file each, in `mystery/` of the verifier: what was asked, shown and found. It outlives the
 * process, so that no restart spends an hour's money twice, and is what a reported fault points to.
 */
export class VisitBook {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Enters a visit that is to be made. */
  async begin(visit: VisitBegun): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    await this.#write(visit, {})
  }

  /** Adds what came of it. @returns the hash of the record: evidence. */
  async finish(visit: VisitBegun, outcome: object): Promise<`0x${string}`> {
    return keccak256(stringToBytes(await this.#write(visit, outcome)))
  }

  /** What visits since `sinceMs` may have cost together, in millionths of a US dollar. */
  async spentUsd(sinceMs: number): Promise<bigint> {
    const names = await readdir(this.#directory).catch(() => [])
    const recent = names.filter((name) => name.endsWith('.json') && Number.parseInt(name, 10) > sinceMs)
    const texts = await Promise.all(recent.map((name) => readFile(join(this.#directory, name), 'utf8')))
    return texts.reduce((sum, text) => sum + BigInt(JSON.parse(text).worstUsd), 0n)
  }

  async #write(visit: VisitBegun, outcome: object): Promise<string> {
    const text = JSON.stringify({ ...visit, ...outcome }, (_, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    )
    await writeFileAtomic(join(this.#directory, `${visit.atMs}-${visit.machineId}.json`), text)
    return text
  }
}
