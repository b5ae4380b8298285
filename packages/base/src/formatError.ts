import { BaseError } from './BaseError.ts'

/**
 * Prints an error for a person: the sentence, aligned facts, the causes' sentences, and the hint on a line of its own.
 *
 * @returns Lines without a trailing newline.
 */
export function formatError(error: unknown): string {
  const lines = [`error: ${messageOf(error)}`]
  if (error instanceof BaseError) {
    const facts = Object.entries(error.facts).filter(([, value]) => value !== undefined)
    const width = Math.max(0, ...facts.map(([key]) => key.length))
    for (const [key, value] of facts) lines.push(`  ${key.padEnd(width)}  ${String(value)}`)
  }
  for (const cause of causesOf(error)) lines.push(`  because: ${messageOf(cause)}`)
  if (error instanceof BaseError && error.hint) lines.push('', `hint: ${error.hint}`)
  return lines.join('\n')
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return (error.message || error.name).split('\n')[0] ?? error.name
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  let next = error instanceof Error ? error.cause : undefined
  while (next !== undefined && next !== null && causes.length < 5) {
    causes.push(next)
    next = next instanceof Error ? next.cause : undefined
  }
  return causes
}
