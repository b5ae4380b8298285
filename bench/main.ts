import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BaseError, exitCodes, formatError } from '@hotaru/base'
import { agent } from './agent.ts'
import { type Bench, keepsBar, type Result, type Row } from './Bench.ts'
import { gas } from './gas.ts'
import { proof } from './proof.ts'
import { run } from './run.ts'
import { start } from './start.ts'

const benches: Record<string, Bench> = { agent, gas, proof, run, start }
const results = fileURLToPath(new URL('./results/', import.meta.url))

const usage = `npm run bench                   all benchmarks
npm run bench -- NAME           one of them: ${Object.keys(benches).join(', ')}
npm run bench -- --check        compares the results on file with their bars`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return exitCodes.ok
  }
  const names = positionals.length > 0 ? positionals : Object.keys(benches)
  const kept = []
  for (const name of names) {
    const bench = benches[name]
    if (!bench) throw new UnknownBenchError({ name })
    const result = values.check ? readResult(name) : await measure(name, bench)
    printRows(name, bench, result.rows)
    kept.push(result.rows.every(keepsBar))
  }
  return kept.every(Boolean) ? exitCodes.ok : exitCodes.failed
}

async function measure(name: string, bench: Bench): Promise<Result> {
  process.stderr.write(`${name}: ${bench.about}\n`)
  const rows = await bench.run((line) => process.stderr.write(`  ${line}\n`))
  const result = { bench: name, commit: commit(), date: new Date().toISOString(), machine: machine(), rows }
  mkdirSync(results, { recursive: true })
  writeFileSync(`${results}${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
  return result
}

function readResult(name: string): Result {
  return JSON.parse(readFileSync(`${results}${name}.json`, 'utf8'))
}

function printRows(name: string, bench: Bench, rows: readonly Row[]): void {
  process.stdout.write(`\n${name}: ${bench.about}\n`)
  for (const row of rows) {
    const bar = row.bar ? `bar ${row.bar.max === undefined ? `≥ ${row.bar.min}` : `≤ ${row.bar.max}`}` : ''
    const peer = row.peer ? `${row.peer.name}: ${row.peer.value}` : ''
    const mark = keepsBar(row) ? ' ' : '✗'
    process.stdout.write(
      `${mark} ${row.metric.padEnd(28)} ${String(Number(row.value.toPrecision(4))).padStart(12)} ${row.unit.padEnd(8)} ${bar.padEnd(16)} ${peer}\n`,
    )
  }
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}

function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`
}

class UnknownBenchError extends BaseError {
  override readonly name = 'Bench.UnknownError'

  constructor({ name }: { name: string }) {
    super(
      `Cannot run benchmark "${name}": there is none of that name, expected one of ${Object.keys(benches).join(', ')}`,
      {
        exitCode: exitCodes.usage,
      },
    )
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = error instanceof BaseError ? error.exitCode : exitCodes.failed
}
