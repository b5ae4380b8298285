import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { captureForge } from '@hotaru/contracts/forge'
import type { Bench, Row } from './Bench.ts'
import { figures } from './gasFigures.ts'
import { gasRows, mayGrow } from './gasRows.ts'
import { root } from './localNetwork.ts'

const hows = {
  here: 'measured on such a machine',
  call: 'his own, without ~22,000 a transaction',
  estimate: 'his estimate',
}

/** What the ledger costs those who use it, and whether that grows with the ledger. */
export const gas: Bench = {
  about: 'gas of whole transactions on accounts in use, beside peers, and whether it grows with the ledger',
  async run(say) {
    say(await describeCompiler())
    say('growing a ledger by 100,000 machines and leases, by their own calls: some minutes')
    const rows = gasRows(await measure())
    for (const row of rows) for (const line of describe(row)) say(line)
    for (const [metric, why] of Object.entries(mayGrow)) say(`${metric} may grow: ${why}`)
    return rows
  },
}

/** Runs the gas tests; their figures go to a folder of this run, so that none is an old one. */
async function measure(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'hotaru-gas-'))
  try {
    const args = ['test', '--match-path', 'test/gas/*.t.sol']
    const { status, stdout, stderr } = await captureForge(args, {
      env: { FOUNDRY_SNAPSHOTS: folder, HOTARU_GAS_AT_100K: 'true' },
    })
    if (status !== 0) throw new TestsFailedError({ said: (stdout + stderr).slice(-2000) })
    const groups = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    const texts = await Promise.all(groups.map((name) => readFile(join(folder, name), 'utf8')))
    const entries = texts.flatMap((text) => Object.entries(JSON.parse(text) as Record<string, string>))
    return Object.fromEntries(entries.map(([metric, value]) => [metric, Number(value)]))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Gas is a figure of a compiler and its settings as much as of a contract. */
async function describeCompiler(): Promise<string> {
  const { stdout } = await captureForge(['config', '--json'])
  const { optimizer, optimizer_runs, via_ir, evm_version } = JSON.parse(stdout)
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/solc/package.json'), 'utf8'))
  const optimized = optimizer ? `optimizer ${optimizer_runs} runs` : 'no optimizer'
  return `solc ${version}, ${optimized}, via-IR ${via_ir ? 'on' : 'off'}, evm ${evm_version}`
}

/** A row and all its peers; the table of results has only the nearest. */
function describe({ metric, value }: Row): string[] {
  const peers = figures[metric]?.peers ?? []
  if (peers.length === 0) return []
  const times = (theirs: number) => `${(theirs / value).toFixed(1)} ×`
  return [
    `${metric}: ${whole(value)}`,
    ...peers.map(
      (peer) =>
        `  ${peer.name.padEnd(44)} ${whole(peer.value).padStart(9)} ${times(peer.value).padStart(7)}  ${hows[peer.how]}`,
    ),
  ]
}

function whole(value: number): string {
  return value.toLocaleString('en-US')
}

class TestsFailedError extends BaseError {
  override readonly name = 'Bench.GasTestsFailedError'

  constructor({ said }: { said: string }) {
    super('Cannot measure gas: the tests in contracts/test/gas failed, expected them to pass', {
      facts: { said },
      hint: "see `node contracts/forge.ts test --match-path 'test/gas/*'`",
    })
  }
}
