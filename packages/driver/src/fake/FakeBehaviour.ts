import type { Exit } from '@hotaru/protocol'
import type { Device, Stats, Task } from '../Driver.ts'

/** The knobs of the fake: what its workloads and the machine pretend. All can be turned while it runs. */
export type FakeBehaviour = {
  /** How long a program runs by itself; null runs until it is stopped. */
  runForMs: number | null
  /** How a program ends that ran its time. */
  exit: Exit
  /** What a program prints: at once, or `afterMs` after its start. */
  output: readonly { stream: 'stdout' | 'stderr'; text: string; afterMs?: number }[]
  /** Why `start` fails; null lets it start. */
  startError: string | null
  startDelayMs: number
  /** Ignores the request to end, so that `stop` has to wait out its grace. */
  ignoresStop: boolean
  /** The next `recover` knows nothing of the workload. */
  loseOnRecover: boolean
  /** The granted devices are not there inside the workload. */
  deviceMissing: boolean
  /** Why the fingerprint is not healthy; null is healthy. */
  unhealthyReason: string | null
  devices: readonly Device[]
  stats: Stats
  /** Called when a program begins, for what it does to its directory. */
  onRun: (task: Task) => void | Promise<void>
  /** What `exec` prints and how it ends. */
  onExec: (command: readonly string[], stdin: Uint8Array, task: Task) => { stdout: string; exit: Exit }
}

/** A healthy machine with one processor slot, on which programs run until they are stopped. */
export const defaultFakeBehaviour: FakeBehaviour = {
  runForMs: null,
  exit: { code: 0, reason: 'exited' },
  output: [],
  startError: null,
  startDelayMs: 0,
  ignoresStop: false,
  loseOnRecover: false,
  deviceMissing: false,
  unhealthyReason: null,
  devices: [{ slot: 0, kind: 'cpu', name: 'fake processor', id: 'cpu' }],
  stats: { cpuMs: 0, memoryBytes: 2 ** 20, diskBytes: 0, processes: 1 },
  onRun: () => {},
  onExec: (command) => ({ stdout: `${command.join(' ')}\n`, exit: { code: 0, reason: 'exited' } }),
}
