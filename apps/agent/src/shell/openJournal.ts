import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Journal } from '@hotaru/journal'
import type { JournalRecord } from '../core/Event.ts'
import { recall, toRecords } from '../core/recall.ts'
import { initialState } from '../core/State.ts'

/**
 * Opens the journal and gives what it holds, rewritten to one line a subject.
 *
 * The short journal is written beside the old one and takes its place in one step: a crash leaves either, whole.
 */
export async function openJournal(
  path: string,
): Promise<{ journal: Journal<JournalRecord>; records: JournalRecord[] }> {
  const old = await Journal.open<JournalRecord>(path)
  await old.journal.close()
  const records = toRecords(recall(initialState(''), old.entries))
  const beside = `${path}.new`
  await rm(beside, { force: true })
  const { journal } = await Journal.open<JournalRecord>(beside)
  await Promise.all(records.map((record) => journal.append(record)))
  await rename(beside, path)
  await syncDirectory(dirname(path))
  return { journal, records }
}

/** Else a power cut could bring the old file back, without anything that was written since. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  await directory.sync().finally(() => directory.close())
}
