import { argumentCalls, deniedCalls } from './systemCalls.ts'

/** One instruction of classic BPF, `struct sock_filter`: code, jump if true, jump if false, constant. */
type Instruction = readonly [code: number, yes: number, no: number, constant: number]

const load = 0x20 // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = 0x15 // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfAtLeast = 0x35 // BPF_JMP | BPF_JGE | BPF_K
const jumpIfAnyBit = 0x45 // BPF_JMP | BPF_JSET | BPF_K
const giveBack = 0x06 // BPF_RET | BPF_K

const allow = 0x7fff0000 // SECCOMP_RET_ALLOW
const kill = 0x80000000 // SECCOMP_RET_KILL_PROCESS
const refuse = 0x00050000 | 1 // SECCOMP_RET_ERRNO, EPERM
const unknown = 0x00050000 | 38 // SECCOMP_RET_ERRNO, ENOSYS: callers fall back to the older call

/** Offsets in `struct seccomp_data`; arguments are 64 bits, little end first on both architectures. */
const callAt = 0
const architectureAt = 4
const argumentAt = (index: number) => 16 + 8 * index

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64. */
const architectures: Readonly<Record<string, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 }
/** Calls of the x32 ABI carry this bit, and would slip past a list of numbers. */
const x32Bit = 0x40000000
/** All CLONE_NEW* flags: cgroup, uts, ipc, user, pid, net, mount, time. */
const namespaceFlags = 0x7e020080
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK; among the others AF_VSOCK, which no network namespace holds back. */
const socketFamilies = [1, 2, 10, 16]
/** TIOCSTI and TIOCLINUX: put words into the mouth of a terminal. */
const terminalRequests = [0x5412, 0x541c]

/**
 * A filter that refuses system calls that reach deep into the kernel: mounts, namespaces, tracing, keys, modules,
 * BPF, io_uring and their like. Everything else is allowed, so that graphics drivers work.
 *
 * The bytes are an array of `struct sock_filter`, as `bwrap --seccomp` wants them. Undefined for an architecture
 * whose numbers we do not have.
 */
export function buildSeccompFilter(architecture: string): Uint8Array | undefined {
  const audit = architectures[architecture]
  const denied = deniedCalls[architecture]
  const calls = argumentCalls[architecture]
  if (audit === undefined || !denied || !calls) return undefined
  const program: Instruction[] = [
    [load, 0, 0, architectureAt],
    [jumpIfEqual, 1, 0, audit],
    [giveBack, 0, 0, kill],
    [load, 0, 0, callAt],
    ...(architecture === 'x64'
      ? ([
          [jumpIfAtLeast, 0, 1, x32Bit],
          [giveBack, 0, 0, refuse],
        ] as const)
      : []),
    ...denied.flatMap((number): Instruction[] => [
      [jumpIfEqual, 0, 1, number],
      [giveBack, 0, 0, refuse],
    ]),
    // Its flags are in memory, where a filter cannot look.
    [jumpIfEqual, 0, 1, calls.clone3],
    [giveBack, 0, 0, unknown],
    ...whenCalled(calls.clone, [
      [load, 0, 0, argumentAt(0)],
      [jumpIfAnyBit, 0, 1, namespaceFlags],
      [giveBack, 0, 0, refuse],
      [giveBack, 0, 0, allow],
    ]),
    ...whenCalled(calls.socket, allowOnly(socketFamilies, argumentAt(0))),
    ...whenCalled(calls.ioctl, [
      [load, 0, 0, argumentAt(1)],
      ...terminalRequests.flatMap((request): Instruction[] => [
        [jumpIfEqual, 0, 1, request],
        [giveBack, 0, 0, refuse],
      ]),
      [giveBack, 0, 0, allow],
    ]),
    [giveBack, 0, 0, allow],
  ]
  return encode(program)
}

/** The block must end in every case: the number of the call is no longer loaded after it. */
function whenCalled(call: number, block: readonly Instruction[]): Instruction[] {
  return [[jumpIfEqual, 0, block.length, call], ...block]
}

function allowOnly(values: readonly number[], at: number): Instruction[] {
  return [
    [load, 0, 0, at],
    ...values.flatMap((value): Instruction[] => [
      [jumpIfEqual, 0, 1, value],
      [giveBack, 0, 0, allow],
    ]),
    [giveBack, 0, 0, refuse],
  ]
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8))
  program.forEach(([code, yes, no, constant], index) => {
    bytes.setUint16(index * 8, code, true)
    bytes.setUint8(index * 8 + 2, yes)
    bytes.setUint8(index * 8 + 3, no)
    bytes.setUint32(index * 8 + 4, constant, true)
  })
  return new Uint8Array(bytes.buffer)
}
