import { BaseError } from '@hotaru/base'
import type { Connection, Exchange } from '@hotaru/link'
import type { Examinee } from '@hotaru/proof'
import { answerSchemas, type Request } from '@hotaru/protocol'

/** A machine over the link, and what is needed to leave it. */
export type LinkExaminee = Examinee & {
  /** Lets the next verifier in. */
  leave(): void
}

/**
 * The machine at the other end of a connection, as an examinee. Only shapes are looked at here; what they say is judged by
 * the proof.
 *
 * @throws `Verifier.ExamAnswerError` where the machine speaks another language, and the link's errors.
 */
export function createLinkExaminee(
  connection: Connection,
  { auditId, slots, signal }: createLinkExaminee.Options,
): LinkExaminee {
  const maxBytes = slots * maxSlotBytes
  let turn: Exchange | undefined
  const ask = (request: Request) => connection.request(request, { signal })
  const show = async (request: Request) =>
    readAll(await connection.open(request, { signal }), { verb: request.verb, maxBytes })
  return {
    record: async () => read('challenge', await ask({ verb: 'challenge', auditId })).answer,
    openRecord: (pickSeed) => show({ verb: 'challenge.open', auditId, pickSeed }),
    openLeaves: ({ leaves, ...at }) => show({ verb: 'challenge.leaves', auditId, ...at, leaves: [...leaves] }),
    async begin() {
      turn = await connection.open({ verb: 'exam', auditId }, { signal })
      return read('exam', await turn.readOk()).kind
    },
    sprint: async (sprint) => read('sprint', await ask({ verb: 'sprint', auditId, ...sprint })).answer,
    openSprint: (nonce, pickSeed) => show({ verb: 'sprint.open', auditId, nonce, pickSeed }),
    fill: async (size) => read('walk.fill', await ask({ verb: 'walk.fill', auditId, ...size })).cells,
    walk: async (walk) => read('walk', await ask({ verb: 'walk', auditId, ...walk })).roots,
    openWalk: (nonce, pickSeed) => show({ verb: 'walk.open', auditId, nonce, pickSeed }),
    leave: () => turn?.abort(),
  }
}

export declare namespace createLinkExaminee {
  type Options = { auditId: string; slots: number; signal?: AbortSignal | undefined }
}

function read<Name extends keyof typeof answerSchemas>(verb: Name, value: unknown) {
  const answer = answerSchemas[verb].safeParse(value)
  if (!answer.success) throw new ExamAnswerError({ verb, reason: 'its answer has another shape' })
  return answer.data as ReturnType<(typeof answerSchemas)[Name]['parse']>
}

/** All data of an exchange; who sends more than there can be is hung up on. */
async function readAll(
  exchange: Exchange,
  { verb, maxBytes }: { verb: string; maxBytes: number },
): Promise<Uint8Array> {
  await exchange.closeSend()
  const pieces: Uint8Array[] = []
  let length = 0
  for (let data = await exchange.readData(); data; data = await exchange.readData()) {
    length += data.length
    pieces.push(data)
    if (length <= maxBytes) continue
    exchange.abort()
    throw new ExamAnswerError({ verb, reason: `it sends more than ${maxBytes} bytes` })
  }
  return Buffer.concat(pieces)
}

/** 64 openings of a slot, the largest a walk's: a leaf of 8200 bytes, at most 20 nodes of its path, 3 bytes of lengths. */
const maxSlotBytes = 64 * (8200 + 20 * 32 + 3)

export class ExamAnswerError extends BaseError {
  override readonly name = 'Verifier.ExamAnswerError'

  constructor({ verb, reason }: { verb: string; reason: string }) {
    super(`Cannot understand the machine's answer to "${verb}": ${reason}, expected that of the protocol`)
  }
}
