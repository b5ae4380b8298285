import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { createLogger } from '@hotaru/base'
import { NotRunningError, StartError } from '@hotaru/driver'
import { Bench, defineSuite, readOutput, type Suite } from '@hotaru/driver/compliance'
import { afterAll, beforeAll, expect } from 'vitest'
import { createContainerDriver } from './createContainerDriver.ts'
import { createContainer, inspectContainer, removeContainer, startContainer } from './engine/containers.ts'
import { advisories } from './hardening/advisories.ts'
import type { Wall } from './hardening/Wall.ts'
import { changeImage } from './testing/changeImage.ts'
import { probes } from './testing/probes.ts'
import { testEngine } from './testing/testEngine.ts'
import { wardenSocket } from './warden/wardenSocket.ts'

// Each probe prints OUT when it gets through. It must not with every wall up, and must when its own wall is taken away:
// a probe that cannot succeed would prove nothing. Numbers are those of the checklist of isolation.

const box = await testEngine('walls')
const mebibyte = 2 ** 20

let bench: Bench
let canary = { file: '', port: 0 }
const server = createServer((socket) => socket.end('canary'))

if (box.engine) {
  beforeAll(async () => {
    bench = await Bench.open(({ directory }) => driver(directory))
    // Not the file modes of the host but the wall must keep the workload out.
    await chmod(bench.directory, 0o755)
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    const address = server.address()
    const file = join(bench.directory, 'tasks', 'canary')
    canary = { file, port: typeof address === 'object' && address ? address.port : 0 }
    await bench.task({ program: { driver: 'container', image: '', command: ['-'] } })
    await writeFile(file, 'canary')
  }, 60_000)
  afterAll(async () => {
    server.close()
    await bench.close()
    await box.stop()
  }, 60_000)
}

function driver(directory: string, without: readonly Wall[] = []) {
  if (!box.engine) throw new Error(box.unavailable)
  const accepted = advisories.map(({ id }) => id)
  return createContainerDriver({ engine: box.engine, directory, testImage: box.image, devices: [], accepted, without })
}

type RunOptions = {
  image?: string | undefined
  without?: readonly Wall[] | undefined
  deadlineMs?: number | undefined
}

async function run(script: string, options: RunOptions = {}) {
  const image = options.image ?? box.image ?? ''
  const jail = driver(join(bench.directory, 'state'), options.without)
  const limits = { memoryBytes: 128 * mebibyte, diskBytes: 16 * mebibyte, processes: 32, cpus: 1 }
  const command = ['/bin/bash', '-c', script]
  const task = await bench.task(
    { program: { driver: 'container', image, command } },
    { limits, deadlineMs: options.deadlineMs },
  )
  const handle = await bench.start(jail, task)
  const said = await readOutput(jail, handle)
  return { said, exit: await jail.wait(handle) }
}

/** One probe with every wall up, and again without its own. */
const both =
  (wall: Wall, script: () => string, expected: { reason?: string; deadlineMs?: number } = {}) =>
  async () => {
    const { deadlineMs } = expected
    const inside = await run(script(), { deadlineMs })
    expect(inside.said).not.toContain('OUT')
    if (expected.reason !== undefined) expect(inside.exit.reason).toBe(expected.reason)
    const outside = await run(script(), { without: [wall], deadlineMs })
    expect(outside.said, `without "${wall}" the probe must get through`).toContain('OUT')
  }

