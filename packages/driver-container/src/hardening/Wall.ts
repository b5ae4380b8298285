/**
 * The walls between a workload and its host, each of which a sandbox test takes away to see its probe get through.
 *
 * `capabilities`: all are dropped. `privileges`: no program gains rights (`no-new-privileges`). `seccomp`: dangerous
 * system calls are refused. `root`: the image's file system is read-only. `user`: the workload is not root. `mounts`:
 * nothing of the host is mounted but the task's directory. `network`: there is none. `memory`, `processes`, `disk`,
 * `deadline`: the limits of the task. `environment`: what an image sets in its environment reaches no hook of the host.
 * `volumes`: what an image declares as a volume gets no disk of its own. `pinned`: images are named by digest alone.
 */
export type Wall =
  | 'capabilities'
  | 'privileges'
  | 'seccomp'
  | 'root'
  | 'user'
  | 'mounts'
  | 'network'
  | 'memory'
  | 'processes'
  | 'disk'
  | 'deadline'
  | 'environment'
  | 'volumes'
  | 'pinned'
