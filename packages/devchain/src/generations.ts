import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError, type Logger } from '@hotaru/base'
import { Journal, writeFileAtomic } from '@hotaru/journal'
import type { ChainRecord, Head } from './records.ts'

/**
 * A chain directory holds generations: a snapshot, and the journal of what came after it. Generation 0 begins from the
 * genesis file. A generation counts once the head of its journal is on disk.
 */
export type Generation = { number: number; head: Head; records: readonly ChainRecord[] }

export const genesisPath = (directory: string) => join(directory, 'genesis.json')
export const snapshotPath = (directory: string, generation: number) =>
  generation === 0 ? genesisPath(directory) : join(directory, `snapshot-${pad(generation)}.json`)
const journalPath = (directory: string, generation: number) => join(directory, `journal-${pad(generation)}.log`)

/** Begins the journal of a generation; when this resolves the generation counts. */
export async function beginJournal(directory: string, generation: number, head: Head): Promise<Journal<ChainRecord>> {
  const path = journalPath(directory, generation)
  // Leaves an empty file whose name is on disk, so that what is appended cannot lose its name in a power cut.
  await writeFileAtomic(path, '')
  const { journal } = await Journal.open<ChainRecord>(path)
  try {
    await journal.append(head)
    return journal
  } catch (error) {
    // Without this a head that did reach the disk would hide what the old journal records from now on.
    await journal.close()
    await rm(path)
    throw error
  }
}

/** Whether a chain was begun in `directory`. */
export async function hasChain(directory: string): Promise<boolean> {
  const numbers = numbersIn(await readdir(directory), journalPattern)
  if (numbers.some((number) => number > 0)) return true
  return numbers.length > 0 && (await readFile(journalPath(directory, 0))).length > 0
}

/**
 * The newest generation whose snapshot is whole, and those after it, whose journals go on from there; and the newest
 * one's journal, open for more.
 *
 * Damaged snapshots are removed, so that `prune` does not count on them. Older journals are not even read, so damage in
 * them does not matter.
 *
 * @throws NoGoodSnapshotError, or `Journal.DamagedError` of `@hotaru/journal`.
 */
export async function readGenerations(
  directory: string,
  log: Logger,
): Promise<{ generations: Generation[]; journal: Journal<ChainRecord> }> {
  const numbers = numbersIn(await readdir(directory), journalPattern).sort((a, b) => b - a)
  const generations: Generation[] = []
  let newest: Journal<ChainRecord> | undefined
  for (const number of numbers) {
    const { journal, entries } = await Journal.open<ChainRecord>(journalPath(directory, number))
    const [head, ...records] = entries
    if (newest || head?.kind !== 'head') await journal.close()
    else newest = journal
    if (head?.kind !== 'head') continue
    generations.unshift({ number, head, records })
    const path = snapshotPath(directory, number)
    if (newest && (await sha256OfFile(path)) === head.snapshotSha256) return { generations, journal: newest }
    log.warn('snapshot damaged, falling back to the one before', { path })
    if (number > 0) await rm(path, { force: true })
  }
  await newest?.close()
  throw new NoGoodSnapshotError({ directory, generations: generations.length })
}

/** Keeps the two newest snapshots and every journal from the older of them on. */
export async function prune(directory: string): Promise<void> {
  const names = await readdir(directory)
  const journals = numbersIn(names, journalPattern)
  const snapshots = [0, ...numbersIn(names, /^snapshot-(\d+)\.json$/)].filter((number) => journals.includes(number))
  const oldest = snapshots.sort((a, b) => b - a)[1] ?? 0
  for (const number of journals.filter((each) => each < oldest)) {
    await rm(journalPath(directory, number), { force: true })
    if (number > 0) await rm(snapshotPath(directory, number), { force: true })
  }
}

export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

async function sha256OfFile(path: string): Promise<string | undefined> {
  try {
    return sha256(await readFile(path))
  } catch {
    return undefined
  }
}

const journalPattern = /^journal-(\d+)\.log$/

function numbersIn(names: readonly string[], pattern: RegExp): number[] {
  return names.flatMap((name) => {
    const digits = pattern.exec(name)?.[1]
    return digits === undefined ? [] : [Number(digits)]
  })
}

const pad = (generation: number) => String(generation).padStart(6, '0')

export class NoGoodSnapshotError extends BaseError {
  override readonly name = 'Devchain.NoGoodSnapshotError'

  constructor(facts: { directory: string; generations: number }) {
    super('Cannot restore the chain: every snapshot is damaged or missing, expected one of the last two to be whole', {
      facts,
      hint: 'restore the directory from a backup, or remove it to begin a new chain',
    })
  }
}
