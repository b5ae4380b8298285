import { BaseError, exitCodes } from '@hotaru/base'
import type { Ledger } from '@hotaru/chain'
import { leasesAbi } from '@hotaru/contracts'

/** What only the event of a lease's opening says. */
export type OpenedLease = { block: number; workloadDigest: string }

/**
 * The openings of one machine's leases. What was seen is remembered, and forgotten again when a reorganised chain
 * shows other blocks in its place.
 */
export class OpenedLeases {
  readonly #ledger: Ledger
  readonly #machineId: bigint
  readonly #known = new Map<string, OpenedLease>()

  constructor(ledger: Ledger, machineId: bigint) {
    this.#ledger = ledger
    this.#machineId = machineId
  }

  /** Ids of the leases that were opened in these blocks, both included. */
  async list(from: number, to: number): Promise<string[]> {
    const logs = await this.#read({ machineId: this.#machineId }, from, to)
    for (const [id, { block }] of this.#known) if (block >= from && block <= to) this.#known.delete(id)
    return logs.map(({ args, blockNumber }) => this.#remember(args, blockNumber))
  }

  /** How a lease was opened; looked for in the newest blocks when it is not known. Undefined when it is not there. */
  async find(leaseId: string): Promise<OpenedLease | undefined> {
    const known = this.#known.get(leaseId)
    if (known) return known
    const head = Number(await this.call('ask for its newest block', () => this.#ledger.client.getBlockNumber()))
    const from = Math.max(this.#ledger.deployment.block, head - lookBackBlocks)
    const logs = await this.#read({ leaseId: BigInt(leaseId), machineId: this.#machineId }, from, head)
    for (const { args, blockNumber } of logs) this.#remember(args, blockNumber)
    return this.#known.get(leaseId)
  }

  /** Makes a read whose failure is an error of ours. */
  async call<T>(action: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (cause) {
      throw new LedgerReadError({ action, cause })
    }
  }

  #read(args: { leaseId?: bigint; machineId: bigint }, from: number, to: number) {
    const { client, deployment } = this.#ledger
    const where = { address: deployment.addresses.leases, fromBlock: BigInt(from), toBlock: BigInt(to) }
    return this.call('read the opening of leases', () =>
      client.getContractEvents({ abi: leasesAbi, eventName: 'Opened', args, strict: true, ...where }),
    )
  }

  #remember(args: { leaseId: bigint; workloadDigest: string }, blockNumber: bigint): string {
    const id = args.leaseId.toString()
    this.#known.delete(id)
    this.#known.set(id, { block: Number(blockNumber), workloadDigest: args.workloadDigest })
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= longestMemory) break
      this.#known.delete(oldest)
    }
    return id
  }
}

/** Public nodes answer at most a thousand blocks at once; a lease that a renter speaks of now is younger. */
const lookBackBlocks = 999

/** Far more than a machine has leases at once; an older one is looked up again. */
const longestMemory = 1_000

export class LedgerReadError extends BaseError {
  override readonly name = 'Agent.LedgerReadError'

  constructor({ action, cause }: { action: string; cause: unknown }) {
    super(`Cannot ${action}: the chain did not answer, expected it to be reachable`, {
      hint: 'the machine goes on; try again in a few seconds',
      retry: 'later',
      exitCode: exitCodes.tryAgain,
      cause,
    })
  }
}
