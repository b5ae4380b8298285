import { chmod, lstat, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Wall } from '../Wall.ts'
import type { Bench } from './Bench.ts'
import type { Suite } from './defineSuite.ts'
import { hostPaths } from './hostPaths.ts'
import type { LittleProgram } from './Programs.ts'
import { readOutput } from './readOutput.ts'
import type { Probe, SandboxSetting } from './runSandboxSuite.ts'

/** One try of a probe with some walls left out: what it got at. */
type Try = (without: readonly Wall[]) => Promise<readonly string[]>

/** Probes that try to get out: held by all walls, by each of its walls alone, and through when they are all gone. */
export function escapeSuite(setting: SandboxSetting): Suite {
  const { bench, programs, layers } = setting
  const tries: Record<Probe, Try> = {
    files: async (without) => {
      const secrets = await writeSecrets(bench())
      return attempt(bench(), programs.readPaths([...hostPaths, ...secrets]), without)
    },
    links: async (without) => tryLinks(setting, without),
    privileges: (without) => attempt(bench(), programs.seePrivileges(), without),
    syscalls: (without) => attempt(bench(), programs.callKernel(), without),
    network: async (without) => {
      const server = await listen()
      try {
        return await attempt(bench(), programs.connect(addressesOf(server)), without)
      } finally {
        server.close()
      }
    },
    names: (without) => attempt(bench(), programs.resolveNames(['localhost', 'hotaru-host.localhost']), without),
    environment: (without) => tryEnvironment(setting, without),
  }
  return Object.fromEntries(
    (Object.keys(tries) as Probe[]).flatMap((probe) => {
      const { walls, blindfolds = [] } = layers[probe]
      const others = (wall: Wall) => walls.filter((other) => other !== wall)
      const held = async (without: readonly Wall[]) =>
        expect(await tries[probe]([...blindfolds, ...without])).toEqual([])
      return [
        [`${probe}: held by all walls together`, () => held([])],
        ...walls.map((wall) => [`${probe}: held by "${wall}" alone`, () => held(others(wall))]),
        [
          `${probe}: through when ${walls.map((wall) => `"${wall}"`).join(' and ')} is gone`,
          async () => expect(await tries[probe]([...blindfolds, ...walls])).not.toEqual([]),
        ],
      ]
    }),
  )
}

/** Runs a probe to its end and gives what it got at. A probe that did not finish proves nothing, so it fails. */
async function attempt(bench: Bench, probe: LittleProgram, without: readonly Wall[]): Promise<string[]> {
  const driver = bench.driver({ without })
  const handle = await bench.start(driver, await bench.task(probe))
  const lines = (await readOutput(driver, handle)).trim().split('\n')
  expect(lines.at(-1), await readOutput(driver, handle, { stream: 'stderr' })).toBe('done')
  return lines.filter((line) => line.startsWith('through ')).map((line) => line.slice('through '.length))
}

/** Files that lie about in the open on the host: the agent's key, and another task's result. */
async function writeSecrets(bench: Bench): Promise<string[]> {
  const other = join(bench.directory, 'tasks', 'of-somebody-else')
  await mkdir(other, { recursive: true })
  const paths = [join(bench.directory, 'machine.key'), join(other, 'result.txt')]
  for (const path of paths) await writeFile(path, 'secret')
  // In the open, so that it is the wall that holds and not the file's mode.
  await chmod(bench.directory, 0o755)
  return paths
}

/** A directory that a renter filled with links out of it: to a file to read, and to a directory to write into. */
async function tryLinks({ bench, programs }: SandboxSetting, without: readonly Wall[]): Promise<string[]> {
  const [key = ''] = await writeSecrets(bench())
  const task = await bench().task(programs.followLinks(['link'], ['linked/planted']))
  const outside = join(bench().directory, `outside-${task.id}`)
  await mkdir(outside)
  await chmod(outside, 0o777)
  await symlink(key, join(task.directory, 'link'))
  await symlink(outside, join(task.directory, 'linked'))
  const before = await stat(key)
  const driver = bench().driver({ without })
  const handle = await bench().start(driver, task)
  const lines = (await readOutput(driver, handle)).trim().split('\n')
  expect(lines.at(-1)).toBe('done')
  // To hand a directory to its workload is not to hand it what links in there point to.
  expect((await stat(key)).uid).toBe(before.uid)
  expect((await lstat(join(task.directory, 'link'))).isSymbolicLink()).toBe(true)
  const planted = (await readdir(outside)).map((name) => join(outside, name))
  return [...lines.filter((line) => line.startsWith('through ')), ...planted]
}

/** The agent's own environment has a secret and an order to the loader. */
async function tryEnvironment({ bench, programs }: SandboxSetting, without: readonly Wall[]): Promise<string[]> {
  // Left set: other probes run at the same time, and must not see it either.
  process.env.HOTARU_TEST_SECRET = 'secret'
  process.env.LD_PRELOAD = '/nowhere/hostile.so'
  return attempt(bench(), programs.seeEnvironment(['HOTARU_TEST_SECRET', 'LD_PRELOAD']), without)
}

/** A neighbour on every address of the host. */
async function listen(): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  return server
}

function addressesOf(server: Server): { host: string; port: number }[] {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const hosts = own.filter(({ family }) => family === 'IPv4').map((each) => each.address)
  const metadata = { host: '169.254.169.254', port: 80 }
  return [...[...new Set(['127.0.0.1', ...hosts])].map((host) => ({ host, port })), metadata]
}
