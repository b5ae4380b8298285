import { readFileSync, writeFileSync } from 'node:fs'
import { kernelFile, renderKernel } from './renderKernel.ts'

/**
 * Compiles the kernel and writes it as the module that the CPU back end loads. The file is committed, so that nobody who
 * only runs it needs the compiler; with `--check` nothing is written, and it fails if the file is stale.
 */
async function main(): Promise<void> {
  const kernel = await renderKernel()
  if (!process.argv.includes('--check')) return writeFileSync(kernelFile, kernel)
  if (kernel === readFileSync(kernelFile, 'utf8')) return
  process.stderr.write('Cannot accept kernelBytes.ts: it is stale, expected what packages/prover/assembly gives\n')
  process.stderr.write('Run `node packages/prover/buildKernel.ts` and commit what it writes\n')
  process.exitCode = 1
}

await main()
