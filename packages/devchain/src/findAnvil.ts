import { createRequire } from 'node:module'
import { BaseError } from '@hotaru/base'

/**
 * Finds the anvil binary inside the npm package of this platform, without its launcher script.
 *
 * @returns An absolute path.
 * @throws AnvilMissingError when npm did not install the package of this platform.
 */
export function findAnvil(): string {
  const { platform, arch } = process
  const name = platformPackages[`${platform}-${arch}`]
  if (name === undefined) throw new AnvilMissingError({ platform, arch, packageName: undefined })
  const fromAnvil = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'))
  try {
    return fromAnvil.resolve(`${name}/bin/${platform === 'win32' ? 'anvil.exe' : 'anvil'}`)
  } catch (cause) {
    throw new AnvilMissingError({ platform, arch, packageName: name }, cause)
  }
}

/** The names in `const.mjs` of @foundry-rs/anvil 1.7.1. */
const platformPackages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@foundry-rs/anvil-darwin-arm64',
  'darwin-x64': '@foundry-rs/anvil-darwin-amd64',
  'linux-arm64': '@foundry-rs/anvil-linux-arm64',
  'linux-x64': '@foundry-rs/anvil-linux-amd64',
  'win32-x64': '@foundry-rs/anvil-win32-amd64',
}

export class AnvilMissingError extends BaseError {
  override readonly name = 'Devchain.AnvilMissingError'

  constructor(facts: { platform: string; arch: string; packageName: string | undefined }, cause?: unknown) {
    const { platform, arch, packageName } = facts
    super(`Cannot run the embedded chain: no anvil for "${platform}-${arch}" is installed, expected its npm package`, {
      facts,
      hint: packageName
        ? `npm install --include=optional (it brings ${packageName})`
        : 'give an RPC URL of another chain instead of the embedded one',
      cause,
    })
  }
}
