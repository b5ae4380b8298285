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
  warmUp()
  writeFileSync(stamp, wanted)
  process.stderr.write(`installed packages in ${Math.round((Date.now() - startMs) / 1000)} s\n`)
}

/**
 * Fills two caches: the command line's modules in one file, and the agent's modules compiled. Without them everything
 * works, half a second slower, and the agent's first life holds 60 MB more.
 */
function warmUp() {
  const env = { ...process.env, NODE_COMPILE_CACHE: `${root}node_modules/.cache/hotaru/compiled` }
  const run = (...args) => spawnSync(node24, args, { cwd: root, stdio: 'ignore', env })
  run('apps/cli/src/bundle/main.ts')
  run('apps/agent/src/main.ts', '--help')
  run('apps/agent/src/warmUp.ts')
}

/** Prints why and what next, and ends the process. */
export function fail(message, hint) {
  process.stderr.write(`error: ${message}\n\nhint: ${hint}\n`)
  process.exit(1)
}
