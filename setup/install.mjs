// Runs before anything is installed, on Node 20 or newer: plain JavaScript, no dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The Node that runs TypeScript as it is; it comes from the package registry with everything else. */
export const node24 = `${root}node_modules/node/bin/node`

/**
 * Installs the packages of the lock file unless exactly those are there already.
 *
 * Everything it prints goes to stderr: stdout belongs to the job.
 */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20)
    fail(`Cannot install: this is Node ${process.versions.node}, expected 20 or newer`, 'install Node 20 or newer')
  const stamp = `${root}node_modules/.hotaru-installed`
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex')
  if (existsSync(stamp) && existsSync(node24) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('installing packages (once, about a minute) …\n')
  const startMs = Date.now()
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional packages, which some registries lack too.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0)
    fail('Cannot install the packages: npm did not succeed', 'read its message above; `npm install` tries again')
  // A cache of the command line's modules in one file; without it everything works, half a second slower.
  spawnSync(node24, ['--disable-warning=ExperimentalWarning', 'apps/cli/src/bundle/main.ts'], {
    cwd: root,
    stdio: 'ignore',
  })
  writeFileSync(stamp, wanted)
  process.stderr.write(`installed packages in ${Math.round((Date.now() - startMs) / 1000)} s\n`)
}

/** Prints why and what next, and ends the process. */
export function fail(message, hint) {
  process.stderr.write(`error: ${message}\n\nhint: ${hint}\n`)
  process.exit(1)
}
