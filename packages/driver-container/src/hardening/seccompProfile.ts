/**
 * A seccomp profile for engines whose own lets a workload make user namespaces (Podman 4 does, Docker does not).
 *
 * It refuses what no workload needs and most kernel exploits do; the numbers are those of Linux' headers. `clone3` hides
 * its flags from a filter, so it answers "no such call" and C libraries fall back to `clone`, whose flags can be seen.
 */
export const seccompProfile = {
  defaultAction: 'SCMP_ACT_ALLOW',
  archMap: [
    { architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
    { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
  ],
  syscalls: [
    { names: refused(), action: 'SCMP_ACT_ERRNO', errnoRet: 1 },
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
    {
      names: ['clone'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: 1,
      // CLONE_NEWUSER
      args: [{ index: 0, value: 0x10000000, valueTwo: 0x10000000, op: 'SCMP_CMP_MASKED_EQ' }],
    },
  ],
} as const

function refused(): string[] {
  return [
    ...['acct', 'add_key', 'bpf', 'clock_adjtime', 'clock_settime', 'create_module', 'delete_module', 'fanotify_init'],
    ...['finit_module', 'fsconfig', 'fsmount', 'fsopen', 'fspick', 'get_kernel_syms', 'init_module', 'io_uring_enter'],
    ...['io_uring_register', 'io_uring_setup', 'ioperm', 'iopl', 'kcmp', 'kexec_file_load', 'kexec_load', 'keyctl'],
    ...[
      'lookup_dcookie',
      'mbind',
      'migrate_pages',
      'mount',
      'mount_setattr',
      'move_mount',
      'move_pages',
      'name_to_handle_at',
    ],
    ...['nfsservctl', 'open_by_handle_at', 'open_tree', 'perf_event_open', 'pivot_root', 'process_vm_readv'],
    ...['process_vm_writev', 'ptrace', 'query_module', 'quotactl', 'reboot', 'request_key', 'set_mempolicy', 'setns'],
    ...['settimeofday', 'swapoff', 'swapon', 'sysfs', 'umount', 'umount2', 'unshare', 'uselib', 'userfaultfd', 'ustat'],
    ...['vhangup', 'vm86', 'vm86old'],
  ]
}
