import { BaseError, exitCodes, formatError } from '@hotaru/base'
import { Steps } from '../Steps.ts'
import { forge } from './forge.ts'
import { govern } from './govern.ts'
import { mine } from './mine.ts'
import { openStage } from './Stage.ts'

/**
 * Shows the ledger at work on the running local network: a machine that mines several tokens at once, a forger that is
 * convicted, and a vote. Everything is done through the contracts; nothing is staged but the cheat.
 */
async function main(signal: AbortSignal): Promise<void> {
  const steps = new Steps({ out: process.stderr, quiet: false })
  const stage = await openStage({ steps, signal, hotaruHome: process.env.HOTARU_HOME })
  try {
    const summary: string[] = []
    for (const [title, play] of parts) {
      steps.say(`\n${title}\n`)
      summary.push(await play(stage))
    }
    steps.say('')
    process.stdout.write(`\n${summary.map((line) => `✓ ${line}\n`).join('')}`)
  } finally {
    await stage.leave()
  }
}

const parts = [
  ['1. One machine mines two programmes and the network at once', mine],
  ['2. A forged transcript costs a machine half its stake', forge],
  ['3. Token holders change the burn table', govern],
] as const

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
try {
  await main(interrupted.signal)
} catch (error) {
  if (!interrupted.signal.aborted) process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = interrupted.signal.aborted
    ? exitCodes.interrupted
    : error instanceof BaseError
      ? error.exitCode
      : exitCodes.failed
}
