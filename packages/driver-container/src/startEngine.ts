import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BaseError, type Logger, silentLogger } from '@hotaru/base'
import { DeadlineError, retry, sleep } from '@hotaru/base/async'
import { listContainers, removeContainer } from './engine/containers.ts'
import type { Engine } from './engine/Engine.ts'
import { askEngine } from './findEngine.ts'

/** An engine this process started, or took over from an earlier one of its kind. */
export type StartedEngine = {
  engine: Engine
  /** Ends the daemon and every container on it; safe to repeat. */
  stop(): Promise<void>
}

/** The longest path that containerd takes for a socket; Linux itself would take three bytes more. */
const longestSocketBytes = 104

/** The deepest of the sockets that the daemon's containerd makes. */
const deepestSocket = 'exec/containerd/containerd-debug.sock'

/**
 * Starts `dockerd` by hand, for machines where Docker is installed and nothing runs it (no systemd, CI).
 *
 * Everything it keeps is under `directory`. It has no bridge and touches neither iptables nor `ip_forward`: workloads
 * have no network, and a daemon that changes the host's network would have to be cleaned up after. It outlives this
 * process, with the workloads on it; a later call with the same directory takes it over.
 */
export async function startEngine(options: startEngine.Options): Promise<StartedEngine> {
  const { directory, logger = silentLogger, path = process.env.PATH ?? '', timeoutMs = 30_000 } = options
  const place = placeOf(directory)
  const stop = () => stopDaemon(place, logger)
  const running = await askEngine(place.socket).catch(() => undefined)
  if (running) return { engine: running, stop }
  await rm(place.pidFile, { force: true })
  await mkdir(place.data, { recursive: true, mode: 0o700 })
  await mkdir(place.run, { recursive: true, mode: 0o700 })
  const log = await open(place.log, 'a')
  const daemon = spawn('dockerd', argumentsFor(place), {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    // Daemons live in sbin, which is not on every PATH.
    env: { ...process.env, PATH: `${path}:/usr/sbin:/sbin` },
  })
  const over = new AbortController()
  daemon.on('error', (cause) => over.abort(cause)).on('exit', (code) => over.abort(code))
  daemon.unref()
  await log.close()
  try {
    const attempts = Math.ceil(timeoutMs / 100)
    const ask = () => askEngine(place.socket)
    const engine = await retry(ask, { attempts, firstDelayMs: 100, longestDelayMs: 100, signal: over.signal })
    logger.info('engine started', { socketPath: place.socket, version: engine.version })
    return { engine, stop }
  } catch (cause) {
    await stop()
    throw new EngineStartError({ said: await lastWords(place.log), cause: over.signal.reason ?? cause })
  }
}

export declare namespace startEngine {
  type Options = {
    /** Where the daemon keeps images, containers and its log; grows with the images. */
    directory: string
    logger?: Logger | undefined
    /** PATH of the daemon; tests put a fake GPU hook on it. @default this process's */
    path?: string | undefined
    /** @default 30_000 */
    timeoutMs?: number | undefined
  }
}

type Place = { data: string; run: string; socket: string; pidFile: string; log: string; cgroup: string }

function placeOf(directory: string): Place {
  // A directory that is too deep for sockets keeps its data, and what runs moves to a short one.
  const inside = join(directory, 'run')
  const tooLong = Buffer.byteLength(join(inside, deepestSocket)) > longestSocketBytes
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  const run = tooLong ? join(tmpdir(), `hotaru-${hash}`) : inside
  return {
    data: join(directory, 'data'),
    run,
    socket: join(run, 'docker.sock'),
    pidFile: join(run, 'docker.pid'),
    log: join(directory, 'dockerd.log'),
    cgroup: `/hotaru-${hash}`,
  }
}

function argumentsFor(place: Place): string[] {
  return [
    ...['--data-root', place.data, '--exec-root', join(place.run, 'exec'), '--pidfile', place.pidFile],
    ...['-H', `unix://${place.socket}`, '--log-level', 'warn'],
    ...['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false'],
    ...['--cgroup-parent', place.cgroup],
    // Workloads live on while the daemon is restarted.
    '--live-restore',
  ]
}

async function stopDaemon(place: Place, logger: Logger): Promise<void> {
  const pid = Number(await readFile(place.pidFile, 'utf8').catch(() => '0'))
  if (pid > 0 && (await isDaemon(pid, place))) {
    await removeAll(place).catch((error) => logger.warn('containers left behind', { error }))
    process.kill(pid, 'SIGTERM')
    if (!(await isGoneWithin(pid, place, 15_000))) process.kill(pid, 'SIGKILL')
    logger.info('engine stopped', { socketPath: place.socket })
  }
  await clear(place)
}

/** What a daemon leaves behind: mounts (its data on itself, namespaces), empty cgroups, sockets. The data stays: images are dear. */
async function clear(place: Place): Promise<void> {
  for (const path of await mountsBelow([place.data, place.run]))
    await promisify(execFile)('umount', [path]).catch(() => {})
  for (const root of ['/sys/fs/cgroup', ...(await controllers())]) await rmdir(join(root, place.cgroup)).catch(() => {})
  await rm(place.run, { recursive: true, force: true })
}

/** Mount points in these folders, the deepest first. */
async function mountsBelow(folders: readonly string[]): Promise<string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')).split('\n')
  const points = lines.map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
  return points.filter((point) => folders.some((folder) => `${point}/`.startsWith(`${folder}/`))).reverse()
}

/** Roots of the version 1 cgroup trees; none where there is one tree. */
async function controllers(): Promise<string[]> {
  const names = await readdir('/sys/fs/cgroup').catch(() => [])
  return names.map((name) => join('/sys/fs/cgroup', name))
}

/** With live-restore a daemon that ends leaves its containers running. */
async function removeAll(place: Place): Promise<void> {
  const engine = { socketPath: place.socket }
  for (const { Id } of await listContainers(engine, [])) await removeContainer(engine, Id)
}

/** Whether the process is our daemon and not one that got its number later. */
async function isDaemon(pid: number, place: Place): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes(place.pidFile)
}

async function isGoneWithin(pid: number, place: Place, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += 50) {
    if (!(await isDaemon(pid, place))) return true
    await sleep(50)
  }
  return false
}

async function lastWords(log: string): Promise<string> {
  if (!existsSync(log)) return ''
  const lines = (await readFile(log, 'utf8')).trim().split('\n')
  // Most of what a dying daemon says is that it tries again.
  return lines
    .filter((line) => !line.includes('module=grpc'))
    .slice(-3)
    .join('\n')
}

/** The daemon could not be started, or ended at once. */
export class EngineStartError extends BaseError {
  override readonly name = 'Engine.StartError'

  constructor({ said, cause }: { said: string; cause: unknown }) {
    super('Cannot start the container engine: dockerd did not answer, expected it to listen on its socket', {
      facts: { said },
      hint: 'install it with `apt-get install docker.io`, or start Docker as your system does and run again',
      cause: cause instanceof Error || cause instanceof DeadlineError ? cause : undefined,
    })
  }
}
