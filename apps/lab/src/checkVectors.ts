import { vectorChecks } from '@hotaru/proof/vectors'
import type { FoundBackend } from '@hotaru/prover'
import type { ProgressLine } from './ProgressLine.ts'

/** Whether a back end agrees with the vectors. */
export type VectorReport = Omit<FoundBackend, 'create'> & {
  checks: number
  /** One sentence for each check that it does not pass. */
  faults: string[]
  /** Why it could not be opened although it is there; null when it could. */
  broken: string | null
  seconds: number
}

/** Puts each back end that is there through all vectors. */
export async function checkVectors(
  backends: readonly FoundBackend[],
  progress: Pick<ProgressLine, 'update' | 'clear'>,
): Promise<VectorReport[]> {
  const total = backends.length * vectorChecks.length
  const reports: VectorReport[] = []
  for (const [at, { create, ...found }] of backends.entries()) {
    const report: VectorReport = { ...found, checks: vectorChecks.length, faults: [], broken: null, seconds: 0 }
    reports.push(report)
    if (found.absent !== null) continue
    const startMs = performance.now()
    try {
      const backend = await create()
      for (const [check, { name, run }] of vectorChecks.entries()) {
        progress.update({ done: at * vectorChecks.length + check, total, label: `${found.name}: ${name}` })
        await run(backend).catch((error: unknown) => report.faults.push(`${name}: ${messageOf(error)}`))
      }
      await backend.close()
    } catch (error) {
      report.broken = messageOf(error)
    }
    report.seconds = (performance.now() - startMs) / 1000
  }
  progress.clear()
  return reports
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
