import type { ContainerBody } from './containerConfig.ts'

/** SIGTERM: Podman's own API takes signals by number. */
const terminate = 15

/** The period over which a share of the processors is counted, in microseconds; the kernel's own. */
const cpuPeriodUs = 100_000

/**
 * The same container in the words of Podman's own API (libpod).
 *
 * Podman's Docker-compatible API starts containers without the devices they were to have and says nothing; its own API
 * takes CDI names. So that there is one way and it is tested, every container on Podman is made through it.
 */
export function podmanSpec(name: string, body: ContainerBody, cdi: readonly string[]): Record<string, unknown> {
  const host = body.HostConfig
  const seccomp = host.SecurityOpt.find((option) => option.startsWith('seccomp='))?.slice('seccomp='.length)
  return {
    name,
    image: body.Image,
    entrypoint: body.Entrypoint,
    command: body.Cmd,
    user: body.User,
    groups: host.GroupAdd,
    work_dir: body.WorkingDir,
    env: Object.fromEntries(body.Env.map((variable) => variable.split(/=(.*)/s, 2))),
    labels: body.Labels,
    healthconfig: body.Healthcheck,
    stop_signal: terminate,
    read_only_filesystem: host.ReadonlyRootfs,
    no_new_privileges: host.SecurityOpt.includes('no-new-privileges'),
    seccomp_profile_path: seccomp,
    cap_drop: host.CapDrop,
    netns: { nsmode: host.NetworkMode },
    ipcns: { nsmode: host.IpcMode },
    // Volumes of the image are among the mounts, as temporary folders.
    image_volume_mode: 'ignore',
    mounts: [
      ...host.Mounts.map(({ Source, Target }) => bind(Source, Target)),
      ...Object.entries(host.Tmpfs).map(([path, options]) => temporary(path, options)),
    ],
    devices: [...host.Devices.map(({ PathOnHost }) => ({ path: PathOnHost })), ...cdi.map((path) => ({ path }))],
    resource_limits: {
      memory: host.Memory === undefined ? undefined : { limit: host.Memory, swap: host.MemorySwap },
      pids: host.PidsLimit === undefined ? undefined : { limit: host.PidsLimit },
      cpu: { period: cpuPeriodUs, quota: Math.round((host.NanoCpus / 1e9) * cpuPeriodUs) },
    },
    r_limits: host.Ulimits.map(({ Name, Soft, Hard }) => ({ type: Name, soft: Soft, hard: Hard })),
    log_configuration: { driver: host.LogConfig.Type, size: Number(host.LogConfig.Config['max-size']) },
  }
}

function bind(source: string, destination: string): object {
  return { type: 'bind', source, destination, options: ['rbind', 'rprivate', 'rw'] }
}

function temporary(destination: string, options: string): object {
  return { type: 'tmpfs', source: 'tmpfs', destination, options: options.split(',') }
}
