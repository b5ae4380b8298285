import { BaseError } from '@hotaru/base'
import {
  burnTableAbi,
  classTableAbi,
  hotaruGovernorAbi,
  leasesAbi,
  pricesAbi,
  rewardsAbi,
  timelockControllerAbi,
} from '@hotaru/contracts'
import { type Address, zeroAddress } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/**
 * Reads every power that anybody has over the ledger and compares it with the design: what governance may change obeys the
 * timelock, the timelock the governor, the governor the votes, and the guardian has his pause. The deployer has nothing.
 *
 * @throws PowersError that names the first power that lies elsewhere.
 */
export async function assertPowers(ledger: Ledger, { deployer }: { deployer: Address }): Promise<void> {
  const found = await readCall(ledger, 'read the powers over the ledger', readPowers(deployer))
  const { addresses, parameters } = ledger.deployment
  const { timelock } = addresses
  const expected: Record<keyof typeof found, unknown> = {
    ...{ 'burnTable.GOVERNANCE': timelock, 'classTable.GOVERNANCE': timelock },
    ...{ 'prices.GOVERNANCE': timelock, 'rewards.GOVERNANCE': timelock },
    ...{ 'leases.GUARDIAN': parameters.guardian, 'rewards.GUARDIAN': parameters.guardian },
    'governor.timelock': timelock,
    ...{ 'governor proposes': true, 'governor cancels': true, 'anyone carries out': true },
    ...{ 'timelock administers itself': true, 'nobody else administers': false },
    ...{ 'deployer administers': false, 'deployer proposes': false, 'deployer cancels': false },
    'timelock delay': BigInt(parameters.governance.timelockSeconds),
  }
  for (const [power, value] of Object.entries(found)) {
    const wanted = expected[power as keyof typeof found]
    if (value !== wanted) throw new PowersError({ power, found: String(value), expected: String(wanted) })
  }
}

const readPowers = (deployer: Address) => async (client: Ledger['client'], at: Ledger['deployment']['addresses']) => {
  const timelock = { abi: timelockControllerAbi, address: at.timelock } as const
  const roles = ['PROPOSER_ROLE', 'CANCELLER_ROLE', 'EXECUTOR_ROLE', 'DEFAULT_ADMIN_ROLE'] as const
  const [proposer, canceller, executor, admin] = await Promise.all(
    roles.map((functionName) => client.readContract({ ...timelock, functionName })),
  )
  const has = (role: `0x${string}` | undefined, account: Address) =>
    client.readContract({ ...timelock, functionName: 'hasRole', args: [role ?? '0x', account] })
  const reads = {
    'burnTable.GOVERNANCE': client.readContract({
      ...{ abi: burnTableAbi, address: at.burnTable, functionName: 'GOVERNANCE' },
    }),
    'classTable.GOVERNANCE': client.readContract({
      ...{ abi: classTableAbi, address: at.classTable, functionName: 'GOVERNANCE' },
    }),
    'prices.GOVERNANCE': client.readContract({ abi: pricesAbi, address: at.prices, functionName: 'GOVERNANCE' }),
    'rewards.GOVERNANCE': client.readContract({ abi: rewardsAbi, address: at.rewards, functionName: 'GOVERNANCE' }),
    'leases.GUARDIAN': client.readContract({ abi: leasesAbi, address: at.leases, functionName: 'GUARDIAN' }),
    'rewards.GUARDIAN': client.readContract({ abi: rewardsAbi, address: at.rewards, functionName: 'GUARDIAN' }),
    'governor.timelock': client.readContract({
      ...{ abi: hotaruGovernorAbi, address: at.governor, functionName: 'timelock' },
    }),
    'governor proposes': has(proposer, at.governor),
    'governor cancels': has(canceller, at.governor),
    'anyone carries out': has(executor, zeroAddress),
    'timelock administers itself': has(admin, at.timelock),
    'nobody else administers': has(admin, at.governor),
    'deployer administers': has(admin, deployer),
    'deployer proposes': has(proposer, deployer),
    'deployer cancels': has(canceller, deployer),
    'timelock delay': client.readContract({ ...timelock, functionName: 'getMinDelay' }),
  }
  const values = await Promise.all(Object.values(reads))
  return Object.fromEntries(Object.keys(reads).map((power, index) => [power, values[index]])) as Record<
    keyof typeof reads,
    unknown
  >
}

export class PowersError extends BaseError {
  override readonly name = 'Ledger.PowersError'

  constructor(facts: { power: string; found: string; expected: string }) {
    const { power, found, expected } = facts
    super(`Cannot use the deployed ledger: "${power}" is "${found}", expected "${expected}"`, {
      facts,
      hint: 'deploy again from a fresh account; nothing was entrusted to this one yet',
    })
  }
}
