/**
 * Numbers of system calls, by Node's name for the architecture. Source: Linux `asm/unistd_64.h` and
 * `asm-generic/unistd.h`; the list is what container engines refuse to an unprivileged container, and io_uring.
 */
export const deniedCalls: Readonly<Record<string, readonly number[]>> = {
  x64: [
    101, // ptrace
    103, // syslog
    134, // uselib
    135, // personality
    136, // ustat
    139, // sysfs
    153, // vhangup
    154, // modify_ldt
    155, // pivot_root
    156, // _sysctl
    159, // adjtimex
    161, // chroot
    163, // acct
    164, // settimeofday
    165, // mount
    166, // umount2
    167, // swapon
    168, // swapoff
    169, // reboot
    170, // sethostname
    171, // setdomainname
    172, // iopl
    173, // ioperm
    174, // create_module
    175, // init_module
    176, // delete_module
    177, // get_kernel_syms
    178, // query_module
    179, // quotactl
    180, // nfsservctl
    212, // lookup_dcookie
    227, // clock_settime
    246, // kexec_load
    248, // add_key
    249, // request_key
    250, // keyctl
    272, // unshare
    298, // perf_event_open
    300, // fanotify_init
    303, // name_to_handle_at
    304, // open_by_handle_at
    305, // clock_adjtime
    308, // setns
    310, // process_vm_readv
    311, // process_vm_writev
    312, // kcmp
    313, // finit_module
    320, // kexec_file_load
    321, // bpf
    323, // userfaultfd
    425, // io_uring_setup
    426, // io_uring_enter
    427, // io_uring_register
    428, // open_tree
    429, // move_mount
    430, // fsopen
    431, // fsconfig
    432, // fsmount
    433, // fspick
    438, // pidfd_getfd
    442, // mount_setattr
    443, // quotactl_fd
    457, // statmount
    458, // listmount
    467, // open_tree_attr
  ],
  arm64: [
    18, // lookup_dcookie
    39, // umount2
    40, // mount
    41, // pivot_root
    42, // nfsservctl
    51, // chroot
    58, // vhangup
    60, // quotactl
    89, // acct
    92, // personality
    97, // unshare
    104, // kexec_load
    105, // init_module
    106, // delete_module
    112, // clock_settime
    116, // syslog
    117, // ptrace
    142, // reboot
    161, // sethostname
    162, // setdomainname
    170, // settimeofday
    171, // adjtimex
    217, // add_key
    218, // request_key
    219, // keyctl
    224, // swapon
    225, // swapoff
    241, // perf_event_open
    262, // fanotify_init
    264, // name_to_handle_at
    265, // open_by_handle_at
    266, // clock_adjtime
    268, // setns
    270, // process_vm_readv
    271, // process_vm_writev
    272, // kcmp
    273, // finit_module
    280, // bpf
    282, // userfaultfd
    294, // kexec_file_load
    425, // io_uring_setup
    426, // io_uring_enter
    427, // io_uring_register
    428, // open_tree
    429, // move_mount
    430, // fsopen
    431, // fsconfig
    432, // fsmount
    433, // fspick
    438, // pidfd_getfd
    442, // mount_setattr
    443, // quotactl_fd
    457, // statmount
    458, // listmount
    467, // open_tree_attr
  ],
}

/** Calls that are refused by their arguments. */
export const argumentCalls: Readonly<Record<string, { clone: number; clone3: number; socket: number; ioctl: number }>> =
  {
    x64: { clone: 56, clone3: 435, socket: 41, ioctl: 16 },
    arm64: { clone: 220, clone3: 435, socket: 198, ioctl: 29 },
  }
