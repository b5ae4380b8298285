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
export type Network = { deployment: Deployment; machine: Machine }

/** Any number that no public chain has taken; 31337 is the custom for development chains. */
const chainId = 31_337

/**
 * Brings up chain, ledger, verifiers and this machine's agent, in this order, and waits until a lease could be opened.
 *
 * Safe to repeat after any kind of end: every step goes on where it was. What is started is registered with `shutdown`,
 * so it is closed in the reverse order.
 */
export async function bringUp(places: Places, options: bringUp.Options): Promise<Network> {
  const { steps, shutdown, log, engineSocket } = options
  await mkdir(places.logs, { recursive: true, mode: 0o700 })
  const startPart = async (name: string, file: string, args: string[]) => {
    const logFile = join(places.logs, `${name}.log`)
    const { part, ready } = await Part.start({ name, file: join(repository, file), args, logFile, log })
    shutdown.add(name, () => part.stop())
    return ready
  }
  const rpcUrl = await steps.run(
    'chain',
    async () =>
      String((await startPart('chain', 'apps/network/src/chainMain.ts', [places.chain, String(chainId)])).rpcUrl),
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
  await steps.run(
    'verifiers',
    () => Promise.all(cast.verifiers.map((_, index) => startVerifier(places, cast, index, startPart))),
    (started) => `${started.length} staked, watching for audits`,
  )
  const agent = await writeAgentConfig(places, cast, engineSocket)
  await steps.run(
    'agent',
    () => startPart('agent', 'apps/agent/src/main.ts', ['--config', agent]),
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
  return { deployment, machine }
}

export declare namespace bringUp {
  type Options = {
    steps: Steps
    shutdown: Shutdown
    log: Logger
    /** Where a container engine listens; without it the agent looks in the usual places. */
    engineSocket: string | undefined
  }
}

type StartPart = (name: string, file: string, args: string[]) => Promise<Record<string, unknown>>

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

async function writeAgentConfig(places: Places, cast: Cast, engineSocket: string | undefined): Promise<string> {
  await mkdir(places.agent, { recursive: true, mode: 0o700 })
  const [ownerKeyFile, machineKeyFile] = [join(places.agent, 'owner.json'), join(places.agent, 'machine.json')]
  await writeWallet(ownerKeyFile, cast.owner)
  await writeWallet(machineKeyFile, cast.machine)
  const path = join(places.agent, 'config.json')
  const content = {
    deploymentFile: places.deployment,
    directory: places.agent,
    ownerKeyFile,
    machineKeyFile,
    engineSocket,
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
