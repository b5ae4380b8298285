import { BaseError } from '@hotaru/base'
import { auditsAbi, leasesAbi, machinesAbi, pricesAbi, stakesAbi, tokenAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Reads back what every contract was told at its birth and compares it with the deployment. @throws WiringError */
export async function assertWiring(ledger: Ledger): Promise<void> {
  const { addresses, parameters } = ledger.deployment
  const found = await readCall(ledger, 'read the wiring of the contracts', readWiring)
  const expected: Record<keyof typeof found, unknown> = {
    ...{ 'stakes.TOKEN': addresses.token, 'leases.TOKEN': addresses.token },
    ...{ 'stakes.MACHINES': addresses.machines, 'stakes.AUDITS': addresses.audits },
    ...{ 'audits.MACHINES': addresses.machines, 'audits.STAKES': addresses.stakes },
    ...{
      'machines.STAKES': addresses.stakes,
      'machines.AUDITS': addresses.audits,
      'machines.LEASES': addresses.leases,
    },
    ...{ 'leases.MACHINES': addresses.machines, 'leases.AUDITS': addresses.audits, 'leases.PRICES': addresses.prices },
    'leases.GUARDIAN': parameters.guardian,
    'leases.BURN_BPS': parameters.burnBps,
    'stakes.UNBONDING_PERIOD': BigInt(parameters.unbondingSeconds),
    'prices.reporters': parameters.reporters.join(),
    'token.symbol': 'HOTA',
  }
  for (const [place, value] of Object.entries(found)) {
    const wanted = expected[place as keyof typeof found]
    if (value !== wanted) throw new WiringError({ place, found: String(value), expected: String(wanted) })
  }
}

async function readWiring(client: Ledger['client'], at: Ledger['deployment']['addresses']) {
  const token = { abi: tokenAbi, address: at.token } as const
  const prices = { abi: pricesAbi, address: at.prices } as const
  const stakes = { abi: stakesAbi, address: at.stakes } as const
  const audits = { abi: auditsAbi, address: at.audits } as const
  const machines = { abi: machinesAbi, address: at.machines } as const
  const leases = { abi: leasesAbi, address: at.leases } as const
  const reads = {
    'stakes.TOKEN': client.readContract({ ...stakes, functionName: 'TOKEN' }),
    'stakes.MACHINES': client.readContract({ ...stakes, functionName: 'MACHINES' }),
    'stakes.AUDITS': client.readContract({ ...stakes, functionName: 'AUDITS' }),
    'stakes.UNBONDING_PERIOD': client.readContract({ ...stakes, functionName: 'UNBONDING_PERIOD' }),
    'audits.MACHINES': client.readContract({ ...audits, functionName: 'MACHINES' }),
    'audits.STAKES': client.readContract({ ...audits, functionName: 'STAKES' }),
    'machines.STAKES': client.readContract({ ...machines, functionName: 'STAKES' }),
    'machines.AUDITS': client.readContract({ ...machines, functionName: 'AUDITS' }),
    'machines.LEASES': client.readContract({ ...machines, functionName: 'LEASES' }),
    'leases.TOKEN': client.readContract({ ...leases, functionName: 'TOKEN' }),
    'leases.MACHINES': client.readContract({ ...leases, functionName: 'MACHINES' }),
    'leases.AUDITS': client.readContract({ ...leases, functionName: 'AUDITS' }),
    'leases.PRICES': client.readContract({ ...leases, functionName: 'PRICES' }),
    'leases.GUARDIAN': client.readContract({ ...leases, functionName: 'GUARDIAN' }),
    'leases.BURN_BPS': client.readContract({ ...leases, functionName: 'BURN_BPS' }),
    'prices.reporters': client.readContract({ ...prices, functionName: 'reporters' }).then((all) => all.join()),
    'token.symbol': client.readContract({ ...token, functionName: 'symbol' }),
  }
  const values = await Promise.all(Object.values(reads))
  return Object.fromEntries(Object.keys(reads).map((place, index) => [place, values[index]])) as Record<
    keyof typeof reads,
    unknown
  >
}

export class WiringError extends BaseError {
  override readonly name = 'Ledger.WiringError'

  constructor(facts: { place: string; found: string; expected: string }) {
    const { place, found, expected } = facts
    super(`Cannot use the deployed ledger: ${place} is "${found}", expected "${expected}"`, {
      facts,
      hint: 'deploy again from a fresh account; nothing was entrusted to this one yet',
    })
  }
}
