import { BaseError, createLogger, exitCodes, formatError, formatLogRecord } from '@hotaru/base'
import { Shutdown } from '@hotaru/base/async'
import { assertNetwork, createLedger, enrollVerifier } from '@hotaru/chain'
import { privateKeyToAccount } from 'viem/accounts'
import { readConfig } from './config.ts'
import { keepPrice } from './keepPrice.ts'
import { verify } from './verify.ts'

/**
 * A verifier as a process: `node main.ts CONFIG`. Says `{"ready":true}` on standard output once it is enrolled, logs JSON
 * to standard error, and ends when its standard input closes or on SIGTERM.
 */
async function main(configPath: string): Promise<void> {
  const log = createLogger((record) => process.stderr.write(`${formatLogRecord(record, Date.now())}\n`))
  const shutdown = new Shutdown({ log })
  const end = () => void shutdown.end().then(() => process.exit(exitCodes.ok))
  process.stdin.on('end', end).resume()
  process.on('SIGTERM', end)
  process.on('SIGINT', end)

  const { deployment, privateKey, reportUsdPerToken } = await readConfig(configPath)
  const ledger = createLedger({ deployment, account: privateKeyToAccount(privateKey) })
  await assertNetwork(ledger)
  await enrollVerifier(ledger)
  const work = [verify(ledger, { signal: shutdown.signal, log })]
  if (reportUsdPerToken !== undefined) work.push(keepPrice(ledger, reportUsdPerToken, { signal: shutdown.signal, log }))
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
  await Promise.all(work)
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`)
  process.exit(error instanceof BaseError ? error.exitCode : exitCodes.failed)
})
