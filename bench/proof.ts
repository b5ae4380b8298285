import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  answerChallenge,
  type Backend,
  type Challenge,
  createReferenceBackend,
  findPickedFault,
  openEntries,
  packOpenings,
  pickEntries,
  type Round,
  toAnswer,
  transcriptRoot,
  unpackOpenings,
} from '@hotaru/proof'
import { createCpuBackend, createCpuChecker } from '@hotaru/prover'
import type { Bench, Row } from './Bench.ts'
import { root } from './localNetwork.ts'

/** What a challenge costs the machine that answers it, the verifier that checks it, and the ledger that judges it. */
export const proof: Bench = {
  about: 'checking beside proving, the processor beside the reference, one wrong entry on the ledger',
  async run(say) {
    return [
      ...(await comparedWithReference(say)),
      ...(await checkingBesideProving(say)),
      await memoryOfChecking(say),
      ...(await wrongEntries()),
    ]
  },
}

/** One thread of the CPU back end against the reference, which has but one, on the same product. */
async function comparedWithReference(say: (line: string) => void): Promise<Row[]> {
  say('products of 2048 × 2048 by the reference and by one thread: half a minute')
  const cpu = createCpuBackend({ threads: 1 })
  const fast = await fastest(5, () => cpu.productRoot(state, 2048), processorMs)
  await cpu.close()
  const slow = await fastest(2, () => createReferenceBackend().productRoot(state, 2048), processorMs)
  return [
    { metric: 'cpu.perReference', value: slow / fast, unit: '×', bar: { min: 50 } },
    { metric: 'cpu.multiplyAdds.perCore', value: 2048 ** 3 / (fast / 1000) / 1e9, unit: '10⁹/s' },
  ]
}

/**
 * A real network's challenge, n = 8192 and 512 rounds: proved by all threads of the CPU back end, one round timed for all of
 * them; its 64 picks are checked by one thread. Operations are multiply-adds, a hash counted as 24 000 of them: what it costs
 * our own kernel.
 */
async function checkingBesideProving(say: (line: string) => void): Promise<Row[]> {
  const [n, rounds] = [8192, 512]
  say(`one product of ${n} × ${n}, opened, packed and checked: half a minute`)
  const backend = createCpuBackend()
  const challenge: Challenge = { n, rounds: 1, slots: 1, seed: state, chainId: 1n, machineId: 1n, auditId: 1n }
  const roundMs = await fastest(1, () => backend.productRoot(state, n))
  const made = await answerChallenge(challenge, [backend])
  const { packed, checkMs } = await check(challenge, made, backend)
  await backend.close()
  const proveMs = roundMs * rounds
  const [perHash, hashesOfRow] = [24_000, n / 32]
  const proveOperations = rounds * (n ** 3 + (2 * n * hashesOfRow + (n * n) / 34) * perHash)
  const checkOperations = 64 * (n + (2 * hashesOfRow + 40) * perHash)
  return [
    { metric: 'verify.perProve.n8192', value: checkMs / proveMs, unit: 'of time', bar: { max: 0.001 } },
    {
      metric: 'verify.perProve.n8192.operations',
      ...{ value: checkOperations / proveOperations, unit: 'of work', bar: { max: 0.001 } },
    },
    { metric: 'verify.ms.n8192', value: checkMs, unit: 'ms' },
    { metric: 'prove.roundMs.n8192', value: roundMs, unit: 'ms' },
    // Roots of all rounds, and the openings: a round of 16 bits, so that the picks of 512 rounds are as large.
    { metric: 'transcript.bytes', value: packed + rounds * 32, unit: 'bytes', bar: { max: 128 * 1024 } },
  ]
}

async function check(challenge: Challenge, made: readonly Round[], backend: Backend) {
  const picks = pickEntries(state, challenge)
  const packed = packOpenings(await openEntries(challenge, made, picks, [backend]))
  const [answer, checker] = [toAnswer(made, challenge), createCpuChecker()]
  const look = async () => {
    const openings = unpackOpenings(packed, picks.length)
    const fault = findPickedFault(challenge, answer, { transcript: transcriptRoot(made), picks, openings, checker })
    if (fault) throw new Error(`Cannot measure: ${fault.reason}, expected no fault`)
  }
  return { packed: packed.length, checkMs: await fastest(5, look) }
}

/** What a process grows by that checks 64 entries of n = 32 768, beside what Node and our modules take before. */
async function memoryOfChecking(say: (line: string) => void): Promise<Row> {
  say('64 entries of products of 32,768 × 32,768, checked in a process of its own')
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', join(root, 'bench/checkLargest.ts')])
  const { grownBytes } = JSON.parse(stdout) as { grownBytes: number }
  return { metric: 'verifier.memoryBytes.n32768', value: grownBytes, unit: 'bytes', bar: { max: 64 * 2 ** 20 } }
}

/** What convicting costs on the ledger, from the gas tests' own file. */
async function wrongEntries(): Promise<Row[]> {
  const text = await readFile(join(root, 'contracts/snapshots/proof.json'), 'utf8')
  const gas = JSON.parse(text) as Record<string, string>
  const row = (n: number, max?: number): Row => {
    const value = Number(gas[`wrongEntry.${n}`])
    return { metric: `onchain.wrongEntry.n${n}`, value, unit: 'gas', ...(max ? { bar: { max } } : {}) }
  }
  return [row(8192, 450_000), row(16_384, 850_000), row(32_768)]
}

/** Milliseconds of the fastest of some runs: what the work takes, without what others on the machine took. */
async function fastest(runs: number, work: () => Promise<unknown>, nowMs = () => performance.now()): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const startMs = nowMs()
    await work()
    least = Math.min(least, nowMs() - startMs)
  }
  return least
}

/** Time of processors that this process has taken, all of its threads: a core's work, whatever else runs beside it. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const state = `0x${'42'.repeat(32)}` as const
