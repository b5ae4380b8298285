import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fingerprint, Task } from '@hotaru/driver'
import { askEngine } from '../findEngine.ts'
import { judgeVersions } from '../hardening/judgeVersions.ts'
import { isFixedByDistribution, readComponents } from '../hardening/readComponents.ts'
import { readLogs } from './readLogs.ts'
import { removeTask } from './removeTask.ts'
import type { Shop } from './Shop.ts'
import { startTask } from './startTask.ts'
import { waitForTask } from './waitForTask.ts'

/** What is wrong, and what mends it. */
type Fault = { reason: string; hint: string }

/**
 * What the self-test looks at from inside: no capability, no way to new rights, system calls filtered, a root that
 * cannot be written, a directory that can. Each line that a wall should have prevented is a fault.
 */
const probe = `
set -eu
while read -r name value rest; do case "$name $value" in
  "CapEff: 0000000000000000"|"CapBnd: 0000000000000000"|"NoNewPrivs: 1"|"Seccomp: 2") echo "ok $name";;
esac; done < /proc/self/status
while read -r device where kind options rest; do
  case "$where ,$options," in "/ "*,ro,*) echo "ok root";; esac
done < /proc/mounts
: > /workload/hotaru && echo "ok directory"
`

const expected = ['CapEff:', 'CapBnd:', 'NoNewPrivs:', 'Seccomp:', 'root', 'directory']

/** What this driver can do here, found by running a small workload behind every wall. */
export async function fingerprint(shop: Shop): Promise<Fingerprint> {
  const { engine, accepted } = shop
  const fault = await findFault(shop)
  return {
    driver: 'container',
    tier: 'container',
    healthy: fault === undefined,
    reason: fault?.reason ?? null,
    hint: fault?.hint ?? null,
    version: `${engine.kind} ${engine.version}`,
    devices: fault ? [] : shop.devices.map(({ slot, kind, name, id }) => ({ slot, kind, name, id })),
    details: {
      engine: engine.kind,
      api: engine.apiVersion,
      runtime:
        engine.components.runc?.revision ?? engine.components.runc?.version ?? engine.components.crun?.version ?? '',
      testImage: shop.testImage ?? '',
      ...(accepted.length > 0 ? { acceptedRisks: accepted.join(', ') } : {}),
    },
  }
}

async function findFault(shop: Shop): Promise<Fault | undefined> {
  const { engine, accepted, testImage, without } = shop
  const answers = await askEngine(engine.socketPath).catch(() => undefined)
  if (answers === undefined)
    return { reason: `nobody answers on "${engine.socketPath}"`, hint: 'start the container engine' }
  const holes = judgeVersions(await readComponents(engine), { accepted, isFixedByDistribution })
  const [hole] = holes
  if (hole) {
    const ids = holes.map(({ id }) => id).join(', ')
    return {
      reason: `${hole.component} "${hole.version}" has known holes (${ids}: ${hole.what})`,
      hint: `bring ${hole.component} to ${hole.safe} or later, or accept ${ids} on a machine that runs only your own work`,
    }
  }
  if (without.size > 0)
    return { reason: `walls are left out: ${[...without].join(', ')}`, hint: 'leave walls out in tests only' }
  if (testImage === undefined)
    return {
      reason: 'there is no image to test with',
      hint: 'apt-get install mmdebstrap, and start again to build one',
    }
  return selfTest(shop, testImage)
}

async function selfTest(shop: Shop, image: string): Promise<Fault | undefined> {
  const id = `self-test-${randomUUID().slice(0, 8)}`
  const directory = join(shop.directory, id)
  await mkdir(directory, { recursive: true })
  const task: Task = {
    id,
    program: { driver: 'container', image, command: ['/bin/sh', '-c', probe] },
    directory,
    limits: { memoryBytes: 64 * 1024 * 1024, diskBytes: 1024 * 1024, processes: 16, cpus: 1 },
    devices: [],
    deadlineUnixMs: Date.now() + 30_000,
  }
  try {
    const handle = await startTask(shop, task)
    try {
      const exit = await waitForTask(shop, handle, undefined)
      let said = ''
      for await (const { bytes } of readLogs(shop, handle, {})) said += Buffer.from(bytes).toString('utf8')
      const missing = expected.filter((name) => !said.includes(`ok ${name}\n`))
      if (exit.code === 0 && missing.length === 0) return undefined
      const reason = `the self-test found these walls missing: ${missing.join(', ') || `it ended with "${exit.reason}"`}`
      return { reason, hint: 'see the log of the engine' }
    } finally {
      await removeTask(shop, handle)
    }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), hint: 'see the log of the engine' }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
