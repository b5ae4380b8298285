import { randomBytes } from 'node:crypto'
import type { Clock } from '@hotaru/base'
import type { Connection } from '@hotaru/link'
import type { Hex } from '@hotaru/proof'
import { answerSchemas } from '@hotaru/protocol'
import { expectProbe } from './DiskProbe.ts'

/** What one verifier saw of a machine's line and disk, from where it is. */
export type Probed = {
  /** The shortest way there and back of several. */
  rttMs: number
  /** What the machine sent and took. */
  sentBytesPerSecond: number
  takenBytesPerSecond: number
  /** What it wrote to disk and flushed, and how often it read 4 KiB at random places; 0 when it read something else. */
  writtenBytesPerSecond: number
  readsPerSecond: number
}

/** How much is probed. */
export type ProbePlan = { lineBytes: number; diskBytes: number; diskReads: number }

/** Probes the line and the disk of a machine that attends to this verifier. */
export async function probe(connection: Connection, options: probe.Options): Promise<Probed> {
  const rttMs = await probeRtt(connection, options)
  return { rttMs, ...(await probeLine(connection, options)), ...(await probeDisk(connection, options)) }
}

export declare namespace probe {
  type Options = {
    auditId: string
    plan: ProbePlan
    clock: Clock
    random32: () => Hex
    signal?: AbortSignal | undefined
  }
}

async function probeRtt(connection: Connection, { clock, signal }: probe.Options): Promise<number> {
  let shortestMs = Number.POSITIVE_INFINITY
  for (let ping = 0; ping < pings; ping++) {
    const ms = await time(clock, () => connection.request({ verb: 'probe.ping' }, { signal }))
    shortestMs = Math.min(shortestMs, ms)
  }
  return shortestMs
}

async function probeLine(connection: Connection, { auditId, plan, clock, signal }: probe.Options) {
  const sizeBytes = plan.lineBytes
  let got = 0
  const sendMs = await time(clock, async () => {
    const exchange = await connection.open({ verb: 'probe.send', auditId, sizeBytes }, { signal })
    await exchange.closeSend()
    for (let data = await exchange.readData(); data && got <= sizeBytes; data = await exchange.readData())
      got += data.length
  })
  const takeMs = await time(clock, async () => {
    const exchange = await connection.open({ verb: 'probe.take', auditId, sizeBytes }, { signal })
    const noise = randomBytes(Math.min(sizeBytes, pieceBytes))
    for (let left = sizeBytes; left > 0; left -= noise.length) await exchange.sendData(noise.subarray(0, left))
    await exchange.closeSend()
    await exchange.readOk()
  })
  return {
    sentBytesPerSecond: got === sizeBytes ? perSecond(sizeBytes, sendMs) : 0,
    takenBytesPerSecond: perSecond(sizeBytes, takeMs),
  }
}

async function probeDisk(connection: Connection, { auditId, plan, clock, random32, signal }: probe.Options) {
  const [nonce, pickSeed] = [random32(), random32()]
  const file = { nonce, sizeBytes: plan.diskBytes }
  const writeMs = await time(clock, () => connection.request({ verb: 'probe.write', auditId, ...file }, { signal }))
  const reads = { ...file, pickSeed, reads: plan.diskReads }
  let said: unknown
  const readMs = await time(clock, async () => {
    said = await connection.request({ verb: 'probe.read', auditId, ...reads }, { signal })
  })
  const answer = answerSchemas['probe.read'].safeParse(said)
  const isRight = answer.success && answer.data.hash === (await expectProbe(reads))
  return {
    writtenBytesPerSecond: isRight ? perSecond(plan.diskBytes, writeMs) : 0,
    readsPerSecond: isRight ? perSecond(plan.diskReads, readMs) : 0,
  }
}

async function time(clock: Clock, work: () => Promise<unknown>): Promise<number> {
  const startMs = clock.monotonicMs()
  await work()
  return clock.monotonicMs() - startMs
}

function perSecond(amount: number, ms: number): number {
  return (amount / Math.max(ms, 0.1)) * 1000
}

const pings = 5
const pieceBytes = 2 ** 20
