import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { deadline } from '@hotaru/base/async'
import { assertNetwork, createLedger, type Ledger, parseDeployment } from '@hotaru/chain'
import { devAccounts } from '@hotaru/devchain'
import { privateKeyToAccount } from 'viem/accounts'
import { type Places, placesOf } from '../Places.ts'
import { castFrom } from '../prepareLedger.ts'
import type { Steps } from '../Steps.ts'
import { until } from '../until.ts'
import { runHotaru } from './runHotaru.ts'

/** What the parts of the demonstration work with: the running network, whoever acts in it, and the command line. */
export type Stage = {
  steps: Steps
  signal: AbortSignal
  places: Places
  /** Holds the tokens of the network. */
  treasury: Ledger
  /** Owns machine 1. */
  owner: Ledger
  /** Owns the machine that cheats. */
  cheat: Ledger
  /** For what the demonstration writes; gone with `leave`. */
  directory: string
  /** Prints a command and runs it as a user would, its output theirs. */
  show(...args: string[]): Promise<void>
  /** Runs a command and gives back what it wrote to standard output. */
  ask(...args: string[]): Promise<string>
  /** Looks until there is something. @param what Completes "Cannot …" where it takes longer than a minute or two. */
  wait<T>(what: string, look: () => Promise<T | undefined>): Promise<T>
  leave(): Promise<void>
}

/** Steps onto the local network that is running. @throws `Demo.NoNetworkError` when none is. */
export async function openStage({ steps, signal, hotaruHome }: openStage.Options): Promise<Stage> {
  const places = placesOf(hotaruHome)
  const { deployment, rpcUrl } = await readNetwork(places)
  const accounts = await devAccounts(places.chain)
  const as = (privateKey: `0x${string}` = '0x') =>
    createLedger({ deployment, rpcUrl, account: privateKeyToAccount(privateKey), pollMs: 100 })
  const { treasury, owner, verifiers } = castFrom(accounts)
  // Beyond the cast, so that nobody plays two parts.
  const [cheat] = accounts.slice(accounts.findIndex(({ address }) => address === verifiers.at(-1)?.address) + 1)
  const ledger = as(treasury.privateKey)
  await assertNetwork(ledger).catch((cause: unknown) => {
    throw new NoNetworkError({ path: places.network, cause })
  })
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-demo-'))
  const options = { hotaruHome, directory, signal }
  return {
    ...{ steps, signal, places, directory },
    treasury: ledger,
    ...{ owner: as(owner.privateKey), cheat: as(cheat?.privateKey) },
    async show(...args) {
      steps.say(`\n$ hotaru ${args.join(' ')}`)
      await runHotaru(args, { ...options, isShown: true })
    },
    ask: (...args) => runHotaru(args, { ...options, isShown: false }),
    wait: (what, look) => deadline(until(look, { everyMs: 500, signal }), longestWaitMs, { what }),
    leave: () => rm(directory, { recursive: true, force: true }),
  }
}

export declare namespace openStage {
  type Options = { steps: Steps; signal: AbortSignal; hotaruHome: string | undefined }
}

async function readNetwork(places: Places) {
  try {
    const { deployment, rpcUrl } = JSON.parse(await readFile(places.network, 'utf8'))
    return { deployment: parseDeployment(deployment), rpcUrl: String(rpcUrl) }
  } catch (cause) {
    throw new NoNetworkError({ path: places.network, cause })
  }
}

/** An epoch is twenty seconds, a vote half a minute; a loaded machine takes its time. */
const longestWaitMs = 150_000

export class NoNetworkError extends BaseError {
  override readonly name = 'Demo.NoNetworkError'

  constructor({ path, cause }: { path: string; cause: unknown }) {
    super('Cannot give the demonstration: no local network answers, expected one that is up', {
      facts: { path },
      hint: 'start it in another terminal: npm start -- --no-job',
      cause,
    })
  }
}

/** Something did not go as the ledger promises. */
export class DemoError extends BaseError {
  override readonly name = 'Demo.UnexpectedError'

  constructor({ found, expected }: { found: string; expected: string }) {
    super(`Cannot go on with the demonstration: ${found}, expected ${expected}`, {
      hint: 'the logs of the local network are in its folder, under logs',
    })
  }
}
