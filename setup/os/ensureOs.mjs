import { installPackages } from './installPackages.mjs'
import { isDebian, thisSystem, wants } from './wants.mjs'

/**
 * Sees to it that the operating system has what Hotaru wants, and says what is missing where it cannot.
 *
 * Runs on Node 20 and before anything is installed, so it imports nothing but Node. Takes a few milliseconds when
 * everything is there. Installs only on Debian and its children, as root, and not when `HOTARU_NO_INSTALL` is set.
 *
 * @param {object} [options]
 * @param {string[]} [options.want]       Names of the table. Default: all of them.
 * @param {boolean} [options.install]     Whether to install; false only looks. Default: true.
 * @param {(line: string) => void} [options.print]   Takes each line for a person. Default: stderr.
 * @param {import('./wants.mjs').System} [options.system]   Default: this machine.
 * @param {(packages: string[], print: (line: string) => void) => Promise<void>} [options.installer]
 * @param {string} [options.mayNot]  Why nothing may be installed; empty when it may. Default: found out here.
 * @returns {Promise<{ there: string[], missing: { name: string, without: string }[], command: string | undefined }>}
 *   What is there, what is not with what will not run, and the command that mends it.
 */
export async function ensureOs(options = {}) {
  const { want, install = true, print = toStderr, system = thisSystem(), installer = installPackages } = options
  const wanted = choose(want)
  const lacking = () => wanted.filter((one) => !one.isThere(system))
  if (install && lacking().length > 0) {
    const mayNot = options.mayNot ?? reasonNotToInstall()
    if (mayNot === '') await tryToInstall(lacking(), installer, print)
    else print(`Not installed: ${mayNot}`)
  }
  const missing = lacking()
  for (const one of missing) print(`Missing ${one.name}, wanted ${one.why}\n  without it: ${one.without}`)
  const command = missing.length === 0 ? undefined : commandFor(missing)
  if (command !== undefined) print(`hint: ${command}`)
  return {
    there: wanted.filter((one) => !missing.includes(one)).map((one) => one.name),
    missing: missing.map(({ name, without }) => ({ name, without })),
    command,
  }
}

/** @param {string[] | undefined} names */
function choose(names) {
  if (names === undefined) return wants
  return names.map((name) => {
    const found = wants.find((one) => one.name === name)
    if (found === undefined) {
      const known = wants.map((one) => one.name).join('", "')
      throw new TypeError(`Cannot look for "${name}": it is not in the table, expected one of "${known}"`)
    }
    return found
  })
}

/**
 * @param {import('./wants.mjs').Want[]} lacking
 * @param {(packages: string[], print: (line: string) => void) => Promise<void>} installer
 * @param {(line: string) => void} print
 */
async function tryToInstall(lacking, installer, print) {
  try {
    await installer(packagesOf(lacking), print)
  } catch (error) {
    // A mirror that is down must not stop what runs without these: what stays missing is listed by the caller.
    print(`Not installed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function reasonNotToInstall() {
  if (process.env.HOTARU_NO_INSTALL) return 'HOTARU_NO_INSTALL is set'
  if (process.platform !== 'linux') return `this is ${process.platform}, and packages are known for Debian only`
  if (!isDebian()) return 'this is not Debian or one of its children'
  if (process.getuid?.() !== 0) return 'you are not root'
  return ''
}

/** @param {import('./wants.mjs').Want[]} missing */
function commandFor(missing) {
  return `sudo apt-get update && sudo apt-get install --no-install-recommends ${packagesOf(missing).join(' ')}`
}

/** @param {import('./wants.mjs').Want[]} list */
function packagesOf(list) {
  return list.flatMap((one) => one.packages)
}

/** @param {string} line */
function toStderr(line) {
  process.stderr.write(`${line}\n`)
}
