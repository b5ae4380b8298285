import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * One thing Hotaru wants of the operating system and cannot take from the package registry.
 *
 * @typedef {object} Want
 * @property {string} name        What `ensureOs` calls it.
 * @property {string} why         Completes "wanted …".
 * @property {string} without     What does not run and is not tested while it is missing.
 * @property {string[]} packages  Debian's names.
 * @property {(system: System) => boolean} isThere  Looks, starts nothing, takes about a millisecond.
 *
 * @typedef {object} System       What a want may look at; a test hands in another one.
 * @property {string} path        The PATH.
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => string[]} list  Names in a folder; none when it is not there.
 */

/** Everything Hotaru wants, in the order it is installed. @type {Want[]} */
export const wants = [
  {
    name: 'bubblewrap',
    why: 'to put a second wall around programs of the Deno driver',
    without: 'programs run behind Deno’s permissions alone; the sandbox tests of the outer wall are not run',
    packages: ['bubblewrap'],
    isThere: (system) => hasProgram(system, 'bwrap'),
  },
  {
    name: 'vulkan',
    why: 'to give WebGPU a device where there is no GPU (Mesa’s software Vulkan)',
    without: 'programs that ask for a GPU fail on a machine without one; the WebGPU tests are not run',
    packages: ['mesa-vulkan-drivers'],
    isThere: (system) => vulkanFolders.some((folder) => system.list(folder).some((file) => file.endsWith('.json'))),
  },
  {
    name: 'vulkaninfo',
    why: 'to read the features of any vendor’s GPU',
    without: 'GPUs that are not NVIDIA’s are known by their PCI names only',
    packages: ['vulkan-tools'],
    isThere: (system) => hasProgram(system, 'vulkaninfo'),
  },
  {
    name: 'engine',
    why: 'to run containers',
    without: 'container workloads are not offered; the suites of the container driver are not run',
    packages: ['docker.io', 'iptables'],
    isThere: (system) =>
      hasProgram(system, 'dockerd') || hasProgram(system, 'podman') || system.exists('/var/run/docker.sock'),
  },
  {
    name: 'mmdebstrap',
    why: 'to build a small image from Debian’s packages, without an image registry',
    without: 'the local network has no image to run in a container; the container tests that start one are not run',
    packages: ['mmdebstrap'],
    isThere: (system) => hasProgram(system, 'mmdebstrap'),
  },
  {
    name: 'podman',
    why: 'to test the container driver on the second engine',
    without: 'the suites of the container driver are not run on Podman',
    packages: ['podman'],
    isThere: (system) => hasProgram(system, 'podman'),
  },
]

/** What `npm start` can use; the rest is for `npm test`. */
export const wantedToStart = wants.map(({ name }) => name).filter((name) => name !== 'podman')

/** The machine this process runs on. @type {() => System} */
export const thisSystem = () => ({
  path: process.env.PATH ?? '',
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
})

/** Whether apt-get rules here: Debian, Ubuntu and what descends from them. */
export function isDebian(release = readRelease()) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)
}

const vulkanFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d']

/** Places where daemons live that are not on every user's PATH. */
const systemFolders = ['/usr/sbin', '/sbin', '/usr/local/sbin']

/** @param {System} system @param {string} name */
function hasProgram(system, name) {
  const folders = [...system.path.split(delimiter).filter(Boolean), ...systemFolders]
  return folders.some((folder) => system.exists(join(folder, name)))
}

function readRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
}
