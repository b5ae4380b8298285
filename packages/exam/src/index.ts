export { createLinkExaminee, ExamAnswerError, type LinkExaminee } from './createLinkExaminee.ts'
export { type Probed, type ProbePlan, probe } from './probe.ts'
export { type Attention, type ExamRequest, isExamRequest, serveExaminee } from './serveExaminee.ts'
