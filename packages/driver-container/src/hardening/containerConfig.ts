import { dirname } from 'node:path'
import type { Task } from '@hotaru/driver'
import type { Grant } from '../device/grantDevices.ts'
import type { Engine } from '../engine/Engine.ts'
import type { Image } from '../image/images.ts'
import { volumesOf } from './judgeImage.ts'
import type { Wall } from './Wall.ts'

/** What a container is made from. */
export type Plan = {
  task: Task
  image: Image
  grant: Grant
  labels: Readonly<Record<string, string>>
  /** `uid:gid` the workload runs as. */
  user: string
  logLimitBytes: number
  /** File with our own system call filter, for engines whose own is too weak; Podman takes a path only. */
  seccompPath: string | undefined
}

/** The body of Docker's `/containers/create`, as far as it is used. */
export type ContainerBody = {
  Image: string
  Entrypoint: readonly string[]
  Cmd: readonly string[]
  User: string
  WorkingDir: string
  Env: readonly string[]
  Labels: Readonly<Record<string, string>>
  Healthcheck: { Test: readonly string[] }
  StopSignal: string
  NetworkDisabled: boolean
  HostConfig: Grant['hostConfig'] & {
    Privileged: false
    CapDrop: readonly string[]
    SecurityOpt: readonly string[]
    ReadonlyRootfs: boolean
    NetworkMode: 'none' | 'host'
    IpcMode: 'private'
    CgroupnsMode?: 'private'
    Init?: boolean
    Tmpfs: Readonly<Record<string, string>>
    Mounts: readonly { Type: 'bind'; Source: string; Target: string; BindOptions: { Propagation: 'rprivate' } }[]
    Memory?: number
    MemorySwap?: number
    PidsLimit?: number
    NanoCpus: number
    Ulimits: readonly { Name: string; Soft: number; Hard: number }[]
    RestartPolicy: { Name: 'no' }
    LogConfig: { Type: string; Config: Readonly<Record<string, string>> }
  }
}

/** Room for temporary files; it lies in memory and counts as the workload's memory. */
const temporaryBytes = 256 * 1024 * 1024

/** The engine writes each line as JSON with its time: with lines of 30 characters, four times what was printed. */
const logOverhead = 4

/** Enough for programs with many connections, too few to use up the host's. */
const openFiles = 4096

/** Counted over all workloads of one user; the limit of a task is that of its cgroup. */
const ownProcesses = 16_384

/**
 * The body of `/containers/create`: tier 1 of the isolation table, every wall up.
 *
 * Everything an image could set on its own behalf (user, entry point, health check, stop signal, volumes) is overruled.
 */
export function containerConfig(
  engine: Pick<Engine, 'kind'>,
  plan: Plan,
  without: ReadonlySet<Wall> = new Set(),
): ContainerBody {
  const { task, image, grant, labels, user, logLimitBytes, seccompPath } = plan
  const up = (wall: Wall) => !without.has(wall)
  const fileBytes = task.limits.diskBytes
  return {
    Image: image.Id,
    // The whole command is the entry point, so that the image's own is not put before it.
    Entrypoint: task.program.driver === 'container' ? task.program.command : [],
    Cmd: [],
    User: up('user') ? user : '0:0',
    WorkingDir: '/workload',
    // The mistake that the wall stands for: the agent's own environment is handed on.
    Env: ['HOME=/tmp', 'TMPDIR=/tmp', ...(up('environment') ? grant.env : ownEnvironment())],
    Labels: labels,
    Healthcheck: { Test: ['NONE'] },
    StopSignal: 'SIGTERM',
    NetworkDisabled: up('network'),
    HostConfig: {
      Privileged: false,
      CapDrop: up('capabilities') ? ['ALL'] : [],
      SecurityOpt: securityOptions(seccompPath, up),
      ReadonlyRootfs: up('root'),
      NetworkMode: up('network') ? 'none' : 'host',
      IpcMode: 'private',
      ...(engine.kind === 'docker' ? { CgroupnsMode: 'private', Init: true } : {}),
      Tmpfs: temporaryFolders(image, task, up),
      Mounts: mountsFor(task, up),
      ...limitsFor(engine, task, up),
      Ulimits: [
        { Name: 'nofile', Soft: openFiles, Hard: openFiles },
        { Name: 'core', Soft: 0, Hard: 0 },
        // Podman sets what is not named here to more than an agent without CAP_SYS_RESOURCE may, and then cannot start.
        ...(engine.kind === 'podman' ? [{ Name: 'nproc', Soft: ownProcesses, Hard: ownProcesses }] : []),
        // No file can outgrow the quota between two looks of the warden, which adds them up.
        ...(up('disk') ? [{ Name: 'fsize', Soft: fileBytes, Hard: fileBytes }] : []),
      ],
      RestartPolicy: { Name: 'no' },
      LogConfig: {
        Type: engine.kind === 'docker' ? 'json-file' : 'k8s-file',
        Config: {
          'max-size': `${logLimitBytes * logOverhead}`,
          ...(engine.kind === 'docker' ? { 'max-file': '2' } : {}),
        },
      },
      ...grant.hostConfig,
    },
  }
}

function ownEnvironment(): string[] {
  return Object.entries(process.env).map(([name, value]) => `${name}=${value}`)
}

function securityOptions(seccompPath: string | undefined, up: (wall: Wall) => boolean): string[] {
  const options = up('privileges') ? ['no-new-privileges'] : []
  if (!up('seccomp')) return [...options, 'seccomp=unconfined']
  return seccompPath === undefined ? options : [...options, `seccomp=${seccompPath}`]
}

function temporaryFolders(image: Image, task: Task, up: (wall: Wall) => boolean): Record<string, string> {
  const bytes = Math.min(temporaryBytes, Math.floor(task.limits.memoryBytes / 2))
  const options = `rw,nosuid,nodev,exec,mode=1777,size=${bytes}`
  const folders = ['/tmp', ...(up('volumes') ? volumesOf(image) : [])]
  return Object.fromEntries(folders.map((folder) => [folder, options]))
}

function mountsFor(task: Task, up: (wall: Wall) => boolean): ContainerBody['HostConfig']['Mounts'] {
  const bind = (Source: string, Target: string) =>
    ({ Type: 'bind', Source, Target, BindOptions: { Propagation: 'rprivate' } }) as const
  const own = bind(task.directory, '/workload')
  // The mistake this wall stands for: the agent's whole folder is mounted, and not the one of the task.
  const all = dirname(dirname(task.directory))
  return up('mounts') ? [own] : [own, bind(all, all)]
}

function limitsFor({ kind }: Pick<Engine, 'kind'>, { limits }: Task, up: (wall: Wall) => boolean) {
  return {
    // Memory and swap together: no swap at all.
    ...(up('memory') ? { Memory: limits.memoryBytes, MemorySwap: limits.memoryBytes } : {}),
    // One more for Docker's init process.
    ...(up('processes') ? { PidsLimit: limits.processes + (kind === 'docker' ? 1 : 0) } : {}),
    NanoCpus: Math.round(limits.cpus * 1e9),
  }
}
