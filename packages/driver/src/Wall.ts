/**
 * One thing that keeps a workload in. A test may ask a driver to leave some out, to see that its probe can fail.
 *
 * `permissions`: what the program's own runtime refuses. `files`: sees no file of the host. `network`: has no way
 * out. `privileges`: no capability, no way to gain one, not the administrator. `syscalls`: no system call that reaches
 * deep into the kernel. `environment`: sees no variable of the agent. The others are the limits of a task.
 */
export type Wall =
  | 'permissions'
  | 'files'
  | 'network'
  | 'privileges'
  | 'syscalls'
  | 'environment'
  | 'memory'
  | 'processes'
  | 'disk'
  | 'deadline'
