import type { Clock } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import {
  type Backend,
  createExaminee,
  type HonestExaminee,
  readAnswer,
  type SprintAsked,
  sprintSeed,
  transcriptRoot,
} from '@hotaru/proof'
import { leaseProofTypedData, type TokenDomain } from '@hotaru/protocol'
import type { Hex, LocalAccount } from 'viem'
import type { OpenBackends } from './createBackendOpener.ts'

/** Runs sprints for renters in their own leases, on the slots that they lease, one at a time. */
export class LeaseProver {
  readonly #parts: LeaseProver.Parts
  readonly #order = new Mutex()
  #open: { leaseId: string; examinee: HonestExaminee; backends: readonly Backend[] } | undefined
  #cancelClosing = () => {}

  constructor(parts: LeaseProver.Parts) {
    this.#parts = parts
  }

  /** The answer to a sprint, signed with the machine key. */
  prove(lease: LeaseProver.Lease, { nonce, n, rounds }: SprintAsked) {
    return this.#order.run(async () => {
      const { challenge, examinee, kind } = await this.#take(lease)
      const answer = await examinee.sprint({ nonce, n, rounds })
      const made = readAnswer({ ...challenge, n, rounds, seed: sprintSeed(challenge.seed, nonce) }, answer) ?? []
      const { machineId, domain, key } = this.#parts
      const proof = { leaseId: BigInt(lease.id), machineId, nonce, n, rounds, transcript: transcriptRoot(made) }
      return { answer, kind, signature: await key.signTypedData(leaseProofTypedData(proof, domain)) }
    })
  }

  /** What is picked of that answer; no bytes when there is none. */
  open(lease: LeaseProver.Lease, { nonce, pickSeed }: { nonce: Hex; pickSeed: Hex }): Promise<Uint8Array> {
    return this.#order.run(async () => (await this.#take(lease)).examinee.openSprint(nonce, pickSeed))
  }

  /** Gives the devices back. Safe to repeat. */
  async close(): Promise<void> {
    this.#cancelClosing()
    await this.#order.run(() => this.#close())
  }

  async #take(lease: LeaseProver.Lease) {
    const { machineId, domain, openBackends, clock } = this.#parts
    this.#cancelClosing()
    this.#cancelClosing = clock.after(idleMs, () => void this.close())
    const challenge = {
      ...{ seed: zeroSeed, chainId: BigInt(domain.chainId), machineId, auditId: BigInt(lease.id) },
      ...{ n: 16, rounds: 1, slots: lease.slots.length },
    }
    if (this.#open?.leaseId !== lease.id) {
      await this.#close()
      const backends = await openBackends(lease.slots)
      const examinee = createExaminee(challenge, backends, { post: async () => {}, maxCells: 0 })
      this.#open = { leaseId: lease.id, examinee, backends }
    }
    const { examinee, backends } = this.#open
    const kind = backends.every((backend) => backend.kind === 'gpu') ? ('gpu' as const) : ('cpu' as const)
    return { challenge, examinee, kind }
  }

  async #close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await Promise.allSettled((open?.backends ?? []).map((backend) => backend.close()))
  }
}

export declare namespace LeaseProver {
  type Lease = { id: string; slots: readonly number[] }
  type Parts = {
    machineId: bigint
    domain: TokenDomain
    /** The machine key. */
    key: LocalAccount
    openBackends: OpenBackends
    clock: Clock
  }
}

const zeroSeed: Hex = `0x${'00'.repeat(32)}`
const idleMs = 60_000
