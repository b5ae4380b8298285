import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from './install.mjs'

/**
 * Runs steps one after the other, shows the output of those that fail, and ends with a table and the counts of tests.
 *
 * A step is `[name, program, arguments, { cwd?, counts? }]`; `counts` names the runner whose tests are counted. Sets the
 * exit code to 1 when any step failed.
 */
export async function gate(steps) {
  const scratch = await mkdtemp(join(tmpdir(), 'hotaru-gate-'))
  const tally = { passed: 0, failed: 0, skipped: 0 }
  const failed = []
  for (const [name, program, args, options = {}] of steps) {
    const startMs = Date.now()
    const report = join(scratch, 'report.json')
    const more = options.counts === 'vitest' ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : []
    const { code, output } = await run(program, [...args, ...more], options.cwd)
    const counts = options.counts ? countsOf[options.counts](output, report) : undefined
    if (counts) for (const key of Object.keys(tally)) tally[key] += counts[key]
    if (code !== 0) failed.push(name)
    if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`)
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1)
    const shown = counts ? `  ${counts.passed} passed, ${counts.failed} failed` : ''
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name.padEnd(32)} ${seconds.padStart(6)} s${shown}\n`)
  }
  await rm(scratch, { recursive: true })
  if (failed.length > 0) process.stdout.write(`\nnot ok: ${failed.join(', ')}\n`)
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''
  // A step without tests that fails (style, types) must not close on "0 failed".
  const untested = failed.length > 0 && tally.failed === 0 ? failed.length : 0
  process.stdout.write(`\n${tally.passed} passed, ${tally.failed + untested} failed${skipped}\n`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

const countsOf = {
  forge(output) {
    const match = /(\d+) tests passed, (\d+) failed, (\d+) skipped \(\d+ total tests\)/.exec(output)
    const [passed = 0, failed = 0, skipped = 0] = (match ?? []).slice(1).map(Number)
    return { passed, failed, skipped }
  },
  vitest(_output, report) {
    try {
      const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
    } catch {
      return { passed: 0, failed: 1, skipped: 0 }
    }
  },
}

function run(program, args, cwd = '.') {
  const path = [`${root}node_modules/node/bin`, `${root}node_modules/.bin`, process.env.PATH].join(delimiter)
  const env = { ...process.env, PATH: path, FORCE_COLOR: '0' }
  const child = spawn(program, args, { cwd: join(root, cwd), env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}
