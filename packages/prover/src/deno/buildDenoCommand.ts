import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BaseError } from '@hotaru/base'

/**
 * The command that runs a program of `src/webgpu` in the Deno that npm installed. It gets no permission at all: WebGPU and
 * the standard streams need none. The one package that it imports is named by a map, so that it looks nothing up. OpenGL
 * is left out: a driver with nothing newer is of no use here, and looking for it takes a display.
 *
 * @throws `Prover.NoDenoError`
 */
export function buildDenoCommand(program: string): Pick<buildDenoCommand.Command, 'command' | 'args' | 'env'> {
  const map = { imports: { '@hotaru/base': import.meta.resolve('@hotaru/base') } }
  const file = fileURLToPath(new URL(`../webgpu/${program}`, import.meta.url))
  const walls = ['--no-prompt', '--no-remote', '--no-npm', '--cached-only', '--no-config', '--no-lock']
  return {
    command: findDenoBinary(),
    args: [
      'run',
      '--quiet',
      '--unstable-webgpu',
      ...walls,
      `--import-map=data:application/json,${encodeURIComponent(JSON.stringify(map))}`,
      file,
    ],
    env: { DENO_NO_UPDATE_CHECK: '1', DENO_NO_PACKAGE_JSON: '1', DENO_WEBGPU_BACKEND: 'vulkan,metal,dx12' },
  }
}

export declare namespace buildDenoCommand {
  type Command = { command: string; args: string[]; env: Record<string, string> }
}

/** The binary itself, so that no install script has to have run. */
function findDenoBinary(): string {
  const { platform, arch } = process
  const name = platform === 'linux' ? `linux-${arch}-glibc` : `${platform}-${arch}`
  try {
    const deno = createRequire(import.meta.url).resolve('deno/package.json')
    const binary = createRequire(deno).resolve(`@deno/${name}/package.json`)
    return join(dirname(binary), platform === 'win32' ? 'deno.exe' : 'deno')
  } catch (cause) {
    throw new NoDenoError({ name, cause })
  }
}

export class NoDenoError extends BaseError {
  override readonly name = 'Prover.NoDenoError'

  constructor({ name, cause }: { name: string; cause: unknown }) {
    super(`Cannot use WebGPU: npm did not install @deno/${name}, expected the binary for this machine`, {
      hint: 'npm install, without --omit=optional',
      cause,
    })
  }
}
