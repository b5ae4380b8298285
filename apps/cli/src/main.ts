import { runCli } from './runCli.ts'
import { createTerminal } from './Terminal.ts'
import { watchSignals } from './watchSignals.ts'

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env })
process.exitCode = await runCli(process.argv.slice(2), {
  terminal,
  environment: process.env,
  signal: watchSignals(terminal, { isAttached: process.env.HOTARU_ATTACHED === '1' }),
})
