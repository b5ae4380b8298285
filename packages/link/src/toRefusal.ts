import { BaseError } from '@hotaru/base'
import type { Refusal } from '@hotaru/protocol'

/**
 * What an error says to the peer.
 *
 * Our own errors keep their name, sentence, facts and hint. Anything else is a fault of ours, and its text may hold
 * secrets: the peer hears only that it happened, the log hears the rest.
 */
export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof BaseError)) return internal
  const facts = Object.entries(error.facts).filter(([, value]) => value !== undefined)
  return {
    name: error.name.slice(0, 128),
    message: error.message.slice(0, 4096),
    ...(facts.length > 0 && { facts: Object.fromEntries(facts.map(([key, value]) => [key, plain(value)])) }),
    ...(error.hint !== undefined && { hint: error.hint.slice(0, 1024) }),
    exitCode: error.exitCode,
  }
}

const internal: Refusal = {
  name: 'Link.InternalError',
  message: 'Cannot answer the request: an internal error on the machine, expected it to handle the request',
  hint: 'try another machine; its owner finds the cause in the log of the agent',
  exitCode: 1,
}

function plain(value: BaseError['facts'][string]): string | number | boolean | null {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return value ?? null
}
