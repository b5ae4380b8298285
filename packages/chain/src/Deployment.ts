import { BaseError } from '@hotaru/base'
import { type Address, getAddress, isAddress } from 'viem'
import { z } from 'zod'

const address = z
  .custom<Address>((value) => typeof value === 'string' && isAddress(value), 'an address')
  .transform((value) => getAddress(value))

/** The contracts of a ledger. */
export const contractNames = ['token', 'prices', 'stakes', 'audits', 'machines', 'leases'] as const
export type ContractName = (typeof contractNames)[number]

/** Where a ledger lives: what the deployment file of a network holds. */
export const deploymentSchema = z.object({
  /** Of the network, for people. */
  name: z.string().min(1).max(64),
  chainId: z.int().positive(),
  rpcUrl: z.url(),
  /** The block before which there is nothing of this ledger. */
  block: z.int().nonnegative(),
  addresses: z.object({
    ...{ token: address, prices: address, stakes: address },
    ...{ audits: address, machines: address, leases: address },
  }),
  /** What the contracts were made with. */
  parameters: z.object({
    /** Received the whole supply of the token. */
    treasury: address,
    /** May pause the opening of leases for a while. */
    guardian: address,
    /** Post the token's price. */
    reporters: z.array(address).min(1).max(21),
    /** Share of the rent that is burnt, in ten-thousandths. */
    burnBps: z.int().min(100).max(5000),
    unbondingSeconds: z.int().min(0),
  }),
})
export type Deployment = z.infer<typeof deploymentSchema>

/** Reads a deployment from parsed JSON. @throws InvalidDeploymentError that names the first field that is off. */
export function parseDeployment(input: unknown): Deployment {
  const result = deploymentSchema.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new InvalidDeploymentError({ field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }, result.error)
}

export class InvalidDeploymentError extends BaseError {
  override readonly name = 'Ledger.InvalidDeploymentError'

  constructor({ field, reason }: { field: string; reason: string }, cause: unknown) {
    super(
      `Cannot use the deployment: field "${field}" is not valid (${reason}), expected a deployment file of Hotaru`,
      {
        hint: 'get the file from whoever runs the network; a local network writes it at its start',
        exitCode: 2,
        cause,
      },
    )
  }
}
