import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import * as bytecode from '@hotaru/contracts/bytecode'
import { writeFileAtomic } from '@hotaru/journal'
import type { Places } from './Places.ts'
import type { Steps } from './Steps.ts'

/**
 * Puts a local network of other contracts aside, so that a new version of the ledger begins on a new chain.
 *
 * Nothing is deleted: the old folder keeps its name with the time behind it.
 */
export async function startAfresh(places: Places, steps: Steps): Promise<void> {
  const path = join(places.home, 'ledger-version')
  const version = createHash('sha256')
    .update(JSON.stringify(Object.entries(bytecode)))
    .digest('hex')
  const known = existsSync(path) ? await readFile(path, 'utf8') : undefined
  if (known === version) return
  if (known !== undefined) {
    const aside = `${places.home}-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await rename(places.home, aside)
    steps.say(`the contracts changed: a new local network begins, the old one is kept in ${aside}`)
  }
  await mkdir(places.home, { recursive: true, mode: 0o700 })
  await writeFileAtomic(path, version)
}
