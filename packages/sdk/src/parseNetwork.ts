import { BaseError } from '@hotaru/base'
import { type Address, isAddress } from 'viem'
import { z } from 'zod'

const address = z.custom<Address>((value) => typeof value === 'string' && isAddress(value), 'not an address')

const networkSchema = z.object({
  name: z.string().min(1),
  rpcUrl: z.url({ protocol: /^https?$/ }),
  /** Where the contracts are; `@hotaru/chain` reads the rest of it. */
  deployment: z.looseObject({ chainId: z.int().positive(), addresses: z.looseObject({ leases: address }) }),
  /** The wallet file of this network, for command lines. */
  wallet: z.string().optional(),
  /** The directory of the agent on this machine, where there is one. */
  agent: z.string().optional(),
})

/** A network as its `network.json` describes it: a chain by URL and the contracts on it. */
export type Network = z.infer<typeof networkSchema>

/**
 * Reads the content of a `network.json`.
 *
 * @param source Where it came from, for the error.
 * @throws `Network.InvalidError` that names the first field that is off.
 */
export function parseNetwork(input: unknown, source: string): Network {
  const result = networkSchema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new InvalidNetworkError({ source, field: issue?.path.join('.') ?? '', reason: issue?.message ?? 'unknown' })
}

export class InvalidNetworkError extends BaseError {
  override readonly name = 'Network.InvalidError'

  constructor({ source, field, reason }: { source: string; field: string; reason: string }) {
    super(`Cannot use the network of "${source}": field "${field}" is not valid (${reason}), expected a network file`, {
      hint: '`npm start` writes a fresh one for the local network',
    })
  }
}
