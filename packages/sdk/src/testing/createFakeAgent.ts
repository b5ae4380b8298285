import { createHash } from 'node:crypto'
import { BaseError } from '@hotaru/base'
import { authorise, createLinkHost, type LeaseFacts, type ServedExchange } from '@hotaru/link'
import { type Exit, hashWorkload, type Machine, parseWorkload, type Request, type TokenDomain } from '@hotaru/protocol'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** What a test may turn while it runs. */
type AgentKnobs = {
  /** Output of the program, in pieces as it prints them. */
  output: { stream: 'stdout' | 'stderr'; text: string }[]
  exit: Exit
  results: { path: string; content: string }[]
  /** The program runs until it is stopped. */
  runsForever: boolean
  /** Cuts the link after so many pieces of output, once. */
  breakLogsAfter: number | undefined
  /** Cuts the link after so many bytes of a result, once. */
  breakResultAfter: number | undefined
  /** Refuses to start, with this reason. */
  refuseRun: string | undefined
  /** Called when a program is to run: it may look at what was received and set the output and the results. */
  onRun: (() => Promise<void>) | undefined
  /** Serves other bytes than it promised. */
  spoilsResults: boolean
}

/** The lease as far as the agent looks at it; a ledger may not know the digest. */
type AgentLease = LeaseFacts & { id: bigint; workloadDigest?: Hex | undefined }

/** What the agent asks of whatever ledger the test is about. */
type AgentLedger = {
  domain: TokenDomain
  findLease(leaseId: bigint): AgentLease | undefined | Promise<AgentLease | undefined>
  /** Billing begins. */
  start(leaseId: bigint): unknown
}

/** An agent behind a real link on loopback, with a program that does as the knobs say. */
export type FakeAgent = {
  knobs: AgentKnobs
  key: Hex
  endpoint(): string
  /** Files that arrived, by hash. */
  received: Map<string, Uint8Array>
  /** Verbs in the order in which they came. */
  verbs: string[]
  stop(): Promise<void>
}

