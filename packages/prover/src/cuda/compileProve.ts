import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, constants, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BaseError } from '@hotaru/base'
import type { NvidiaGpu } from './findNvidiaGpus.ts'

const sources = fileURLToPath(new URL('../../cuda/', import.meta.url))

/**
 * The program of `cuda/prove.cu` for one kind of GPU: from `directory` when it was compiled before from the same source,
 * else by nvcc, in a quarter of a minute.
 *
 * @param directory Private to the owner: what lies there is run.
 * @throws `Prover.CompileError`
 */
export async function compileProve(
  { computeCapability }: Pick<NvidiaGpu, 'computeCapability'>,
  { directory, nvcc = 'nvcc' }: compileProve.Options,
): Promise<string> {
  const flags = ['-std=c++17', '-O3', `-arch=sm_${computeCapability.replace('.', '')}`]
  const program = join(directory, `prove-${await fingerprint(flags)}`)
  if (await isProgram(program)) return program
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const unfinished = `${program}.${process.pid}`
  try {
    await promisify(execFile)(nvcc, [...flags, '-o', unfinished, join(sources, 'prove.cu')])
  } catch (cause) {
    throw new CompileError({ nvcc, cause })
  }
  await rename(unfinished, program)
  return program
}

export declare namespace compileProve {
  type Options = {
    directory: string
    /** @default 'nvcc', as the path finds it */
    nvcc?: string | undefined
  }
}

async function fingerprint(flags: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(flags.join(' '))
  for (const name of (await readdir(sources)).sort()) hash.update(name).update(await readFile(join(sources, name)))
  return hash.digest('hex').slice(0, 16)
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

export class CompileError extends BaseError {
  override readonly name = 'Prover.CompileError'

  constructor({ nvcc, cause }: { nvcc: string; cause: unknown }) {
    const [line] = /^.*error.*$/m.exec((cause as { stderr?: string }).stderr ?? '') ?? [(cause as Error).message]
    super(`Cannot compile the CUDA back end: ${nvcc} says "${line.split('\n')[0]}", expected a program`, {
      hint: 'the CUDA toolkit and g++ bring what is needed; without them WebGPU uses the same GPU',
      cause,
    })
  }
}
