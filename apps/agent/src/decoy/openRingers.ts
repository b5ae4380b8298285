import type { Logger } from '@hotaru/base'
import {
  type BeaconSource,
  findLatestAudit,
  isRefusal,
  type Ledger,
  openRinger,
  readAudit,
  readPickRound,
  readRandomness,
} from '@hotaru/chain'
import {
  type Backend,
  findPickedFault,
  openEntries,
  type PickedEntry,
  pickEntries,
  picksPerSlot,
  toAnswer,
} from '@hotaru/proof'
import type { Hex } from 'viem'
import type { OpenBackends } from '../exam/createBackendOpener.ts'
import { createDecoyBackend } from './createDecoyBackend.ts'
import type { Ringer, RingerBook } from './RingerBook.ts'

/**
 * Opens the ringer that this machine planted in its newest audit, as soon as that has its verdict: within ten minutes, else it is
 * a forgery. To be called again and again; does nothing while there is nothing to open.
 */
export async function openRingers(ledger: Ledger, options: openRingers.Options): Promise<void> {
  const { book, machineId, log } = options
  const planted = await book.list()
  const auditId = planted.length > 0 ? await findLatestAudit(ledger, { machineId }) : undefined
  if (auditId === undefined) return
  const audit = await readAudit(ledger, { auditId })
  const ringer = planted.find(({ commitment }) => commitment === audit.ringer)
  if (!ringer?.answered || !opened.has(audit.state)) return
  const picked = await findWrongPick(ledger, ringer.answered, options)
  if (!picked) return
  try {
    const { caught, fooled } = await openRinger(ledger, { auditId, salt: ringer.salt, picked })
    log.info('ringer opened', { auditId, caught, fooled })
  } catch (error) {
    if (!isRefusal(error, 'Audits_RingerPeriodOver', 'Audits_WrongState', 'Audits_NotInTranscript')) throw error
    log.error('ringer not opened', { auditId, error })
  }
  await book.drop(ringer.commitment)
}

export declare namespace openRingers {
  type Options = {
    book: RingerBook
    machineId: bigint
    beacon: BeaconSource
    openBackends: OpenBackends
    log: Logger
  }
}

const opened: ReadonlySet<string> = new Set(['passed', 'failed', 'noVerdict'])

/** The first entry that chance picked and that is wrong; undefined while the round that picks is not out. */
async function findWrongPick(
  ledger: Ledger,
  { challenge, rounds }: NonNullable<Ringer['answered']>,
  { beacon, openBackends }: Pick<openRingers.Options, 'beacon' | 'openBackends'>,
) {
  const { auditId, slots } = challenge
  const pickRound = await readPickRound(ledger, { auditId })
  const beaconProof = pickRound === undefined ? undefined : await beacon.proofOf(pickRound)
  if (pickRound === undefined || beaconProof === undefined) return undefined
  const seed: Hex = await readRandomness(ledger, { round: pickRound, proof: beaconProof })
  const backends = await openBackends(Array.from({ length: slots }, (_, slot) => slot))
  try {
    const lying = backends.map((backend): Backend => createDecoyBackend(backend, challenge))
    for (const [at, pick] of pickEntries(seed, challenge).entries()) {
      const picks: PickedEntry[] = [pick]
      const openings = await openEntries(challenge, rounds, picks, lying)
      const proof = findPickedFault(challenge, toAnswer(rounds, challenge), { picks, openings })?.proof
      if (!proof) continue
      const { round, roundPath, leaf, leafPath } = proof
      return { pick: at % picksPerSlot, round, roundPath, leaf, leafPath, beaconProof }
    }
    return undefined
  } finally {
    await Promise.allSettled(backends.map((backend) => backend.close()))
  }
}
