import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { captureForge } from '../forge.ts'
import {
  findUnnumbered,
  joinInvariants,
  type Line,
  readInvariants,
  readReport,
  type TestRun,
} from './joinInvariants.ts'

const usage = `npm run deep:contracts                              all tests, long: see [profile.deep] in contracts/foundry.toml
npm run deep:contracts -- --runs 64 --depth 32     shorter campaigns
npm run deep:contracts -- --fuzz 500               fewer runs of each fuzz test
npm run deep:contracts -- --match 'Lease*'         only test files whose name fits
npm run deep:contracts -- --json                   one JSON document instead of the table
`

const readme = join(import.meta.dirname, '..', 'test', 'invariant', 'README.md')
const readmeName = 'contracts/test/invariant/README.md'

/** Which option goes to forge under which name. */
const settings = {
  runs: 'FOUNDRY_INVARIANT_RUNS',
  depth: 'FOUNDRY_INVARIANT_DEPTH',
  fuzz: 'FOUNDRY_FUZZ_RUNS',
} as const

/** Runs the ledger's tests for long and says of each numbered invariant how often it was tried and whether it held. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      depth: { type: 'string' },
      fuzz: { type: 'string' },
      match: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const env: Record<string, string> = { FOUNDRY_PROFILE: 'deep' }
  for (const [option, name] of Object.entries(settings)) {
    const text = values[option as keyof typeof settings]
    if (text === undefined) continue
    if (!/^[1-9]\d*$/.test(text)) {
      return refuse(`Cannot run --${option} "${text}": it is no count, expected a whole number of at least 1`, '--help')
    }
    env[name] = text
  }
  const files = values.match ? ['--match-path', `test/**/${values.match}.t.sol`] : ['--no-match-path', 'test/gas/*']
  const started = Date.now()
  const ticking = startTicking(started)
  const { stdout, stderr } = await captureForge(['test', '--json', ...files], { env }).finally(() => ticking.stop())
  // While it compiles and where a campaign cannot go on, forge writes lines of its own before the document.
  const json = stdout.slice(stdout.search(/^\{/m))
  if (!json.startsWith('{')) {
    process.stderr.write(`${stdout}${stderr}`)
    return refuse('Cannot run the tests: forge gave no report, expected one', 'see what it wrote, above')
  }
  const runs = readReport(json)
  const invariants = readInvariants(readFileSync(readme, 'utf8'))
  const lines = joinInvariants(invariants, runs)
  const unnumbered = findUnnumbered(invariants, runs)
  const broken = runs.filter(({ passed, skipped }) => !passed && !skipped)
  const untested = values.match ? [] : lines.filter(({ result }) => result === 'no test')
  const passed = runs.filter((run) => run.passed).length
  const failed = broken.length + untested.length
  const seconds = Math.round((Date.now() - started) / 1000)
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ seconds, passed, failed, invariants: lines, unnumbered, broken })}\n`)
    return failed > 0 ? 1 : 0
  }
  process.stdout.write(renderTable(lines))
  if (invariants.length === 0) process.stdout.write(`${readmeName} numbers no invariant yet: these are its campaigns\n`)
  process.stdout.write(renderRest(runs, unnumbered, broken))
  for (const { number } of untested) process.stdout.write(`no test: ${number} of ${readmeName} names none that ran\n`)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.stderr.write(`${seconds} s\n`)
  return failed > 0 ? 1 : 0
}

function renderTable(lines: readonly Line[]): string {
  if (lines.length === 0) return ''
  const head = `${'invariant'.padEnd(70)}${'calls'.padStart(12)}${'reverts'.padStart(10)}  result\n`
  const rows = lines.map(({ number, holds, calls, reverts, result }) => {
    const name = `${number.padEnd(5)}${plain(holds)}`
    const short = name.length > 68 ? `${name.slice(0, 67)}…` : name
    return `${short.padEnd(70)}${String(calls).padStart(12)}${String(reverts).padStart(10)}  ${result}\n`
  })
  return head + rows.join('')
}

/** Campaigns without a number, then what failed, each with its message. */
function renderRest(runs: readonly TestRun[], unnumbered: readonly string[], broken: readonly TestRun[]): string {
  const named = (run: TestRun) => `${run.contract}.${run.name}`
  const campaigns = runs.filter((run) => unnumbered.includes(named(run)))
  return [
    ...campaigns.map((run) => `without a number: ${named(run)}, ${run.calls} calls, ${run.reverts} reverts`),
    ...broken.map((run) => `FAILED ${named(run)}: ${run.reason}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** Shows on a terminal that time goes by: the document comes at the end. */
function startTicking(started: number): { stop(): void } {
  if (!process.stderr.isTTY) {
    process.stderr.write('forge is running; its report comes at the end\n')
    return { stop() {} }
  }
  const show = () => process.stderr.write(`\r\x1b[Kforge is running, ${Math.round((Date.now() - started) / 1000)} s`)
  const timer = setInterval(show, 1000)
  return {
    stop() {
      clearInterval(timer)
      process.stderr.write('\r\x1b[K')
    },
  }
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll('**', '')
}

function refuse(message: string, hint: string): number {
  process.stderr.write(`${message}\nhint: ${hint}\n`)
  return 1
}

process.exitCode = await main()
