import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mutex } from '@hotaru/base/async'
import { type Ledger, postTranscript, readAudit } from '@hotaru/chain'
import { type ExamRequest, isExamRequest, serveExaminee } from '@hotaru/exam'
import { type Caller, createLinkHost, type ServedExchange } from '@hotaru/link'
import { type Backend, createExaminee, type Examinee, type Round, transcriptRoot } from '@hotaru/proof'
import type { Hex } from 'viem'

/** What a machine does instead of what is right; answers whether it did. */
export type Misconduct = (request: ExamRequest, exchange: ServedExchange) => Promise<boolean>

/** Says nothing until the verifier has hung up. */
export const stall: Misconduct = async (_, { signal }) => {
  if (!signal.aborted) await once(signal, 'abort')
  return true
}

/** What a machine has begun to do for a verifier. */
export type Service = { verb: ExamRequest['verb']; auditId: string; caller: Caller['address'] }

/** A machine's door. */
export type TestMachine = {
  endpoint: string
  stop(): Promise<void>
}

/** Opens the door of a machine of one slot, whose transcripts its owner posts. */
export async function createTestMachine(owner: Ledger, options: createTestMachine.Options): Promise<TestMachine> {
  const { key, backend, misconduct, served } = options
  const examinees = new Map<string, Promise<Examinee>>()
  const turns = new Mutex()
  const examineeOf = (auditId: string) => {
    const known = examinees.get(auditId) ?? makeExaminee(owner, BigInt(auditId), backend)
    examinees.set(auditId, known)
    return known
  }
  const host = await createLinkHost({
    ...{ key, listen: ['/ip4/127.0.0.1/tcp/0'] },
    async handler(request, exchange, caller) {
      if (!isExamRequest(request)) throw new TypeError(`Cannot serve: a "${request.verb}" came, expected an exam`)
      if (await misconduct?.(request, exchange)) return
      const note = (auditId: string) => served?.push({ verb: request.verb, auditId, caller: caller.address })
      const work = async <T>(auditId: string, does: (examinee: Examinee) => Promise<T>) => {
        note(auditId)
        return does(await examineeOf(auditId))
      }
      const attend = (auditId: string) =>
        turns.run(async () => {
          note(auditId)
          await exchange.sendReply({ type: 'ok', value: { kind: 'cpu' } })
          await exchange.readData().catch(() => {})
        })
      const probePath = join(tmpdir(), `hotaru-${host.peerId}`)
      await serveExaminee(request, exchange, { attend, doTimed: work, doUntimed: work, probePath })
    },
  })
  return { endpoint: host.addresses()[0] ?? '', stop: () => host.stop() }
}

export declare namespace createTestMachine {
  type Options = {
    key: Hex
    backend: Backend
    misconduct?: Misconduct | undefined
    /** Takes note of what is served, in order. */
    served?: Service[] | undefined
  }
}

async function makeExaminee(owner: Ledger, auditId: bigint, backend: Backend): Promise<Examinee> {
  const { seed = '0x', n, rounds, machineId } = await readAudit(owner, { auditId })
  const challenge = { n, rounds, slots: 1, seed, chainId: BigInt(owner.deployment.chainId), machineId, auditId }
  const post = async (made: readonly Round[]) => {
    await postTranscript(owner, { auditId, transcript: transcriptRoot(made) })
  }
  return createExaminee(challenge, [backend], { post, maxCells: 2 ** 11, maxN: 4096 })
}
