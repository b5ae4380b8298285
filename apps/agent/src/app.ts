import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError, type Clock, exitCodes, type Logger } from '@hotaru/base'
import { Shutdown } from '@hotaru/base/async'
import { createLedger } from '@hotaru/chain'
import type { Driver } from '@hotaru/driver'
import { writeFileAtomic } from '@hotaru/journal'
import type { LinkHandler } from '@hotaru/link'
import type { Hardware } from '@hotaru/protocol'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Config } from './config.ts'
import type { Settings } from './core/State.ts'
import { createBeats } from './createBeats.ts'
import { openBeacon } from './decoy/openBeacon.ts'
import { RingerBook } from './decoy/RingerBook.ts'
import { createLeaseDisk } from './disk/createLeaseDisk.ts'
import { createBackendOpener } from './exam/createBackendOpener.ts'
import { ExamRoom } from './exam/ExamRoom.ts'
import { LeaseProver } from './exam/LeaseProver.ts'
import { describeStatus } from './health/describeStatus.ts'
import { findConditions } from './health/findConditions.ts'
import { serveHealth } from './health/serveHealth.ts'
import { createLedgerPort } from './ledger/createLedgerPort.ts'
import { LeaseFinder } from './link/LeaseFinder.ts'
import { LeaseTraffic } from './link/LeaseTraffic.ts'
import { serveRequests } from './link/serveRequests.ts'
import { joinLedger } from './machine/joinLedger.ts'
import { Lookout } from './machine/Lookout.ts'
import { openDoor } from './machine/openDoor.ts'
import { readPort } from './machine/PlaceFile.ts'
import { DriverSet } from './shell/DriverSet.ts'
import { keepUp } from './shell/keepUp.ts'
import { LedgerFollower } from './shell/LedgerFollower.ts'
import { Loop } from './shell/Loop.ts'
import { openJournal } from './shell/openJournal.ts'
import { runEffect } from './shell/runEffect.ts'
import { toSettings } from './toSettings.ts'

/** A machine that is on the ledger and takes leases. */
export type Agent = {
  machineId: string
  endpoint: string
  /** Where the owner's tools ask for its health, on this machine only. */
  url: string
  /** Ends the agent; workloads live on, and the next agent in the same directory takes them up. */
  stop(): Promise<void>
}

/** Assembles an agent out of its parts and brings it up; a part that fails takes the others down with it. */
export async function createAgent(config: Config, parts: createAgent.Parts): Promise<Agent> {
  const shutdown = new Shutdown({ log: parts.log })
  try {
    return await assemble(config, parts, shutdown)
  } catch (error) {
    await shutdown.end('start failed')
    throw error
  }
}

export declare namespace createAgent {
  type Parts = {
    machineKey: Hex
    /** Only for what the machine key may not do: register, change the offer, top up. */
    ownerKey?: Hex | undefined
    drivers: readonly Driver[]
    clock: Clock
    log: Logger
  }
}

