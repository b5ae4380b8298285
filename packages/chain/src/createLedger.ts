import { Mutex } from '@hotaru/base/async'
import {
  type Account,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem'
import type { Deployment } from './Deployment.ts'

/** What every action takes: a ledger, a way to it, and, to write, an account. */
export type Ledger = {
  deployment: Deployment
  client: PublicClient<Transport, Chain>
  /** Undefined when the ledger is only read. */
  wallet: WalletClient<Transport, Chain, Account> | undefined
  /** Lets one transaction of the account take its nonce at a time. */
  nonceLine: Mutex
  /** Lets one permit of the account be signed and used at a time. */
  permitLine: Mutex
}

/**
 * Makes the subject of all actions. Connects to nothing yet: `assertNetwork` asks whether the network is what it says.
 *
 * Make one ledger an account and process, and share it: it is what keeps concurrent writes from taking the same nonce.
 *
 * @example
 * const ledger = createLedger({ deployment, account: privateKeyToAccount(key) })
 * const { leaseId } = await openLease(ledger, { machineId: 1n, slots: 1n, durationSeconds: 600, workloadDigest })
 */
export function createLedger({ deployment, account, ...options }: createLedger.Parameters): Ledger {
  const { rpcUrl = deployment.rpcUrl, timeoutMs = 10_000, retryCount = 2, pollMs = 1000 } = options
  const chain = defineChain({
    id: deployment.chainId,
    name: deployment.name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  // Reads made at the same moment travel as one request.
  const transport = options.transport ?? http(rpcUrl, { batch: true, timeout: timeoutMs, retryCount })
  // What viem would cache is the block number, which a reader who just wrote must see move.
  const shared = { chain, transport, pollingInterval: pollMs, cacheTime: 0 }
  return {
    deployment,
    client: createPublicClient(shared),
    wallet: account && createWalletClient({ ...shared, account }),
    nonceLine: new Mutex(),
    permitLine: new Mutex(),
  }
}

export declare namespace createLedger {
  type Parameters = {
    deployment: Deployment
    /** Signs; a local account or, in a browser, the wallet's. Without it the ledger can only be read. */
    account?: Account | undefined
    /** @default the deployment's */
    rpcUrl?: string | undefined
    /** In place of HTTP, for example `custom(window.ethereum)`. */
    transport?: Transport | undefined
    /** The longest one request may take. @default 10_000 */
    timeoutMs?: number | undefined
    /** How often a request that was not answered is repeated. @default 2 */
    retryCount?: number | undefined
    /** How often to look for a receipt that is not there at once. @default 1000 */
    pollMs?: number | undefined
  }
}