export async function createFakeAgent(options: createFakeAgent.Options): Promise<FakeAgent> {
  const { key, machineId, ledger } = options
  const knobs: AgentKnobs = {
    ...{ output: [{ stream: 'stdout', text: 'hello\n' }], exit: { code: 0, reason: 'exited' }, results: [] },
    ...{ runsForever: false, breakLogsAfter: undefined, breakResultAfter: undefined, refuseRun: undefined },
    onRun: undefined,
    spoilsResults: false,
  }
  const received = new Map<string, Uint8Array>()
  const verbs: string[] = []
  const stopped = new AbortController()
  const host = await createLinkHost({
    key,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    async handler(request, exchange, caller) {
      verbs.push(request.verb)
      if (!('leaseId' in request)) throw new RefusedError({ reason: 'not here' })
      const lease = await authorise(request, caller, {
        ...{ domain: ledger.domain, machineId, nowSeconds: Math.floor(Date.now() / 1000) },
        findLease: ledger.findLease,
      })
      await answer(request, exchange, lease)
    },
  })
  return { knobs, key, received, verbs, endpoint: () => host.addresses()[0] ?? '', stop: () => host.stop() }

  async function answer(request: Request, exchange: ServedExchange, lease: AgentLease) {
    const ok = (value?: unknown) => exchange.sendReply({ type: 'ok', value })
    switch (request.verb) {
      case 'lease.status':
        return ok({ state: 'running', exit: null, reason: null })
      case 'lease.manifest': {
        const manifest = parseWorkload(request.manifest)
        if (lease.workloadDigest !== undefined && hashWorkload(manifest) !== lease.workloadDigest)
          throw new RefusedError({ reason: 'another workload' })
        return ok({ missing: manifest.files.map(({ sha256 }) => sha256).filter((hash) => !received.has(hash)) })
      }
      case 'lease.file':
        return receive(request, exchange, ok)
      case 'lease.run':
        if (knobs.refuseRun !== undefined) throw new RefusedError({ reason: knobs.refuseRun })
        await knobs.onRun?.()
        await ledger.start(lease.id)
        return ok()
      case 'lease.logs':
        return sendLogs(request, exchange)
      case 'lease.results':
        return ok({ files: knobs.results.map(describe) })
      case 'lease.fetch':
        return sendResult(request, exchange)
      case 'lease.stop':
        stopped.abort()
        return ok()
      default:
        throw new RefusedError({ reason: 'not here' })
    }
  }

  async function receive(
    request: Extract<Request, { verb: 'lease.file' }>,
    exchange: ServedExchange,
    ok: () => Promise<void>,
  ) {
    const chunks: Uint8Array[] = []
    for (let bytes = await exchange.readData(); bytes; bytes = await exchange.readData()) chunks.push(bytes)
    const content = Buffer.concat(chunks)
    if (hashOf(content) !== request.sha256) throw new RefusedError({ reason: 'another hash' })
    received.set(request.sha256, content)
    return ok()
  }

  async function sendLogs(request: Extract<Request, { verb: 'lease.logs' }>, exchange: ServedExchange) {
    const at = { stdout: 0, stderr: 0 }
    for (const [index, { stream, text }] of knobs.output.entries()) {
      const bytes = Buffer.from(text)
      const skip = Math.max(0, request.fromByte[stream] - at[stream])
      const rest = bytes.subarray(skip)
      if (rest.byteLength > 0) {
        await exchange.sendReply({ type: 'log', stream, atByte: at[stream] + skip, sizeBytes: rest.byteLength })
        await exchange.sendData(rest)
      }
      at[stream] += bytes.byteLength
      if (knobs.breakLogsAfter === index + 1) {
        knobs.breakLogsAfter = undefined
        return exchange.abort(new RefusedError({ reason: 'cut' }))
      }
    }
    if (!request.follow) return exchange.sendReply({ type: 'ok' })
    if (knobs.runsForever) await until(AbortSignal.any([stopped.signal, exchange.signal]))
    const exit: Exit = stopped.signal.aborted ? { code: null, reason: 'stopped' } : knobs.exit
    await exchange.sendReply({ type: 'exit', exit })
  }

  async function sendResult(request: Extract<Request, { verb: 'lease.fetch' }>, exchange: ServedExchange) {
    const result = knobs.results.find(({ path }) => path === request.path)
    if (!result) throw new RefusedError({ reason: 'no such file' })
    const content = Buffer.from(knobs.spoilsResults ? result.content.toUpperCase() : result.content)
    const end = knobs.breakResultAfter ?? content.byteLength
    await exchange.sendData(content.subarray(request.fromByte, end))
    if (knobs.breakResultAfter === undefined) return
    knobs.breakResultAfter = undefined
    exchange.abort(new RefusedError({ reason: 'cut' }))
  }
}

export declare namespace createFakeAgent {
  type Options = { key: Hex; machineId: bigint; ledger: AgentLedger }
}

/** A machine as the ledger knows it, with everything a renter may want; a test changes what it is about. */
export function createFakeMachine(key: Hex, changes: Partial<Machine> = {}): Machine {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const address = privateKeyToAccount(key).address
  return {
    ...{ id: 1n, owner: address, key: address, state: 'online', slots: 1, lastSeen: nowSeconds, busySlots: 0n },
    offer: { usdPerSlotHour: 100_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container' },
    ...{ offerHash: `0x${'11'.repeat(32)}`, endpoint: '/ip4/127.0.0.1/tcp/9', claim: '{}' },
    points: 1,
    maintenance: { from: 0, until: 0 },
    class: { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 },
    classValidUntil: nowSeconds + 86_400,
    ...changes,
  }
}

function describe({ path, content }: { path: string; content: string }) {
  return { path, sizeBytes: Buffer.byteLength(content), sha256: hashOf(Buffer.from(content)) }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function until(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

class RefusedError extends BaseError {
  override readonly name = 'Agent.RefusedError'

  constructor({ reason }: { reason: string }) {
    super(`Cannot serve the request: ${reason}, expected another`)
  }
}
