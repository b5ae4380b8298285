import {
  endLease,
  findLatestAudit,
  heartbeat,
  isVerifier,
  LeaseNotFoundError,
  type Ledger,
  mayControlLease,
  pauseMachine,
  postTranscript,
  RefusedError,
  readAudit,
  readCommittee,
  readLease,
  readMachine,
  requestAudit,
  resumeMachine,
  setEndpoint,
  settleLease,
  startLease,
} from '@hotaru/chain'
import type { Lease } from '@hotaru/protocol'
import { getAddress } from 'viem'
import type { LedgerLease } from '../core/State.ts'
import type { RingerBook } from '../decoy/RingerBook.ts'
import type { LedgerPort } from '../ports.ts'
import { type OpenedLease, OpenedLeases } from './OpenedLeases.ts'

/** The ledger as the agent of one machine sees it. */
export function createLedgerPort(ledger: Ledger, { machineId, ringers }: createLedgerPort.Options): LedgerPort {
  const opened = new OpenedLeases(ledger, machineId)
  return {
    async readHead() {
      const { number, timestamp } = await opened.call('ask for its newest block', () => ledger.client.getBlock())
      return { block: Number(number), unixSeconds: Number(timestamp) }
    },
    listOpened: ({ from, to }) => opened.list(from, to),
    async readLease(leaseId) {
      const lease = await readLease(ledger, { leaseId: BigInt(leaseId) }).catch(noneIsNull)
      if (lease?.machineId !== machineId) return null
      const facts = await opened.find(leaseId)
      return facts ? toLedgerLease(lease, facts) : null
    },
    async readMachine() {
      const { state, endpoint, classValidUntil } = await readMachine(ledger, { machineId })
      const auditId = await findLatestAudit(ledger, { machineId })
      const audit = auditId === undefined ? undefined : await readAudit(ledger, { auditId })
      const auditOpen = audit?.state === 'requested'
      return { state: state === 'online' ? 'online' : 'paused', endpoint, auditOpen, classValidUntil }
    },
    async readAudit(auditId) {
      const audit = await readAudit(ledger, { auditId: BigInt(auditId) })
      if (audit.machineId !== machineId || audit.seed === undefined) return null
      const [{ slots }, { members }] = await Promise.all([
        readMachine(ledger, { machineId }),
        readCommittee(ledger, audit),
      ])
      const { id, seed, n, rounds, transcript = null, ringer = null } = audit
      const challenge = { seed, chainId: BigInt(ledger.deployment.chainId), machineId, auditId: id, n, rounds, slots }
      return { challenge, transcript, ringer, members: audit.state === 'requested' ? members : [] }
    },
    isVerifier: (account) => isVerifier(ledger, { account: getAddress(account) }),
    async postTranscript(auditId, transcript) {
      await postTranscript(ledger, { auditId: BigInt(auditId), transcript })
    },
    mayControl: (leaseId, account) =>
      mayControlLease(ledger, { leaseId: BigInt(leaseId), account: getAddress(account) }),
    async startLease(leaseId) {
      await startLease(ledger, { leaseId: BigInt(leaseId) })
    },
    async endLease(leaseId) {
      await endLease(ledger, { leaseId: BigInt(leaseId) })
    },
    async settleLease(leaseId) {
      await settleLease(ledger, { leaseId: BigInt(leaseId) })
    },
    async heartbeat() {
      await heartbeat(ledger, { machineId })
    },
    async pause() {
      await pauseMachine(ledger, { machineId })
    },
    async resume() {
      await resumeMachine(ledger, { machineId })
    },
    async requestAudit() {
      const ringer = await ringers?.plant()
      await requestAudit(ledger, { machineId, ringer }).catch(async (error: unknown) => {
        // What was refused was never sent; of anything else nobody knows.
        if (ringer !== undefined && error instanceof RefusedError) await ringers?.drop(ringer)
        throw error
      })
    },
    async setEndpoint(endpoint) {
      await setEndpoint(ledger, { machineId, endpoint })
    },
  }
}

export declare namespace createLedgerPort {
  type Options = {
    machineId: bigint
    /** Of a decoy, which asks for its audits with ringers. */
    ringers?: RingerBook | undefined
  }
}

function noneIsNull(error: unknown): null {
  if (error instanceof LeaseNotFoundError) return null
  throw error
}

function toLedgerLease(lease: Lease, { block, workloadDigest }: OpenedLease): LedgerLease {
  const { state, renter, durationSeconds, unpaidFrom, paidUntil, accepted } = lease
  const slots = Array.from({ length: 64 }, (_, slot) => slot).filter((slot) => (lease.slots >> BigInt(slot)) & 1n)
  const facts = { workloadDigest, openedBlock: block }
  return { state, renter, slots, durationSeconds, unpaidFrom, paidUntil, accepted, ...facts }
}
