import {
  type ClaimJudgement,
  type ClassRow,
  findClassRow,
  hardwareSchema,
  judgeClaim,
  type Machine,
} from '@hotaru/protocol'

/** What audits measured a machine to be, and whether that is what its owner says. */
export type Classified = {
  /** The row of the class table; undefined before the first audit, and of a slot that reaches none. */
  row: ClassRow | undefined
  /** Of the claim beside the class; undefined where nothing was measured yet. */
  judgement: ClaimJudgement | undefined
}

/**
 * Finds a machine's row of the class table and judges its claim by it.
 *
 * A class is of all slots together, so a claim of different cards is unknown, as one of a processor.
 *
 * @param table The ledger's, from `readClassTable`.
 */
export function classifyMachine(machine: Machine, table: readonly ClassRow[]): Classified {
  const { class: measured, claim } = machine
  if (!measured) return { row: undefined, judgement: undefined }
  const [model, ...others] = new Set(claimedCards(claim))
  const judgement = model === undefined || others.length > 0 ? 'unknown' : judgeClaim(model, measured, table)
  return { row: findClassRow(measured, table), judgement }
}

function claimedCards(claim: string): string[] {
  try {
    return hardwareSchema.safeParse(JSON.parse(claim)).data?.gpus.map(({ name }) => name) ?? []
  } catch {
    return []
  }
}
