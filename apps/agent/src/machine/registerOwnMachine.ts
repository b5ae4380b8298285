import { BaseError, exitCodes, type Logger } from '@hotaru/base'
import { balanceOf, depositStake, findMachineByKey, type Ledger, readStake, registerMachine } from '@hotaru/chain'
import { machinesAbi } from '@hotaru/contracts'
import { formatTokens, type Offer } from '@hotaru/protocol'
import type { LocalAccount } from 'viem'

/** What a machine is registered with. */
export type Registration = { slots: number; offer: Offer; endpoint: string; claim: string }

/**
 * Finds the machine that the key signs for; registers it with the owner's stake when there is none.
 *
 * Safe to repeat: stake that an interrupted try has deposited is used, and the ledger lets no key have two machines.
 * @throws `Agent.NotRegisteredError` without an owner's key, `Agent.StakeMissingError` when he has too few tokens.
 */
export async function registerOwnMachine(
  ledger: Ledger,
  key: LocalAccount,
  options: registerOwnMachine.Options,
): Promise<bigint> {
  const known = await findMachineByKey(ledger, { key: key.address })
  if (known !== undefined) return known
  const { owner, registration, log } = options
  if (!owner?.wallet) throw new NotRegisteredError({ key: key.address })

  const account = owner.wallet.account.address
  const needed = BigInt(registration.slots) * (await readStakePerSlot(owner))
  const { free } = await readStake(owner, { account })
  if (free < needed) {
    const balance = await balanceOf(owner, { account })
    if (balance < needed - free) throw new StakeMissingError({ owner: account, needed: needed - free, balance })
    await depositStake(owner, { amount: needed - free })
    log.info('stake deposited', { amount: needed - free })
  }
  const { machineId } = await registerMachine(owner, { key, ...registration })
  log.info('machine registered', { machineId, owner: account, slots: registration.slots })
  return machineId
}

export declare namespace registerOwnMachine {
  type Options = {
    /** The ledger with the owner's account; needed once. */
    owner: Ledger | undefined
    registration: Registration
    log: Logger
  }
}

function readStakePerSlot({ client, deployment }: Ledger): Promise<bigint> {
  const address = deployment.addresses.machines
  return client.readContract({ abi: machinesAbi, address, functionName: 'STAKE_PER_SLOT' })
}

export class NotRegisteredError extends BaseError {
  override readonly name = 'Agent.NotRegisteredError'

  constructor({ key }: { key: string }) {
    super('Cannot offer this machine: its key is on no deed and no owner key is set, expected a registered machine', {
      facts: { key },
      hint: 'set "ownerKeyFile" in the agent file for the first start; afterwards it can be taken away',
      exitCode: exitCodes.usage,
    })
  }
}

export class StakeMissingError extends BaseError {
  override readonly name = 'Agent.StakeMissingError'

  constructor({ owner, needed, balance }: { owner: string; needed: bigint; balance: bigint }) {
    super(`Cannot register the machine: its owner has ${formatTokens(balance)}, expected ${formatTokens(needed)}`, {
      facts: { owner, missing: formatTokens(needed - balance) },
      hint: 'send the owner the missing tokens and start the agent again; stake comes back when the machine exits',
    })
  }
}
