import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@hotaru/base'
import { deadline, type Shutdown } from '@hotaru/base/async'
import { createLedger, type Deployment, listMachines, readPrice } from '@hotaru/chain'
import { devAccounts } from '@hotaru/devchain'
import { writeFileAtomic } from '@hotaru/journal'
import { formatClass, formatUsd, type Machine } from '@hotaru/protocol'
import { Part } from './Part.ts'
import type { Places } from './Places.ts'
import { type Cast, castFrom, fundCast, prepareLedger, usdPerToken } from './prepareLedger.ts'
import { repository } from './runJob.ts'
import type { Steps } from './Steps.ts'
import { until } from './until.ts'

/** A local network that is up: a lease can be opened on its machine. */
export type Network = {
  deployment: Deployment
  machine: Machine
  /** Resolves when all verifiers run: a machine that was audited before can be leased earlier. */
  verifiers: Promise<void>
  /** Starts the agent again, with a container driver for `container`; resolves when it is ready. */
  restartAgent(container: ContainerPlan): Promise<void>
}

/** Where the agent finds a container engine, and the image its driver tests itself with. */
export type ContainerPlan = { socketPath: string; image: string; acceptedHoles: readonly string[] }

/** Any number that no public chain has taken; 31337 is the custom for development chains. */
const chainId = 31_337

/**
 * Brings up chain, ledger, verifiers and this machine's agent, in this order, and waits until a lease could be opened.
 *
 * Safe to repeat after any kind of end: every step goes on where it was. What is started is registered with `shutdown`,
 * so it is closed in the reverse order.
 */
export async function bringUp(places: Places, options: bringUp.Options): Promise<Network> {
  const { steps, shutdown, log, container } = options
  await mkdir(places.logs, { recursive: true, mode: 0o700 })
  const startPart = async (name: string, file: string, args: string[]) => {
    const logFile = join(places.logs, `${name}.log`)
    const { compileCache } = places
    const part = new Part({ name, file: join(repository, file), args, logFile, compileCache, log })
    shutdown.add(name, () => part.stop())
    return { part, ready: await part.start() }
  }
  const rpcUrl = await steps.run(
    'chain',
    async () => {
      const { ready } = await startPart('chain', 'apps/network/src/chainMain.ts', [places.chain, String(chainId)])
      return String(ready.rpcUrl)
    },
    (url) => `embedded, ${url}`,
  )
  const cast = castFrom(await devAccounts(places.chain))
  const deployment = await steps.run(
    'ledger',
    async () => {
      const found = await prepareLedger(places, rpcUrl, chainId, cast)
      await fundCast(found, cast)
      return found
    },
    ({ addresses }) => `${Object.keys(addresses).length} contracts, leases at ${addresses.leases}`,
  )
  await writeWallet(places.wallet, cast.renter)
  const startAgent = async (plan: ContainerPlan | undefined) => {
    const config = await writeAgentConfig(places, cast, plan)
    return startPart('agent', 'apps/agent/src/main.ts', ['--config', config, '--attached'])
  }
  // Nobody waits for the verifiers but a machine without a class: its audit is what they do first.
  const agentStarts = startAgent(container)
  agentStarts.catch(() => {})
  const verifiersStart = Promise.all(cast.verifiers.map((_, index) => startVerifier(places, cast, index, startPart)))
  verifiersStart.catch(() => {})
  const { part: agent } = await steps.run(
    'agent',
    () => agentStarts,
    () => 'this machine, its drivers tested',
  )
  const machine = await steps.run(
    'audit',
    () => leasable(deployment, shutdown.signal),
    (found) =>
      `machine ${found.id} is ${found.class ? formatClass(found.class) : ''}, ${formatUsd(found.offer.usdPerSlotHour)} an hour`,
  )
  await writeFileAtomic(
    places.network,
    JSON.stringify({ name: 'local', rpcUrl, deployment, wallet: places.wallet, agent: places.agent }, null, 2),
  )
  return {
    deployment,
    machine,
    verifiers: verifiersStart.then(() => {}),
    async restartAgent(plan) {
      await agent.stop()
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

type StartPart = (name: string, file: string, args: string[]) => Promise<{ part: Part; ready: Record<string, unknown> }>

async function startVerifier(places: Places, cast: Cast, index: number, startPart: StartPart): Promise<void> {
  const directory = places.verifier(index + 1)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const [keyFile, config] = [join(directory, 'key.json'), join(directory, 'config.json')]
  const key = cast.verifiers[index]
  if (key) await writeWallet(keyFile, key)
  const content = { deploymentFile: places.deployment, keyFile, reportUsdPerToken: usdPerToken }
  await writeFile(config, JSON.stringify(content, null, 2))
  await startPart(`verifier-${index + 1}`, 'apps/verifier/src/main.ts', [config])
}

async function writeAgentConfig(places: Places, cast: Cast, container: ContainerPlan | undefined): Promise<string> {
  await mkdir(places.agent, { recursive: true, mode: 0o700 })
  const ownerKeyFile = join(places.agent, 'owner.json')
  await writeWallet(ownerKeyFile, cast.owner)
  const path = join(places.agent, 'config.json')
  const content = {
    directory: places.agent,
    deployment: places.deployment,
    ownerKeyFile,
    // Only this machine's renters: a local network is nobody else's business.
    listen: ['/ip4/127.0.0.1/tcp/0'],
    // The embedded chain never takes a block back.
    confirmations: 0,
    drivers: {
      container: container
        ? {
            dockerHost: `unix://${container.socketPath}`,
            testImage: container.image,
            acceptedHoles: container.acceptedHoles,
          }
        : { enabled: false },
    },
  }
  await writeFile(path, JSON.stringify(content, null, 2))
  return path
}

function writeWallet(path: string, account: { address: string; privateKey: string }): Promise<void> {
  return writeFileAtomic(path, JSON.stringify({ address: account.address, privateKey: account.privateKey }))
}

/** The machine, once it is online with a fresh class and the token has a price. */
function leasable(deployment: Deployment, signal: AbortSignal): Promise<Machine> {
  const ledger = createLedger({ deployment })
  const look = async (): Promise<Machine | undefined> => {
    const [machine] = await listMachines(ledger)
    const priced = await readPrice(ledger).catch(() => undefined)
    const nowSeconds = Date.now() / 1000
    const ready = machine?.state === 'online' && machine.classValidUntil > nowSeconds && priced !== undefined
    return ready ? machine : undefined
  }
  return deadline(until(look, { everyMs: 100, signal }), leasableWithinMs, { what: 'see this machine pass its audit' })
}

/** Registration, one audit by three verifiers and a price take a second or two; a loaded machine ten times that. */
const leasableWithinMs = 120_000
