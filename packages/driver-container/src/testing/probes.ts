/** What an attacker would try first; each prints OUT when it gets through. Scripts for bash in the test image. */
export const probes = {
  /**
   * Reads, or could write, what only the host has: forty places and one file that lies beside the workload's own.
   * A file that opens and is empty is one the engine has masked.
   */
  hostFiles: (canary: string) => `
for path in ${canary} ${hostPlaces.join(' ')}; do if [ -n "$(head -c 9 "$path" 2>/dev/null | od -A n -t x1)" ]; then echo "OUT $path"; fi; done
for path in ${hostLevers.join(' ')}; do if ( : >> "$path" ) 2>/dev/null; then echo "OUT $path"; fi; done`,
  writeRoot: '( : > /var/tmp/mine ) 2>/dev/null && echo OUT',
  capabilities: `grep -E '^Cap(Eff|Prm|Bnd|Amb):' /proc/self/status | grep -qv '0000000000000000' && echo OUT`,
  newPrivileges: `grep -q '^NoNewPrivs:.*0$' /proc/self/status && echo OUT`,
  namespaces: 'unshare --user /bin/true 2>/dev/null && echo OUT',
  root: '[ "$(id -u)" = 0 ] && echo OUT',
  fork: (count: number) => `
perl -e 'for (1..${count}) { my $id = fork; exit 1 unless defined $id; unless ($id) { sleep 60; exit } } print "OUT\\n"'`,
  memory: (bytes: number) => `perl -e 'my $all = "x" x ${bytes}; print "OUT\\n"'`,
  oneFile: (bytes: number) => `head -c ${bytes} /dev/zero > one 2>/dev/null && echo OUT`,
  manyFiles: (count: number) =>
    `for n in $(seq ${count}); do head -c 1048576 /dev/zero > "file-$n" || exit 1; done; sleep 4; echo OUT`,
  network: (port: number) => `
hosts="127.0.0.1 169.254.169.254 172.17.0.1 $(perl -ne '/^host (\\S+)/ && print $1' /proc/net/fib_trie 2>/dev/null)"
for host in $hosts; do timeout 1 bash -c "exec 3<>/dev/tcp/$host/${port} && cat <&3" 2>/dev/null && echo OUT; done`,
  stay: (seconds: number) => `trap '' TERM; for n in $(seq ${seconds * 10}); do sleep 0.1; done; echo OUT`,
  preload: '[ -n "$LD_PRELOAD" ] && echo OUT',
  volume: `grep -q ' /data tmpfs ' /proc/mounts || echo OUT`,
} as const

const hostPlaces = [
  ...['/host/etc/shadow', '/mnt/etc/shadow', '/etc/shadow', '/etc/gshadow', '/root/.bashrc', '/root/.ssh/id_ed25519'],
  ...['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock', '/run/podman/podman.sock'],
  ...['/proc/1/root/etc/shadow', '/proc/1/environ/../root/root', '/proc/kcore', '/proc/kmsg', '/proc/keys'],
  ...['/proc/latency_stats', '/proc/timer_list', '/proc/sched_debug', '/proc/scsi/scsi', '/proc/acpi/wakeup'],
  ...['/sys/firmware/acpi/tables/DSDT', '/sys/kernel/debug/sched/debug', '/sys/kernel/security/lsm'],
  ...['/dev/mem', '/dev/kmem', '/dev/port', '/dev/kmsg', '/dev/vda', '/dev/sda', '/dev/nvme0n1', '/dev/loop0'],
  ...['/dev/kvm', '/dev/fuse', '/dev/net/tun', '/dev/nvidia0', '/dev/dri/renderD128'],
]

const hostLevers = [
  ...['/sys/fs/cgroup/memory/release_agent', '/sys/fs/cgroup/cgroup.procs', '/sys/fs/cgroup/memory/notify_on_release'],
  ...['/proc/sysrq-trigger', '/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/sys/power/state'],
]
