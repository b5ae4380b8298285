import { type Ledger, postTranscript, readAudit } from '@hotaru/chain'
import { createLinkHost } from '@hotaru/link'
import type { WrongEntry } from '@hotaru/proof'
import { roundPath } from '@hotaru/proof'
import { type Forgery, forgeTranscript } from '@hotaru/proof/testing'
import { DemoError } from './Stage.ts'

/** A machine that cheats: it answers every challenge with work of which one entry is wrong. */
export type Forger = {
  endpoint: string
  /** What convicts it in an audit that it answered. */
  proofOf(auditId: bigint): Promise<WrongEntry>
  stop(): Promise<void>
}

/** The one entry that is wrong: somewhere in the middle of a round. */
const wrong = { slot: 0, round: 5, row: 17, column: 42 }

/** Opens the door of a machine of one slot. `owner` posts its transcripts, as an honest agent would before it answers. */
export async function createForger(owner: Ledger, { key }: { key: `0x${string}` }): Promise<Forger> {
  const forgeries = new Map<bigint, Promise<Forgery>>()
  const answer = (auditId: bigint) => {
    const known = forgeries.get(auditId) ?? forge(owner, auditId)
    forgeries.set(auditId, known)
    return known
  }
  const host = await createLinkHost({
    key,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    async handler(request, exchange) {
      if (request.verb === 'describe') return exchange.sendReply({ type: 'ok', value: {} })
      if (request.verb !== 'challenge') throw new DemoError({ found: `a "${request.verb}" came`, expected: 'an audit' })
      const startedMs = performance.now()
      const forgery = await answer(BigInt(request.auditId))
      const durationMs = performance.now() - startedMs
      return exchange.sendReply({ type: 'ok', value: { answer: forgery.answer, durationMs } })
    },
  })
  return {
    endpoint: host.addresses()[0] ?? '',
    async proofOf(auditId) {
      const { rounds, open } = await answer(auditId)
      const round = rounds[wrong.round]
      const [opening] = open([wrong])
      if (!round || !opening) throw new DemoError({ found: 'the wrong entry is not there', expected: 'it' })
      const { row, column } = wrong
      return { round, roundPath: roundPath(rounds, wrong.round), row, column, ...opening }
    },
    stop: () => host.stop(),
  }
}

async function forge(owner: Ledger, auditId: bigint): Promise<Forgery> {
  const { seed, n, rounds, machineId } = await readAudit(owner, { auditId })
  if (seed === undefined) throw new DemoError({ found: 'the committee is not seated', expected: 'a seed' })
  const chainId = BigInt(owner.deployment.chainId)
  const forgery = forgeTranscript({ n, rounds, slots: 1, seed, chainId, machineId, auditId }, [wrong])
  await postTranscript(owner, { auditId, transcript: forgery.transcript })
  return forgery
}
