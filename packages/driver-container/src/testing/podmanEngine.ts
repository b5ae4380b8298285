import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { retry } from '@hotaru/base/async'
import type { Engine } from '../engine/Engine.ts'
import { askEngine } from '../findEngine.ts'
import { buildImage } from '../image/buildImage.ts'
import type { TestEngine } from './testEngine.ts'

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/hotaru-container/', import.meta.url))

/**
 * Podman's service with storage and settings of its own; nothing of the machine's is changed.
 *
 * The settings are what machines without `CAP_SYS_RESOURCE`, or with both versions of cgroups, need before anything
 * starts: limits that may be set, and a runtime that takes the mixture.
 */
export async function podmanEngine(): Promise<TestEngine> {
  const unavailable = findMissing()
  if (unavailable !== undefined) return { engine: null, image: null, unavailable, stop: async () => {} }
  // Podman remembers where its storage ran before and refuses any other place.
  const run = join(tmpdir(), 'hotaru-podman')
  const socket = join(run, 'podman.sock')
  // The agent that the suite kills uses the service of its parent, however long that takes to answer.
  const isThere = existsSync(socket)
  const running = isThere ? await retry(() => askEngine(socket), { attempts: 4 }).catch(() => undefined) : undefined
  if (running) return { engine: running, image: await imageOn(running), unavailable: null, stop: async () => {} }
  await mkdir(run, { recursive: true })
  await mkdir(cache, { recursive: true })
  const settings = join(run, 'containers.conf')
  await writeFile(settings, settingsText)
  const places = ['--root', join(cache, 'podman'), '--runroot', join(run, 'run')]
  const service = spawn('podman', [...places, 'system', 'service', '-t', '0', `unix://${socket}`], {
    stdio: 'ignore',
    env: { ...process.env, CONTAINERS_CONF: settings },
  })
  const ended = once(service, 'exit')
  const engine = await retry(() => askEngine(socket), { attempts: 100, firstDelayMs: 100, longestDelayMs: 100 })
  const image = await imageOn(engine)
  const stop = async () => {
    service.kill('SIGTERM')
    await ended
    await rm(run, { recursive: true, force: true })
  }
  return { engine, image, unavailable: null, stop }
}

function imageOn(engine: Engine): Promise<string> {
  const deno = join(dirname(createRequire(import.meta.url).resolve('deno/package.json')), 'deno')
  return buildImage(engine, { directory: cache, deno })
}

function findMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'the engine of the tests needs Linux and root'
  if (!existsSync('/usr/bin/podman')) return 'podman is not installed'
  if (!existsSync('/usr/bin/mmdebstrap')) return 'mmdebstrap is not installed'
  return undefined
}

const settingsText = `
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`
