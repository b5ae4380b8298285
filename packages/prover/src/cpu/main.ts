import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { serveBackend } from '../child/serveBackend.ts'
import { createCpuBackend } from './createCpuBackend.ts'

/** The program that runs the processor's back end in a process of its own, and ends with its input. */
const device = cpus()[0]?.model ?? 'processor'
await serveBackend(
  createCpuBackend(),
  { device, kind: 'cpu' },
  {
    input: createInterface({ input: process.stdin }),
    write: async (line) => void process.stdout.write(`${line}\n`),
  },
)
