import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@hotaru/base'
import { deadline, type Shutdown } from '@hotaru/base/async'
import { createLedger, type Deployment, listMachines, readClassTable, readPrice } from '@hotaru/chain'
import { devAccounts } from '@hotaru/devchain'
import { writeFileAtomic } from '@hotaru/journal'
import { type ClassRow, findClassRow, formatClass, formatUsd, type Machine } from '@hotaru/protocol'
import { Part } from './Part.ts'
import type { Places } from './Places.ts'
import { castFrom, fundCast, prepareLedger } from './prepareLedger.ts'
import { repository } from './runJob.ts'
import type { Steps } from './Steps.ts'
import { until } from './until.ts'
import { type ContainerPlan, writeAgentConfig, writeVerifierConfig, writeWallet } from './writeConfigs.ts'

/** A local network that is up: a lease can be opened on its machine. */
export type Network = {
  deployment: Deployment
  machine: Machine
  /** Resolves when all verifiers run: a machine that was audited before can be leased earlier. */
  verifiers: Promise<unknown>
  /** Starts the agent again, with a container driver for `plan`; resolves when it is ready. */
  restartAgent(plan: ContainerPlan): Promise<void>
}

/** The custom for development chains; no public chain has taken it. */
const chainId = 31_337

/**
 * Brings up chain, ledger, verifiers and this machine's agent, and waits until a lease could be opened.
 *
 * Safe to repeat after any kind of end: every step goes on where it was. What is started is registered with `shutdown`,
 * so it is closed in the reverse order.
 */
export async function bringUp(places: Places, options: bringUp.Options): Promise<Network> {
  const { steps, shutdown, log, container } = options
  await mkdir(places.logs, { recursive: true, mode: 0o700 })
  const start = async (name: string, file: string, args: string[], niceness = 0) => {
    const logFile = join(places.logs, `${name}.log`)
    const part = new Part({ name, file: join(repository, file), args, logFile, niceness, log })
    shutdown.add(name, () => part.stop())
    return { part, ready: await part.start() }
  }
  const startAgent = async (plan: ContainerPlan | undefined) => {
    const config = await writeAgentConfig(places, cast, plan)
    return start('agent', 'apps/agent/src/main.ts', ['--config', config, '--attached'])
  }
  // Verifiers are in no hurry: they step back for agent and job.
  const startVerifier = async (index: number) => {
    const config = await writeVerifierConfig(places, cast, index)
    return start(`verifier-${index + 1}`, 'apps/verifier/src/main.ts', [config], 10)
  }
  const startVerifiers = () => Promise.all(cast.verifiers.map((_, index) => startVerifier(index)))

  const chain = () => start('chain', 'apps/network/src/chainMain.ts', [places.chain, String(chainId)])
  const { ready } = await steps.run('chain', chain, (started) => `embedded, ${started.ready.rpcUrl}`)
  const cast = castFrom(await devAccounts(places.chain))
  const deployment = await steps.run(
    'ledger',
    async () => {
      const found = await prepareLedger(places, String(ready.rpcUrl), chainId, cast)
      await fundCast(found, cast)
      return found
    },
    ({ addresses }) => `${Object.keys(addresses).length} contracts, leases at ${addresses.leases}`,
  )
  await writeWallet(places.wallet, cast.renter)
  // Only a machine without a class waits for the verifiers; one that has its class has its agent first.
  const early = (await findLeasable(deployment)) ? undefined : startVerifiers()
  early?.catch(() => {})
  const agent = await steps.run(
    'agent',
    () => startAgent(container),
    () => 'this machine, its drivers tested',
  )
  const verifiers = early ?? startVerifiers()
  verifiers.catch(() => {})
  const { machine } = await steps.run('audit', () => leasable(deployment, shutdown.signal), describeMachine)
  const network = { name: 'local', rpcUrl: ready.rpcUrl, deployment, wallet: places.wallet, agent: places.agent }
  await writeFileAtomic(places.network, JSON.stringify(network, null, 2))
  return {
    deployment,
    machine,
    verifiers,
    async restartAgent(plan) {
      await agent.part.stop()
      await startAgent(plan)
    },
  }
}

export declare namespace bringUp {
  type Options = {
    steps: Steps
    shutdown: Shutdown
    log: Logger
    /** Without it the agent has no container driver. */
    container: ContainerPlan | undefined
  }
}

/** The machine, once a lease could be opened on it. */
async function leasable(deployment: Deployment, signal: AbortSignal): Promise<Leasable> {
  const found = until(() => findLeasable(deployment), { everyMs: 100, signal })
  const machine = await deadline(found, leasableWithinMs, { what: 'see this machine pass its audit' })
  return { machine, classTable: await readClassTable(createLedger({ deployment })) }
}

type Leasable = { machine: Machine; classTable: readonly ClassRow[] }

/** The machine when it is online with a fresh class, and the token has a price. */
async function findLeasable(deployment: Deployment): Promise<Machine | undefined> {
  const ledger = createLedger({ deployment })
  const [machine] = await listMachines(ledger)
  const priced = await readPrice(ledger).catch(() => undefined)
  const isFresh = machine !== undefined && machine.classValidUntil > Date.now() / 1000
  return machine?.state === 'online' && isFresh && priced !== undefined ? machine : undefined
}

function describeMachine({ machine: { id, class: measured, offer }, classTable }: Leasable): string {
  const row = measured && findClassRow(measured, classTable)
  const size = row?.name ?? (measured ? formatClass(measured) : 'not audited')
  return `machine ${id} is ${size}, ${formatUsd(offer.usdPerSlotHour)} an hour`
}

/** Registration, one audit by three verifiers and a price take a second or two; a loaded machine ten times that. */
const leasableWithinMs = 120_000
