import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findStale, readExplained, whyExplained } from './explained.ts'
import { findMutants, type Mutant } from './findMutants.ts'
import { pickMutants } from './pickMutants.ts'
import { type Judged, renderReport, unexplained } from './renderReport.ts'
import { Workplace } from './Workplace.ts'

const usage = `npm run mutate:contracts                        every guard of the ledger, broken one at a time
npm run mutate:contracts -- --file Leases.sol   those of one file of contracts/src (may be repeated)
npm run mutate:contracts -- --sample 50         50 by chance; --seed 7 draws others
npm run mutate:contracts -- --json              one JSON document instead of the table
npm run mutate:contracts -- --list              what would be tried, and tries nothing
`

const workers = 2
const src = join(import.meta.dirname, '..', 'src')

/**
 * The check of the checks: breaks each guard of the ledger in every way of findMutants.ts and runs the tests. A mutant
 * that no test sees is a guard that could be lost unseen; it fails the run unless explained.json says why it may live.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', multiple: true },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const files = listSources(values.file)
  const all = files.flatMap((file) => findMutants(file, readFileSync(join(src, file), 'utf8')))
  const explained = readExplained()
  const stale = findStale(explained, all).filter(({ file }) => files.includes(file) || !values.file)
  if (stale.length > 0) {
    const named = stale.map(({ file, line }) => `${file} "${line}"`).join(', ')
    return refuse(
      `Cannot use contracts/mutate/explained.json: no mutant fits ${named}, expected the line and kind of one`,
      'the source line has changed: see with --list whether the explanation still holds, and correct it or take it out',
    )
  }
  const mutants = values.sample ? pickMutants(all, whole(values.sample), whole(values.seed)) : all
  if (values.list) {
    for (const { file, line, kind, becomes } of mutants) process.stdout.write(`${file}:${line}  ${kind}  ${becomes}\n`)
    return 0
  }
  const started = Date.now()
  const verdicts = await judgeAll(mutants)
  if (!verdicts) return 1
  const judged = verdicts.map((one) => ({ ...one, why: whyExplained(explained, one) }))
  const seconds = (Date.now() - started) / 1000
  process.stdout.write(values.json ? `${JSON.stringify({ seconds, mutants: judged })}\n` : `\n${renderReport(judged)}`)
  const pace = (seconds / Math.max(1, judged.length)).toFixed(1)
  process.stderr.write(`\n${judged.length} mutants in ${Math.round(seconds)} s, one every ${pace} s\n`)
  return unexplained(judged).length > 0 ? 1 : 0
}

/** The sources that have guards, by their path in src/: interfaces only promise, and Errors.sol only names. */
function listSources(wanted: readonly string[] | undefined): string[] {
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.sol') && !file.startsWith('interfaces/') && file !== 'Errors.sol')
    .toSorted()
  for (const name of wanted ?? []) {
    if (found.some((file) => isNamed(file, name))) continue
    throw new UsageError(`Cannot mutate "${name}": it is not in contracts/src, expected one of ${found.join(', ')}`)
  }
  return wanted ? found.filter((file) => wanted.some((name) => isNamed(file, name))) : found
}

function isNamed(file: string, name: string): boolean {
  return file === name || file.endsWith(`/${name}`)
}

function whole(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new UsageError(`Cannot draw mutants: "${text}" is no number, expected a whole one`)
}

/** Tries all, or says why nothing can be learnt. */
async function judgeAll(mutants: readonly Mutant[]): Promise<Judged[] | undefined> {
  const home = mkdtempSync(join(tmpdir(), 'hotaru-mutate-'))
  const clean = () => rmSync(home, { recursive: true, force: true })
  const leave = () => {
    clean()
    process.exit(130)
  }
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    say(`${mutants.length} mutants; first the tests without any`)
    const first = new Workplace(join(home, '1'))
    const { status, stdout, stderr } = await first.runAll()
    if (status !== 0) {
      process.stderr.write(`${stdout}${stderr}`)
      refuse('Cannot mutate: the tests fail already, expected them to pass', 'see `node contracts/forge.ts test`')
      return undefined
    }
    const others = Array.from({ length: workers - 1 }, (_, i) => first.clone(join(home, String(i + 2))))
    return await share(mutants, [first, ...others])
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave)
    clean()
  }
}

/** Each workplace takes the next mutant when it is done with one. */
async function share(mutants: readonly Mutant[], places: readonly Workplace[]): Promise<Judged[]> {
  const judged: Judged[] = []
  const queue = mutants.entries()
  let done = 0
  let alive = 0
  await Promise.all(
    places.map(async (place) => {
      for (const [index, mutant] of queue) {
        const verdict = await place.judge(mutant)
        judged[index] = { ...mutant, verdict }
        if (verdict === 'survived') alive++
        say(`${++done}/${mutants.length}  ${alive} alive  ${mutant.file}:${mutant.line} ${mutant.kind} ${verdict}`)
      }
    }),
  )
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return judged
}

/** One line that moves on a terminal, a line each in a pipe. */
function say(line: string): void {
  const width = process.stderr.columns ?? 80
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line.slice(0, width - 1)}` : `${line}\n`)
}

function refuse(message: string, hint: string): number {
  process.stderr.write(`${message}\nhint: ${hint}\n`)
  return 1
}

class UsageError extends Error {
  override readonly name = 'Mutate.UsageError'
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  refuse(error.message, 'npm run mutate:contracts -- --help')
  process.exitCode = 2
}
