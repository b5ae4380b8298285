import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { BaseError } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'

type FileHandle = Awaited<ReturnType<typeof open>>

/**
 * An append-only file of JSON records, one a line, each behind its CRC-32.
 *
 * `append` resolves when the record is on disk (fdatasync), so what was acknowledged survives `kill -9` and power loss.
 * Appends that wait at the same time share one sync. A line torn by a crash is cut off at the next open: it was never
 * acknowledged. A bad line with good ones after it is damage, not a crash, and refuses to open.
 */
export class Journal<Entry> {
  readonly #file: FileHandle
  readonly #order = new Mutex()
  #sizeBytes: number
  #pending: string[] = []
  #flush: Promise<void> | undefined
  /** A half-written line that could not be taken back: nothing may follow it. */
  #broken: JournalFullError | undefined

  private constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file
    this.#sizeBytes = sizeBytes
  }

  /** Opens or makes the journal at `path` and returns what it holds. */
  static async open<Entry>(path: string): Promise<{ journal: Journal<Entry>; entries: Entry[] }> {
    const file = await open(path, 'a+', 0o600)
    const { entries, goodBytes, sizeBytes } = parse<Entry>(await file.readFile(), path)
    if (goodBytes < sizeBytes) await file.truncate(goodBytes)
    return { journal: new Journal<Entry>(file, goodBytes), entries }
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Adds a record; resolves when it is on disk. */
  append(entry: Entry): Promise<void> {
    this.#pending.push(line(entry))
    this.#flush ??= this.#order.run(async () => {
      const batch = this.#pending.join('')
      this.#pending = []
      this.#flush = undefined
      await this.#write(batch)
    })
    return this.#flush
  }

  async #write(batch: string): Promise<void> {
    if (this.#broken) throw this.#broken
    try {
      await this.#file.appendFile(batch)
      await this.#file.datasync()
      this.#sizeBytes += Buffer.byteLength(batch)
    } catch (cause) {
      const error = new JournalFullError({ cause })
      // A half-written line would make every later record unreadable: take it back, or write nothing more.
      await this.#file.truncate(this.#sizeBytes).catch(() => (this.#broken = error))
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#order.run(async () => {})
    await this.#file.close()
  }
}

function line(entry: unknown): string {
  const json = JSON.stringify(entry)
  return `${checksum(json)} ${json}\n`
}

function parse<Entry>(bytes: Buffer, path: string): { entries: Entry[]; goodBytes: number; sizeBytes: number } {
  const entries: Entry[] = []
  let goodBytes = 0
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start)
    const text = end < 0 ? '' : bytes.toString('utf8', start, end)
    const json = text.slice(9)
    if (end < 0 || text.slice(0, 8) !== checksum(json)) {
      if (end >= 0 && end + 1 < bytes.length) throw new JournalDamagedError({ path, atByte: start })
      break
    }
    entries.push(JSON.parse(json))
    start = end + 1
    goodBytes = start
  }
  return { entries, goodBytes, sizeBytes: bytes.length }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0')
}

export class JournalDamagedError extends BaseError {
  override readonly name = 'Journal.DamagedError'

  constructor({ path, atByte }: { path: string; atByte: number }) {
    super(
      'Cannot read the journal: a record in its middle does not match its checksum, expected damage only at its end',
      {
        facts: { path, atByte },
        hint: 'check the disk; move the file away to start from an empty journal',
      },
    )
  }
}

export class JournalFullError extends BaseError {
  override readonly name = 'Journal.FullError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot write the journal: the disk refused the record, expected room for it', {
      hint: 'free disk space; nothing that was acknowledged is lost',
      retry: 'later',
      cause,
    })
  }
}
