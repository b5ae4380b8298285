import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, postTranscript, readAudit } from '@hotaru/chain'
import { isExamRequest, serveExaminee } from '@hotaru/exam'
import { createLinkHost, type ServedExchange } from '@hotaru/link'
import { createExaminee, type Examinee, type Round, transcriptRoot } from '@hotaru/proof'
import { createLiarBackend } from '@hotaru/proof/testing'
import { DemoError } from './Stage.ts'

/** A machine that cheats: in each product that it commits to one entry of thousands is wrong. */
export type Forger = { endpoint: string; stop(): Promise<void> }

/** Opens the door of a machine of one slot. `owner` posts its transcripts, as an honest agent would before it answers. */
export async function createForger(owner: Ledger, { key }: { key: `0x${string}` }): Promise<Forger> {
  const examinees = new Map<string, Promise<Examinee>>()
  const examineeOf = (auditId: string) => {
    const known = examinees.get(auditId) ?? createLiar(owner, BigInt(auditId))
    examinees.set(auditId, known)
    return known
  }
  const host = await createLinkHost({
    key,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    async handler(request, exchange) {
      if (!isExamRequest(request)) throw new DemoError({ found: `a "${request.verb}" came`, expected: 'an exam' })
      const work = async <T>(auditId: string, does: (examinee: Examinee) => Promise<T>) =>
        does(await examineeOf(auditId))
      const probePath = join(tmpdir(), `hotaru-forger-${process.pid}`)
      return serveExaminee(request, exchange, {
        attend: () => attend(exchange),
        doTimed: work,
        doUntimed: work,
        probePath,
      })
    },
  })
  return { endpoint: host.addresses()[0] ?? '', stop: () => host.stop() }
}

/** It has nothing to hide from anyone, all at once. */
async function attend(exchange: ServedExchange): Promise<void> {
  await exchange.sendReply({ type: 'ok', value: { kind: 'cpu' } })
  await exchange.readData().catch(() => {})
}

async function createLiar(owner: Ledger, auditId: bigint): Promise<Examinee> {
  const { seed, n, rounds, machineId } = await readAudit(owner, { auditId })
  if (seed === undefined) throw new DemoError({ found: 'the committee is not seated', expected: 'a seed' })
  const challenge = { n, rounds, slots: 1, seed, chainId: BigInt(owner.deployment.chainId), machineId, auditId }
  const liar = createLiarBackend({ n, row: 17, column: 42 })
  const post = async (made: readonly Round[]) => {
    await postTranscript(owner, { auditId, transcript: transcriptRoot(made) })
  }
  return createExaminee(challenge, [liar], { post, maxCells: 2 ** 15, maxN: 4096 })
}
