import { type ExamRequest, serveExaminee } from '@hotaru/exam'
import type { Caller, ServedExchange } from '@hotaru/link'
import type { Room } from '../link/Verb.ts'

/** Answers a verifier, who is let in by the exam room. */
export function serveExam(
  request: ExamRequest,
  exchange: ServedExchange,
  caller: Caller,
  { exams, disk }: Pick<Room, 'exams' | 'disk'>,
): Promise<void> {
  return serveExaminee(request, exchange, {
    attend: (auditId) => exams.attend(auditId, exchange, caller),
    doTimed: (auditId, work) => exams.doTimed(auditId, caller, work),
    doUntimed: (auditId, work) => exams.doUntimed(auditId, caller, work),
    probePath: disk.probePath,
  })
}
