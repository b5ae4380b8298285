import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ringerOf } from '@hotaru/chain'
import { writeFileAtomic } from '@hotaru/journal'
import type { Challenge, Round } from '@hotaru/proof'
import type { Hex } from 'viem'

/** A ringer that was planted: what opens it, and the wrong answer once that is given. */
export type Ringer = { commitment: Hex; salt: Hex; answered?: { challenge: Challenge; rounds: readonly Round[] } }

/**
 * The ringers of a decoy on disk, one file each: the salt before the audit is asked for, the answer before it is posted. A
 * wrong answer that cannot be opened any more is a forgery, and costs half of the stake.
 */
export class RingerBook {
  readonly #directory: string
  readonly #machineId: bigint

  constructor(directory: string, machineId: bigint) {
    this.#directory = directory
    this.#machineId = machineId
  }

  /** Plants one: answers the commitment to ask for an audit with. */
  async plant(): Promise<Hex> {
    const salt = `0x${randomBytes(32).toString('hex')}` as const
    const commitment = ringerOf({ machineId: this.#machineId, salt })
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    await this.#write({ commitment, salt })
    return commitment
  }

  /** The ringer with a commitment; undefined when it is none of this machine's. */
  async find(commitment: Hex): Promise<Ringer | undefined> {
    const text = await readFile(this.#pathOf(commitment), 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    const numbers = new Set(['chainId', 'machineId', 'auditId'])
    return JSON.parse(text, (name, value) => (numbers.has(name) ? BigInt(value) : value))
  }

  /** Keeps the wrong answer of a ringer, in place of one to a committee that is over. */
  async answer(ringer: Ringer, answered: Ringer['answered']): Promise<void> {
    await this.#write({ ...ringer, ...(answered && { answered }) })
  }

  /** All that were planted and not forgotten. */
  async list(): Promise<Ringer[]> {
    const names = await readdir(this.#directory).catch(() => [])
    const commitments = names.flatMap((name) => /^(0x[0-9a-f]{64})\.json$/.exec(name)?.[1] ?? [])
    const found = await Promise.all(commitments.map((commitment) => this.find(commitment as Hex)))
    return found.filter((ringer) => ringer !== undefined)
  }

  /** Forgets one that was opened, or never asked with. */
  async drop(commitment: Hex): Promise<void> {
    await rm(this.#pathOf(commitment), { force: true })
  }

  async #write(ringer: Ringer): Promise<void> {
    const text = JSON.stringify(ringer, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    await writeFileAtomic(this.#pathOf(ringer.commitment), text)
  }

  #pathOf(commitment: Hex): string {
    return join(this.#directory, `${commitment}.json`)
  }
}
