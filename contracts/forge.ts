import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * Runs forge in this folder and says how it ended: 0 for success, as from a shell.
 *
 * It calls the binary itself. The `forge` that npm puts on the PATH (`@foundry-rs/forge` 1.7.1) starts the binary and
 * forgets its exit status: under it a failing `forge test` succeeds. So nothing of ours may use that one as a gate.
 */
export function runForge(args: readonly string[]): number {
  const { status, error } = spawnSync(findForge(), args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: 'inherit',
  })
  if (error) process.stderr.write(`Cannot run forge: ${error.message}, expected the binary of "@foundry-rs/forge"\n`)
  return status ?? 1
}

function findForge(): string {
  const wrapper = createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json')
  const binary = platform === 'win32' ? 'forge.exe' : 'forge'
  return createRequire(wrapper).resolve(
    `@foundry-rs/forge-${platform}-${arch === 'x64' ? 'amd64' : arch}/bin/${binary}`,
  )
}

if (import.meta.main) process.exitCode = runForge(process.argv.slice(2))
