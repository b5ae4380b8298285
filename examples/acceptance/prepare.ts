import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gatherImports } from './gatherImports.ts'

/**
 * Fills `directory` with exactly the files that a lease needs to show what it can do: the program, the proof and its
 * kernels, and a job with nonces that nobody knew.
 *
 * Runs outside the lease, where packages can be read.
 */
export async function prepare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  await gatherImports(join(import.meta.dirname, 'program'), 'main.ts', directory)
  const job = {
    chainId: '0',
    machineId: '0',
    cpu: { nonce: random32(), ...small },
    gpu: { nonce: random32(), ...large },
  }
  await writeFile(join(directory, 'job.json'), JSON.stringify(job, null, 2))
}

/** A few seconds of two processor threads. */
const small = { n: 1024, rounds: 16, cells: 2 ** 18, hashes: 4, lanes: 1024, segments: 64 }

/** A few seconds of a small GPU. */
const large = { n: 8192, rounds: 16, cells: 2 ** 24, hashes: 4, lanes: 65_536, segments: 512 }

const random32 = () => `0x${randomBytes(32).toString('hex')}`
