import { formatError } from '@hotaru/base'
import { buildBundle } from './buildBundle.ts'

// `node apps/cli/src/bundle/main.ts`: what the set-up calls after an install.
try {
  process.stdout.write(`${await buildBundle()}\n`)
} catch (error) {
  process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = 1
}
