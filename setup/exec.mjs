import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { node24, root } from './install.mjs'

/**
 * Runs a program of the repository to its end and answers with its exit code.
 *
 * Ctrl-C reaches the program itself (same process group); this one only waits, so that an orderly end can finish.
 */
export function exec(file, args, options = {}) {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: environment(options.env) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Runs a TypeScript file with Node 24. */
export function execNode(file, args, options = {}) {
  return exec(node24, ['--disable-warning=ExperimentalWarning', file, ...args], options)
}

/** The environment with the repository's own programs first on the PATH. */
function environment(more = {}) {
  const path = [`${root}node_modules/node/bin`, `${root}node_modules/.bin`, process.env.PATH].join(delimiter)
  // Modules that were compiled once are not parsed again at the next start.
  return { NODE_COMPILE_CACHE: `${root}node_modules/.cache/hotaru/compiled`, ...process.env, PATH: path, ...more }
}
