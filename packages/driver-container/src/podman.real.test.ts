import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Bench, defineSuite, readOutput, runDriverCompliance, type Suite } from '@hotaru/driver/compliance'
import { afterAll, beforeAll, expect } from 'vitest'
import { createContainerDriver } from './createContainerDriver.ts'
import type { ContainerDevice } from './device/findDevices.ts'
import { verifyDevices } from './device/verifyDevices.ts'
import { createContainer, inspectContainer, removeContainer, startContainer } from './engine/containers.ts'
import type { Wall } from './hardening/Wall.ts'
import { createDriver, shared } from './testing/createPodmanDriver.ts'
import { probes } from './testing/probes.ts'
import { programs } from './testing/programs.ts'
import { fakeNode } from './testing/testEngine.ts'

/** Where Podman looks for device descriptions; it cannot be told another place. */
const cdiFile = '/var/run/cdi/hotaru-test.json'

const card: ContainerDevice = {
  ...{ slot: 0, kind: 'gpu', name: 'Fake GPU', id: 'GPU-cdi', nodes: [fakeNode] },
  grant: { by: 'nvidia', uuid: 'GPU-cdi' },
}

let bench: Bench

function jail(without: readonly Wall[] = []) {
  if (!shared.engine) throw new Error(shared.unavailable)
  return createContainerDriver({
    engine: shared.engine,
    directory: join(bench.directory, 'state'),
    devices: [card],
    without,
  })
}

async function start(command: string[], options: { without?: readonly Wall[]; devices?: ContainerDevice[] } = {}) {
  const driver = jail(options.without)
  const program = { driver: 'container', image: shared.image ?? '', command } as const
  return { driver, handle: await bench.start(driver, await bench.task({ program }, { devices: options.devices })) }
}

const traps: Suite = {
  'a GPU comes by its CDI name': async () => {
    const { driver, handle } = await start(['/bin/sleep', '60'], { devices: [card] })
    expect(await driver.verifyDevices(handle)).toEqual({ ok: true, found: [fakeNode] })
  },
  'a device request of Docker’s is dropped without a word, and seen to be missing': async () => {
    if (!shared.engine) throw new Error(shared.unavailable)
    const DeviceRequests = [{ Driver: 'nvidia', DeviceIDs: ['GPU-cdi'], Capabilities: [['gpu']] }]
    const Ulimits = [
      { Name: 'nofile', Soft: 1024, Hard: 1024 },
      { Name: 'nproc', Soft: 1024, Hard: 1024 },
    ]
    const HostConfig = { DeviceRequests, NetworkMode: 'none', Ulimits }
    const body = { Image: shared.image, Cmd: ['/bin/sleep', '60'], HostConfig }
    const id = await createContainer(shared.engine, `trap-${process.pid}`, body)
    try {
      await startContainer(shared.engine, id)
      const pid = (await inspectContainer(shared.engine, id))?.State.Pid ?? 0
      expect(await verifyDevices(shared.engine, { id, pid }, [fakeNode])).toMatchObject({ ok: false })
    } finally {
      await removeContainer(shared.engine, id)
    }
  },
  'our filter refuses the namespaces that Podman’s own lets through': async () => {
    const command = ['/bin/bash', '-c', probes.namespaces]
    const inside = await start(command)
    expect(await readOutput(inside.driver, inside.handle)).not.toContain('OUT')
    const outside = await start(command, { without: ['seccomp'] })
    expect(await readOutput(outside.driver, outside.handle)).toContain('OUT')
  },
}

afterAll(() => shared.stop(), 60_000)

if (shared.engine) {
  beforeAll(async () => {
    bench = await Bench.open(() => jail())
    const containerEdits = { deviceNodes: [{ path: fakeNode, type: 'c', major: 1, minor: 3, permissions: 'rw' }] }
    const devices = [{ name: 'GPU-cdi', containerEdits }]
    await mkdir('/var/run/cdi', { recursive: true })
    await writeFile(cdiFile, JSON.stringify({ cdiVersion: '0.5.0', kind: 'nvidia.com/gpu', devices }))
  })
  afterAll(async () => {
    await bench.close()
    await rm(cdiFile, { force: true })
  }, 60_000)
}

// Podman is an addition, not a need: where it is not installed the suites say so, and CI does not fail for it.
if (shared.engine !== null || process.env.CI !== 'true') {
  defineSuite('traps of podman', traps, { unavailable: shared.unavailable })
  runDriverCompliance({
    name: 'container on podman',
    createDriver,
    module: new URL('./testing/createPodmanDriver.ts', import.meta.url),
    programs: programs(shared.image ?? ''),
    unavailable: shared.unavailable,
    skip: [
      {
        reason: 'Podman empties its log when it is full, so the first bytes of a flood are not kept',
        tests: ['keeps a flood of output within its bound, and lets the program end'],
      },
    ],
  })
}
