import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '@hotaru/journal'
import type { WrongEntry } from '@hotaru/proof'

/**
 * Wrong entries that machines handed over, on disk until they are proved: the ledger takes proofs only from some minutes after
 * the verdict on, and a verifier that died in between still has them. One file an audit.
 */
export class Evidence {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Keeps what convicts a machine; the first of an audit is enough. */
  async keep(auditId: bigint, proof: WrongEntry): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    await writeFileAtomic(this.#pathOf(auditId), JSON.stringify(proof))
  }

  /** Everything that is kept. */
  async list(): Promise<{ auditId: bigint; proof: WrongEntry }[]> {
    const names = await readdir(this.#directory).catch(() => [])
    const audits = names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
    return Promise.all(
      audits.map(async (id) => ({
        auditId: BigInt(id),
        proof: JSON.parse(await readFile(this.#pathOf(BigInt(id)), 'utf8')) as WrongEntry,
      })),
    )
  }

  /** Forgets what was proved, or can be proved no more. */
  async drop(auditId: bigint): Promise<void> {
    await rm(this.#pathOf(auditId), { force: true })
  }

  #pathOf(auditId: bigint): string {
    return join(this.#directory, `${auditId}.json`)
  }
}
