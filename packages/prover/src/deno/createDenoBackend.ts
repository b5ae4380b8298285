import { type ChildBackend, createChildBackend } from '../child/createChildBackend.ts'
import { buildDenoCommand } from './buildDenoCommand.ts'
import type { Gpu } from './findGpus.ts'

/**
 * The WebGPU back end for Node, which has no WebGPU: Deno runs it in a process of its own.
 *
 * @throws `Prover.NoDenoError`, `Prover.ChildEndedError` where there is no adapter.
 */
export async function createDenoBackend(options: createDenoBackend.Options = {}): Promise<ChildBackend> {
  const { command, args, env } = buildDenoCommand('main.ts')
  const said = JSON.stringify({ powerPreference: 'high-performance', ...options })
  return createChildBackend({ name: 'webgpu', command, args: [...args, said], env })
}

export declare namespace createDenoBackend {
  type Options = {
    /** Which of the adapters that `findGpus` lists. @default 'high-performance' */
    powerPreference?: Gpu['powerPreference'] | undefined
    /** Whether to multiply with `dot4U8Packed`. @default whether the language has it */
    dot?: boolean | undefined
    /** Bytes that one buffer may have. @default what the device allows */
    largestBufferBytes?: number | undefined
  }
}
