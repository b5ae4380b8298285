import { createLogger, formatError, formatLogRecord } from '@hotaru/base'
import { createDevchain } from '@hotaru/devchain'

/**
 * The embedded chain as a process of its own: `node chainMain.ts DIRECTORY CHAIN_ID`.
 *
 * Says `{"ready":true,"rpcUrl":…}` on standard output, logs JSON to standard error, and ends when its standard input
 * closes or on SIGTERM.
 */
async function main(directory: string, chainId: number): Promise<void> {
  const log = createLogger((record) => process.stderr.write(`${formatLogRecord(record, Date.now())}\n`))
  const devchain = await createDevchain({ directory, chainId, log, onFailure: () => process.exit(1) })
  const end = () => {
    void devchain.stop().finally(() => process.exit(0))
  }
  process.stdin.on('end', end).resume()
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.stdout.write(`${JSON.stringify({ ready: true, rpcUrl: devchain.rpcUrl })}\n`)
}

main(process.argv[2] ?? '', Number(process.argv[3])).catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`)
  process.exit(1)
})
