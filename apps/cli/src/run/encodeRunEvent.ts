import type { ClassRow } from '@hotaru/protocol'
import { classifyMachine } from '@hotaru/sdk'
import type { RunEvent } from '@hotaru/sdk/lease'
import { toJson } from '../renderJson.ts'

type Beside = {
  atMs: number
  /** The ledger's, for offers. */
  classTable: readonly ClassRow[]
}

/** One event of a run as a line of JSON; output as text, what is long on the ledger by its number. */
export function encodeRunEvent(event: RunEvent, { atMs, classTable }: Beside): string {
  switch (event.type) {
    case 'output': {
      const { type, stream, atByte, bytes } = event
      return toJson({ type, atMs, stream, atByte, text: new TextDecoder().decode(bytes) })
    }
    case 'offer': {
      const { machine, slots, seconds } = event
      const { row, judgement } = classifyMachine(machine, classTable)
      const size = { class: machine.class, classRow: row, claim: machine.claim, claimJudgement: judgement }
      return toJson({ type: 'offer', atMs, machine: machine.id, slots, seconds, ...size })
    }
    default:
      return toJson({ atMs, ...event })
  }
}
