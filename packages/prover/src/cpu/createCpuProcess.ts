import { fileURLToPath } from 'node:url'
import { type ChildBackend, createChildBackend } from '../child/createChildBackend.ts'

/**
 * The processor's back end in a process of its own: when it is closed, all that it took is the machine's again, and no thread
 * of it can take its owner down.
 *
 * @throws `Prover.ChildEndedError` where the runtime lacks relaxed SIMD.
 */
export function createCpuProcess(): Promise<ChildBackend> {
  const program = fileURLToPath(new URL('./main.ts', import.meta.url))
  const args = ['--disable-warning=ExperimentalWarning', program]
  return createChildBackend({ name: 'wasm', command: process.execPath, args })
}
