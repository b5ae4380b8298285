import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BaseError, type Clock, type Logger, silentLogger } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import { writeFileAtomic } from '@hotaru/journal'
import { Chain } from './Chain.ts'
import { claimDirectory } from './claimDirectory.ts'
import { createGenesis } from './createGenesis.ts'
import { createDevAccounts, type DevAccount, devAccounts } from './devAccounts.ts'
import { findAnvil } from './findAnvil.ts'
import { hasChain } from './generations.ts'
import { PortTakenError, serveRpc } from './serveRpc.ts'

/** An embedded chain that runs. */
export type Devchain = {
  /** Where any Ethereum client reaches it; the same at the next start when the port is free then. */
  rpcUrl: string
  chainId: number
  /** Accounts that began with ether. */
  accounts: readonly DevAccount[]
  /** The process id of anvil now. */
  enginePid(): Promise<number>
  /** Writes a snapshot now. */
  save(): Promise<void>
  /** Finishes what was asked, saves, and ends anvil. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts the embedded chain of `directory`, making it the first time.
 *
 * Nothing acknowledged is lost, whatever is killed and when: every transaction is in a checksummed, synced journal
 * before its sender gets the hash. Blocks are made at once; their times follow wall time and never go back.
 *
 * @example
 * const devchain = await createDevchain({ directory: '/tmp/chain', chainId: 31_337 })
 * const client = createPublicClient({ transport: http(devchain.rpcUrl) })
 *
 * @throws AnvilMissingError, DirectoryTakenError, OtherChainError, PortTakenError, NoGoodSnapshotError,
 * EngineKeepsDyingError, EngineStartError.
 */
export async function createDevchain(options: createDevchain.Options): Promise<Devchain> {
  const { directory, chainId, clock = systemClock, log = silentLogger, host = '127.0.0.1' } = options
  const binary = findAnvil()
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const release = await claimDirectory(directory)
  let chain: Chain | undefined
  try {
    await prepare(binary, options)
    chain = await Chain.open({
      ...{ directory, binary, chainId, clock, log },
      idleBlockMs: options.idleBlockMs ?? 4000,
      saveAfterTransactions: options.saveAfterTransactions ?? 2000,
      saveAfterMs: options.saveAfterMs ?? 600_000,
      onFailure: (error) => options.onFailure?.(error),
    })
    const front = await openFront(chain, { ...options, host, log })
    const accounts = await devAccounts(directory)
    const stop = once(async () => {
      await front.close()
      await chain?.stop()
      await release()
    })
    const enginePid = () => running.enginePid()
    const save = () => running.save()
    const running = chain
    const rpcUrl = `http://${host}:${front.port}`
    log.info('embedded chain runs', { rpcUrl, chainId, directory })
    return { rpcUrl, chainId, accounts, enginePid, save, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await chain?.stop()
    await release()
    throw error
  }
}

export declare namespace createDevchain {
  type Options = {
    /** Holds everything of this chain; made when missing. */
    directory: string
    chainId: number
    /** @default the last start's port when it is free, else any free one */
    port?: number | undefined
    /** @default '127.0.0.1' */
    host?: string | undefined
    /** Accounts of a new chain; the mnemonic is made for it alone unless one is given. @default { count: 20 } */
    accounts?: { mnemonic?: string | undefined; count: number } | undefined
    /** Lets callers travel in time and set balances: for tests only. @default false */
    allowTestMethods?: boolean | undefined
    /** The oldest the last block may be when somebody reads. @default 4000 */
    idleBlockMs?: number | undefined
    /** Snapshot after so many transactions and blocks; replaying as many takes under two seconds. @default 2000 */
    saveAfterTransactions?: number | undefined
    /** Snapshot after so long when there was a transaction. @default 600_000 */
    saveAfterMs?: number | undefined
    clock?: Clock | undefined
    log?: Logger | undefined
    /** The chain cannot go on by itself; every call is answered with this error from now on. */
    onFailure?: ((error: BaseError) => void) | undefined
  }
}

async function prepare(binary: string, options: createDevchain.Options): Promise<void> {
  const { directory, chainId, clock = systemClock, accounts = { count: 20 } } = options
  if (await hasChain(directory)) return
  const funded = (await createDevAccounts(directory, accounts)).map(({ address }) => address)
  await createGenesis(directory, { binary, chainId, time: Math.floor(clock.unixMs() / 1000), funded })
}

/** Takes the port asked for; else the one of the last start, so that URLs people kept stay good; else any. */
async function openFront(
  chain: Chain,
  options: createDevchain.Options & { host: string; log: Logger },
): Promise<{ port: number; close(): Promise<void> }> {
  const { directory, host, log, allowTestMethods = false } = options
  const path = join(directory, 'port')
  const last = Number(await readFile(path, 'utf8').catch(() => '0'))
  const serve = (port: number) => serveRpc(chain, { host, port, allowTestMethods, log })
  if (options.port !== undefined) return serve(options.port)
  const front = await serve(last).catch((error: unknown) => {
    if (error instanceof PortTakenError) return serve(0)
    throw error
  })
  await writeFileAtomic(path, String(front.port))
  return front
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}