async function assemble(config: Config, parts: createAgent.Parts, shutdown: Shutdown): Promise<Agent> {
  const { machineKey, ownerKey, clock, log } = parts
  const { directory, deployment, rpcUrl, offer: terms, gasReserveWei } = config
  const at = (name: string) => join(directory, name)
  const key = privateKeyToAccount(machineKey)
  const ledger = createLedger({ deployment, rpcUrl, account: key, pollMs: receiptPollMs })
  const owner = ownerKey && createLedger({ deployment, rpcUrl, account: privateKeyToAccount(ownerKey) })
  const drivers = new DriverSet(parts.drivers)
  const disk = createLeaseDisk(directory)
  const lookout = new Lookout({ directory, drivers, clock, log })

  // The door opens first, because its address goes on the ledger; nobody is served before everything stands.
  const serving = Promise.withResolvers<LinkHandler>()
  const handler: LinkHandler = async (...request) => (await serving.promise)(...request)
  serving.promise.catch(() => {})
  const { listen, announce } = config
  const lastPort = await readPort(at('place.json'))
  const door = await openDoor({
    key: machineKey,
    listen,
    announce,
    handler,
    lastPort,
    log: log.child({ part: 'link' }),
  })
  shutdown.add('link', () => door.host.stop())
  shutdown.add('requests', () => serving.reject(new NotServingError()))

  const describe = () => lookout.describe({ endpoint: door.endpoint, terms })
  const joining = { directory, key, owner, port: door.port, terms, gasReserveWei, describe, log }
  const place = await joinLedger(ledger, joining)
  const settings = toSettings(config, place, { key: key.address })

  const { journal, records } = await openJournal(at('journal'))
  shutdown.add('journal', () => journal.close())
  const machineId = BigInt(place.machineId)
  const ringers = config.decoy ? new RingerBook(at('ringers'), machineId) : undefined
  const port = createLedgerPort(ledger, { machineId, ringers })
  const traffic = new LeaseTraffic()
  // The room tells the loop, and the loop ends the room.
  const outside = { ledger: port, drivers, disk, guards: traffic, exams: { end: () => exams.end() } }
  const loop = new Loop({
    ...{ machineId: place.machineId, settings, journal, clock, log },
    runEffect: (effect, signal) => runEffect(effect, outside, signal),
  })
  shutdown.add('loop', () => loop.stop())
  const maxCells = (kind: 'cpu' | 'gpu') => cellsOf(kind, settings, lookout.hardware)
  const openBackends = createBackendOpener({ hasGpus: () => lookout.hasGpus(), directory: at('prover') })
  const exams = new ExamRoom({ loop, ledger: port, openBackends, maxCells, ringers, clock, log })
  shutdown.add('exams', () => exams.end())
  const domain = { chainId: deployment.chainId, leases: deployment.addresses.leases }
  const leaseProver = new LeaseProver({ machineId, domain, key, openBackends, clock })
  shutdown.add('lease proofs', () => leaseProver.close())

  await loop.dispatch({ type: 'booted', records })
  const fromBlock = Math.max(deployment.block, loop.state.machine.readTo)
  const follower = new LedgerFollower({ loop, ledger: port, log, fromBlock, reorgBlocks })
  await loop.dispatch({ type: 'workloadsFound', handles: await lookout.listWorkloads() })
  await loop.dispatch({ type: 'diskChecked', freeBytes: await disk.freeBytes() })
  await loop.dispatch({ type: 'listening', endpoint: door.endpoint })
  // From here on leases end on time, whatever the ledger and the drivers take for their first answer.
  const alarms = { isGasLow: false }
  const { pollMs } = config
  const decoy = ringers && { book: ringers, machineId, beacon: await openBeacon(ledger, config), openBackends }
  const beats = createBeats({
    ...{ loop, follower, lookout, disk, pollMs, ledger, owner, key: key.address, gasReserveWei, alarms, decoy, log },
  })
  const beating = keepUp(beats, { clock, signal: shutdown.signal, log })
  shutdown.add('beats', () => beating)
  await follower.follow()
  await loop.dispatch({ type: 'driversChecked', drivers: await lookout.checkDrivers() })

  const finder = new LeaseFinder({ loop, follower, clock })
  const room = {
    loop,
    finder,
    drivers,
    disk,
    ledger: port,
    exams,
    leaseProver,
    describe: () => lookout.summary(),
    clock,
    log,
  }
  serving.resolve(serveRequests(room, { domain, traffic }))

  const health = await serveHealth({
    '/health': () => ({
      conditions: findConditions(loop.state, {
        ...{ isLedgerReachable: follower.isReachable, ...alarms, nowMs: loop.nowMs() },
        diskReserveBytes: settings.diskReserveBytes,
      }),
    }),
    '/status': () => describeStatus(loop.state, lookout),
  })
  shutdown.add('health', () => health.stop())

  const agentFile = { url: health.url, pid: process.pid, machineId: place.machineId, endpoint: door.endpoint }
  await writeFileAtomic(at('agent.json'), `${JSON.stringify(agentFile, null, 2)}\n`)
  shutdown.add('agent file', () => rm(at('agent.json'), { force: true }))

  return { machineId: place.machineId, endpoint: door.endpoint, url: health.url, stop: () => shutdown.end() }
}

/** What a slot may fill in an exam, in cells of 32 bytes: nine tenths of its GPU's memory, or its part of what is lent. */
function cellsOf(kind: 'cpu' | 'gpu', { memoryBytes, slots }: Settings, hardware: Hardware | undefined): number {
  const gpus = hardware?.gpus.map((gpu) => 0.9 * (gpu.memoryBytes ?? unknownGpuBytes)) ?? []
  return Math.floor((kind === 'gpu' ? Math.min(...gpus, Number.MAX_SAFE_INTEGER) : memoryBytes / slots) / 32)
}

/** What the smallest cards of the last ten years have. */
const unknownGpuBytes = 4 * 2 ** 30

/** A block that is made at once has its receipt at once; the others are waited for anyway. */
const receiptPollMs = 250
/** Deeper than any reorganisation of the chains that the ledger is meant for; finality is a matter of `confirmations`. */
const reorgBlocks = 16

export class NotServingError extends BaseError {
  override readonly name = 'Agent.NotServingError'

  constructor() {
    super('Cannot serve the request: the agent is ending, expected it to run', {
      retry: 'later',
      exitCode: exitCodes.tryAgain,
    })
  }
}
