import type { RunEvent } from '@hotaru/sdk/lease'
import { toJson } from '../renderJson.ts'

/** One event of a run as a line of JSON; output as text, what is long on the ledger by its number. */
export function encodeRunEvent(event: RunEvent, atMs: number): string {
  switch (event.type) {
    case 'output': {
      const { type, stream, atByte, bytes } = event
      return toJson({ type, atMs, stream, atByte, text: new TextDecoder().decode(bytes) })
    }
    case 'offer':
      return toJson({ type: 'offer', atMs, machine: event.machine.id, slots: event.slots, seconds: event.seconds })
    default:
      return toJson({ atMs, ...event })
  }
}
