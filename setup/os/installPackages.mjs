import { spawn } from 'node:child_process'

/** Names of what failed are in the last lines; more than this is noise. */
const keptBytes = 2_000

/**
 * Installs Debian packages, quietly: one line when it begins, one for each package that is unpacked.
 *
 * @param {string[]} packages
 * @param {(line: string) => void} print
 */
export async function installPackages(packages, print) {
  print(`Installing ${packages.join(', ')} with apt-get`)
  await aptGet(['update', '-qq'], print)
  // Recommended packages bring desktops and mail servers along.
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages], print)
}

/** @param {string[]} args @param {(line: string) => void} print @returns {Promise<void>} */
function aptGet(args, print) {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    })
    let said = ''
    let line = ''
    /** @param {Buffer} bytes */
    const hear = (bytes) => {
      said = (said + bytes).slice(-keptBytes)
      const lines = (line + bytes).split('\n')
      line = lines.pop() ?? ''
      for (const one of lines) {
        const name = /^Setting up (\S+) \(/.exec(one)?.[1]
        if (name !== undefined) print(`  ${name}`)
      }
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      reject(new AptError(args[0] ?? '', code, said.trim().split('\n').slice(-3).join('; ')))
    })
  })
}

class AptError extends Error {
  /** @param {string} verb @param {number | null} code @param {string} said */
  constructor(verb, code, said) {
    super(`Cannot ${verb} packages: apt-get ended with "${code}" (${said}), expected "0"`)
    this.name = 'Os.AptError'
  }
}
