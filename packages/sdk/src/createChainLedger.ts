import type { LocalAccount } from 'viem'
import { createChainRecords } from './createChainRecords.ts'
import type { Ledger } from './Ledger.ts'
import type { Network } from './parseNetwork.ts'

/**
 * The ledger of a real chain. It is loaded and asked who it is with the first call, together with what that call
 * wants; a chain that is another than the network file says throws `assertNetwork`'s errors before anything is signed.
 */
export function createChainLedger(network: Network, account: LocalAccount): Ledger {
  let connecting: ReturnType<typeof connect> | undefined
  const connected = () => (connecting ??= connect(network, account))

  /** Runs `read` at once and hands its result out only when the chain is known to be the right one. */
  async function ask<T>(read: (parts: Awaited<ReturnType<typeof connect>>) => Promise<T>): Promise<T> {
    const parts = await connected()
    const result = read(parts)
    // A wrong chain makes every read fail; the reason is what the renter has to hear.
    result.catch(() => {})
    await parts.verified()
    return result
  }

  /** Runs a write once the chain is known to be the right one. */
  async function tell<T>(write: (parts: Awaited<ReturnType<typeof connect>>) => Promise<T>): Promise<T> {
    const parts = await connected()
    await parts.verified()
    return write(parts)
  }

  return {
    ...createChainRecords(ask, tell),
    domain: { chainId: network.deployment.chainId, leases: network.deployment.addresses.leases },
    readChain: () =>
      ask(async ({ chain, ledger }) => {
        const [head, verifiers, usdPerToken] = await Promise.all([
          ledger.client.getBlock(),
          chain.countVerifiers(ledger),
          // Silent reporters stop new leases, not this look at the network.
          chain.readPrice(ledger).catch(() => undefined),
        ])
        const { chainId, addresses } = ledger.deployment
        return {
          chainId,
          block: head.number,
          blockTime: Number(head.timestamp),
          usdPerToken,
          verifiers,
          contracts: addresses,
        }
      }),
    listMachines: () => ask(({ chain, ledger }) => chain.listMachines(ledger)),
    readMachine: (machineId) => ask(({ chain, ledger }) => chain.readMachine(ledger, { machineId })),
    balanceOf: (holder) => ask(({ chain, ledger }) => chain.balanceOf(ledger, { account: holder })),
    openLease: (order) =>
      tell(async ({ chain, ledger }) => {
        const { leaseId, rate, escrow, hash, gasUsed } = await chain.openLease(ledger, order)
        return { leaseId, rate, escrow, hash, gasUsed }
      }),
    closeLease: (leaseId) =>
      tell(async ({ chain, ledger }) => {
        await chain.closeLease(ledger, { leaseId })
      }),
    readLease: (leaseId) => ask(({ chain, ledger }) => chain.readLease(ledger, { leaseId })),
    listLeases: (renter) => ask(({ chain, ledger }) => chain.listLeases(ledger, { renter })),
    readReceipt: (leaseId) => ask(({ chain, ledger }) => chain.readReceipt(ledger, { leaseId })),
  }
}

async function connect(network: Network, account: LocalAccount) {
  const chain = await import('@hotaru/chain')
  const deployment = chain.parseDeployment(network.deployment)
  // The network's URL wins: the deployment file may be older than the port that the chain listens on now.
  const ledger = chain.createLedger({ deployment, account, rpcUrl: network.rpcUrl })
  let verifying: Promise<unknown> | undefined
  const verified = () => {
    verifying ??= chain.assertNetwork(ledger)
    return verifying
  }
  return { chain, ledger, verified }
}