const suite: Suite = {
  '1 no file of the host can be read': both('mounts', () => probes.hostFiles(canary.file)),
  '1 the image cannot be written': both('root', () => probes.writeRoot),
  '2 no capability': both('capabilities', () => probes.capabilities),
  '2 no program gains rights': both('privileges', () => probes.newPrivileges),
  '2 no system call for a namespace of its own': both('seccomp', () => probes.namespaces),
  '2 not root': both('user', () => probes.root),
  '3 a fork bomb is held': both('processes', () => probes.fork(100)),
  '3 twice its memory ends it': both('memory', () => probes.memory(256 * mebibyte), { reason: 'memory' }),
  '3 one file over the quota is refused': both('disk', () => probes.oneFile(48 * mebibyte)),
  '3 many files over the quota end it': both('disk', () => probes.manyFiles(48), { reason: 'disk' }),
  '4 nothing of the network can be reached': both('network', () => probes.network(canary.port)),
  '18 the end is hard': both('deadline', () => probes.stay(4), { reason: 'deadline', deadlineMs: 2_500 }),
  '8 an image that sets LD_PRELOAD is refused': async () => {
    const image = await changeImage(box, 'ENV LD_PRELOAD=/evil.so')
    await expect(run(probes.preload, { image })).rejects.toThrow('its image sets "LD_PRELOAD"')
    expect((await run(probes.preload, { image, without: ['environment'] })).said).toContain('OUT')
  },
  '8 an image that asks for every GPU gets none': async () => {
    const image = await changeImage(box, 'ENV NVIDIA_VISIBLE_DEVICES=all')
    expect((await run('echo "$NVIDIA_VISIBLE_DEVICES"', { image })).said).toBe('void\n')
    expect((await run('echo "$NVIDIA_VISIBLE_DEVICES"', { image, without: ['environment'] })).said).toBe('all\n')
  },
  '8 a volume of the image is no way around the quota': async () => {
    const image = await changeImage(box, 'VOLUME /data')
    expect((await run(probes.volume, { image })).said).not.toContain('OUT')
    expect((await run(probes.volume, { image, without: ['volumes'] })).said).toContain('OUT')
  },
  '8 entry point and user of the image do not count': async () => {
    const image = await changeImage(box, 'ENTRYPOINT ["/bin/echo", "OUT"]', 'USER 0')
    expect((await run('id -u', { image })).said).toBe('65534\n')
  },
  '17 an image by its tag is refused': async () => {
    const image = 'hotaru/base:local'
    await expect(run('echo OUT', { image })).rejects.toThrow(StartError)
    expect((await run('echo OUT', { image, without: ['pinned'] })).said).toContain('OUT')
  },
  '7 a runtime below the table is not offered': async () => {
    if (!box.engine) throw new Error(box.unavailable)
    const old = { ...box.engine, components: { runc: { version: '1.1.11', revision: undefined } } }
    const directory = join(bench.directory, 'old')
    const options = { directory, testImage: box.image, devices: [] }
    const found = await createContainerDriver({ ...options, engine: old }).fingerprint()
    expect(found).toMatchObject({ healthy: false, reason: expect.stringContaining('CVE-2025-31133') })
    const fixed = { ...box.engine, components: { runc: { version: '1.4.0', revision: undefined } } }
    expect(await createContainerDriver({ ...options, engine: fixed }).fingerprint()).toMatchObject({ healthy: true })
  },
  '15 a container that is not a workload of this driver is left alone': async () => {
    if (!box.engine) throw new Error(box.unavailable)
    const body = { Image: box.image, Cmd: ['sleep', '60'], HostConfig: { NetworkMode: 'none' } }
    const id = await createContainer(box.engine, `foreign-${process.pid}`, body)
    try {
      await startContainer(box.engine, id)
      const jail = driver(join(bench.directory, 'state'))
      const forged = { driver: 'container', taskId: 'forged', state: { containerId: id } }
      await jail.stop(forged, { graceMs: 0 })
      await jail.remove(forged)
      await expect(jail.exec(forged, ['id'])).rejects.toThrow(NotRunningError)
      expect(await jail.recover(forged)).toEqual({ code: null, reason: 'lost' })
      expect((await inspectContainer(box.engine, id))?.State.Running).toBe(true)
    } finally {
      await removeContainer(box.engine, id)
    }
  },
  '15 the warden obeys no other order, and none for what is not recorded': async () => {
    const jail = driver(join(bench.directory, 'state'))
    const command = ['/bin/sleep', '60']
    const task = await bench.task({ program: { driver: 'container', image: box.image ?? '', command } })
    const handle = await bench.start(jail, task)
    const path = wardenSocket(join(bench.directory, 'state'))
    expect((await stat(path)).mode & 0o022, 'only its owner may write to the socket').toBe(0)
    expect(await say(path, `kill ${task.id}\n`)).toBe('unknown order\n')
    expect(await say(path, 'watch ../../etc\n')).toBe('unknown order\n')
    expect(await say(path, `${'x'.repeat(100_000)}\n`)).toBe('unknown order\n')
    expect(await jail.recover(handle)).toBe('running')
  },
  '16 no secret of the agent or the workload reaches logs, records or the warden': async () => {
    const secret = `canary-${process.pid}-${Date.now()}`
    process.env.HOTARU_TEST_SECRET = secret
    const lines: string[] = []
    const directory = join(bench.directory, 'secret')
    const logger = createLogger((record) => lines.push(JSON.stringify(record)))
    const accepted = advisories.map(({ id }) => id)
    if (!box.engine) throw new Error(box.unavailable)
    const jail = createContainerDriver({ engine: box.engine, directory, devices: [], accepted, logger })
    const program = {
      driver: 'container',
      image: box.image ?? '',
      command: ['/bin/bash', '-c', `env; echo ${secret} | wc -c; sleep 60`],
    } as const
    const handle = await bench.start(jail, await bench.task({ program }))
    try {
      for await (const { bytes } of jail.logs(handle, { follow: true })) {
        const said = Buffer.from(bytes).toString()
        expect(said).not.toContain(secret)
        if (/^\d+$/m.test(said)) break
      }
      const warden = (await findProcesses(directory)).map((pid) => readFile(`/proc/${pid}/environ`, 'utf8'))
      expect(warden).not.toEqual([])
      const records = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      )
      const kept = records.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'))
      for (const text of [...lines, ...(await Promise.all([...warden, ...kept]))]) expect(text).not.toContain(secret)
    } finally {
      delete process.env.HOTARU_TEST_SECRET
      await jail.remove(handle)
    }
  },
  'a driver that lacks a wall is not healthy': async () => {
    const found = await driver(join(bench.directory, 'state'), ['seccomp']).fingerprint()
    expect(found).toMatchObject({ healthy: false, reason: 'walls are left out: seccomp', devices: [] })
  },
}

/** Sends one order to the warden and hears its answer. */
async function say(path: string, order: string): Promise<string> {
  const socket = connect(path)
  let heard = ''
  socket.end(order)
  for await (const bytes of socket) heard += bytes
  return heard
}

async function findProcesses(marker: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return ids.filter((_, index) => lines[index]?.includes(marker))
}

defineSuite('walls of the container', suite, { unavailable: box.unavailable, timeoutMs: 40_000 })
