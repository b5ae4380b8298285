import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ballot } from '@hotaru/chain'
import { writeFileAtomic } from '@hotaru/journal'
import type { Hex } from 'viem'

/**
 * The verifier's votes on disk: written before they are committed to, so that a death between commit and reveal costs
 * nothing. One small file a committee.
 */
export class Ballots {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** The ballot of a committee; undefined when none was cast. */
  async find(committeeId: bigint): Promise<Ballot | undefined> {
    const text = await readFile(this.#pathOf(committeeId), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : { ...(JSON.parse(text) as { vote: Hex; salt: Hex }), committeeId }
  }

  /** Casts a vote: from now on it is this one, whatever happens. */
  async cast(committeeId: bigint, vote: Hex): Promise<Ballot> {
    const ballot = { vote, salt: `0x${randomBytes(32).toString('hex')}` as const }
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    await writeFileAtomic(this.#pathOf(committeeId), JSON.stringify(ballot))
    return { ...ballot, committeeId }
  }

  /** Forgets a committee that is over. */
  async drop(committeeId: bigint): Promise<void> {
    await rm(this.#pathOf(committeeId), { force: true })
  }

  #pathOf(committeeId: bigint): string {
    return join(this.#directory, `${committeeId}.json`)
  }
}
