import { BaseError } from '@hotaru/base'
import type { Refusal } from '@hotaru/protocol'

/**
 * The other end's refusal, with its name, facts and hint, as an error here.
 *
 * The words are a stranger's: control characters are taken out, so that they cannot play with a terminal.
 */
export class RemoteError extends BaseError {
  override readonly name: string

  constructor(refusal: Refusal) {
    const facts = Object.entries(refusal.facts ?? {}).map(([key, value]) => [printable(key), printable(value)])
    super(printable(refusal.message), {
      facts: Object.fromEntries(facts),
      hint: refusal.hint === undefined ? undefined : printable(refusal.hint),
      exitCode: refusal.exitCode,
    })
    this.name = printable(refusal.name)
  }
}

function printable<T extends string | number | boolean | null>(value: T): T | string {
  return typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ') : value
}
