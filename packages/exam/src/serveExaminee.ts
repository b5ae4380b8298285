import type { ServedExchange } from '@hotaru/link'
import type { Examinee } from '@hotaru/proof'
import type { ExamVerb, Request } from '@hotaru/protocol'
import { readProbe, writeProbe } from './DiskProbe.ts'
import { sendNoise, takeBytes } from './lineProbe.ts'

/** A request of a verifier. */
export type ExamRequest = Extract<Request, { verb: ExamVerb }>

/** Who is let at the machine, and when. */
export type Attention = {
  /** Holds the machine for the caller of `exchange` until he closes it; answers him when his turn comes. */
  attend(auditId: string): Promise<void>
  /** Does work for the verifier that is attended to. */
  doTimed<T>(auditId: string, work: (examinee: Examinee) => Promise<T>): Promise<T>
  /** Does work that nobody times. */
  doUntimed<T>(auditId: string, work: (examinee: Examinee) => Promise<T>): Promise<T>
  /** Where the disk is tried. */
  probePath: string
}

export function isExamRequest(request: Request): request is ExamRequest {
  return /^(challenge|exam|sprint|walk|probe)(\.|$)/.test(request.verb)
}

/** Answers a verifier, as `examRequests` of the protocol says. */
export async function serveExaminee(
  request: ExamRequest,
  exchange: ServedExchange,
  { attend, doTimed, doUntimed, probePath }: Attention,
): Promise<void> {
  if (request.verb === 'probe.ping') return exchange.sendReply({ type: 'ok' })
  const { auditId } = request
  const reply = (value: unknown) => exchange.sendReply({ type: 'ok', value })
  const timed = <T>(work: (examinee: Examinee) => Promise<T>) => doTimed(auditId, work)
  const untimed = <T>(work: (examinee: Examinee) => Promise<T>) => doUntimed(auditId, work)
  switch (request.verb) {
    case 'challenge':
      return reply({ answer: await untimed((examinee) => examinee.record()) })
    case 'challenge.open':
      return exchange.sendData(await untimed((examinee) => examinee.openRecord(request.pickSeed)))
    case 'challenge.leaves':
      return exchange.sendData(await untimed((examinee) => examinee.openLeaves(request)))
    case 'exam':
      return attend(auditId)
    case 'sprint':
      return reply({ answer: await timed((examinee) => examinee.sprint(request)) })
    case 'sprint.open':
      return exchange.sendData(await timed((examinee) => examinee.openSprint(request.nonce, request.pickSeed)))
    case 'walk.fill':
      return reply({ cells: await timed((examinee) => examinee.fill(request)) })
    case 'walk':
      return reply({ roots: await timed((examinee) => examinee.walk(request)) })
    case 'walk.open':
      return exchange.sendData(await timed((examinee) => examinee.openWalk(request.nonce, request.pickSeed)))
    case 'probe.send':
      return timed(() => sendNoise(exchange, request.sizeBytes))
    case 'probe.take':
      return reply(await timed(() => takeBytes(exchange, request.sizeBytes)))
    case 'probe.write':
      return reply(await timed(() => writeProbe(probePath, request)))
    case 'probe.read':
      return reply({ hash: await timed(() => readProbe(probePath, request)) })
  }
}
