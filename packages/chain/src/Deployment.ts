import { BaseError } from '@hotaru/base'
import { z } from 'zod'
import { address, parametersSchema } from './Parameters.ts'

/** The contracts of a ledger, in the order in which they are deployed: what one asks of another at its birth is there. */
export const contractNames = [
  ...(['token', 'timelock', 'governor', 'burnTable', 'classTable', 'beacon', 'prices', 'stakes'] as const),
  ...(['operators', 'committees', 'audits', 'faults', 'machines', 'leases', 'orders', 'rewards', 'programs'] as const),
] as const
export type ContractName = (typeof contractNames)[number]

/** Where a ledger lives: what the deployment file of a network holds. */
export const deploymentSchema = z.object({
  /** Of the network, for people. */
  name: z.string().min(1).max(64),
  chainId: z.int().positive(),
  rpcUrl: z.url(),
  /** The block before which there is nothing of this ledger. */
  block: z.int().nonnegative(),
  addresses: z.object(
    Object.fromEntries(contractNames.map((name) => [name, address])) as Record<ContractName, typeof address>,
  ),
  /** What the contracts were made with. */
  parameters: parametersSchema,
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
