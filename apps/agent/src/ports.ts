import type { Challenge, Hex } from '@hotaru/proof'
import type { JournalRecord } from './core/Event.ts'
import type { LedgerLease, MachineWork } from './core/State.ts'

/** The few things the agent asks of the ledger, as seen from its one machine. Lease ids are decimal strings. */
export type LedgerPort = {
  readHead(): Promise<{ block: number; unixSeconds: number }>
  /** Ids of the machine's leases that were opened in these blocks, both included. */
  listOpened(blocks: { from: number; to: number }): Promise<string[]>
  /** One lease of this machine; null when the ledger does not know it or it is another machine's. */
  readLease(leaseId: string): Promise<LedgerLease | null>
  readMachine(): Promise<NonNullable<MachineWork['ledger']>>
  /** An audit of this machine whose challenge is known; null when there is none such. */
  readAudit(auditId: string): Promise<AuditFacts | null>
  /** Whether an account is an enrolled verifier. */
  isVerifier(account: string): Promise<boolean>
  /** Commits to an answer. */
  postTranscript(auditId: string, transcript: Hex): Promise<void>
  /** Whether an account may steer a lease: its renter, or a controller he set that has not run out. */
  mayControl(leaseId: string, account: string): Promise<boolean>
  startLease(leaseId: string): Promise<void>
  endLease(leaseId: string): Promise<void>
  settleLease(leaseId: string): Promise<void>
  heartbeat(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  requestAudit(): Promise<void>
  setEndpoint(endpoint: string): Promise<void>
}

/** An audit as the machine needs it. */
export type AuditFacts = {
  challenge: Challenge
  /** What was posted to the ledger; null before. */
  transcript: Hex | null
  /** Who may examine the machine now; empty when no committee is at work on it. */
  members: readonly string[]
  /** Commitment of a ringer, or bytes of chance; null when it can be none. */
  ringer: Hex | null
}

/** Where facts are kept: resolves when they are on disk. */
export type JournalPort = { append(record: JournalRecord): Promise<void> }

/** The directories of leases. */
export type DiskPort = {
  /** Absolute path of a lease's directory. */
  directoryOf(leaseId: string): string
  /** Makes the directory and says which files of the manifest lie there, by sha256, checked. */
  prepare(leaseId: string, files: readonly ManifestFile[]): Promise<string[]>
  /** Puts the received files at their paths. Safe to repeat until the workload runs. */
  place(leaseId: string, files: readonly ManifestFile[]): Promise<void>
  /** Removes the directory and everything in it. Safe to repeat. */
  remove(leaseId: string): Promise<void>
  freeBytes(): Promise<number>
}

/** A file that a manifest promises. */
export type ManifestFile = { path: string; sizeBytes: number; sha256: string }
