import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { BaseError } from '@hotaru/base'
import { type Network, parseNetwork } from '../parseNetwork.ts'

/** The directory that keeps networks and wallets: `HOTARU_HOME`, or `.hotaru` in the user's home. */
export function findHome(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.HOTARU_HOME ? resolve(environment.HOTARU_HOME) : join(homedir(), '.hotaru')
}

/**
 * Reads a network by its name (`<home>/<name>/network.json`) or by the path of such a file.
 *
 * @throws `Network.MissingError`, `Network.InvalidError`
 */
export async function loadNetwork(nameOrFile: string, home: string): Promise<Network> {
  const isName = /^[a-z0-9][a-z0-9-]*$/.test(nameOrFile)
  const path = isName ? join(home, nameOrFile, 'network.json') : resolve(nameOrFile)
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new MissingNetworkError({ network: nameOrFile, path, cause })
  })
  return parseNetwork(parseJson(text), path)
}

/** Undefined is no network: the schema says so, with the file's name. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export class MissingNetworkError extends BaseError {
  override readonly name = 'Network.MissingError'

  constructor({ network, path, cause }: { network: string; path: string; cause: unknown }) {
    super(`Cannot use network "${network}": there is no file "${path}", expected the description of a network`, {
      hint: network === 'local' ? '`npm start` brings the local network up' : 'give its name or file with --network',
      cause,
    })
  }
}
