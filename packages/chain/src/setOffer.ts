import { machinesAbi } from '@hotaru/contracts'
import type { Offer } from '@hotaru/protocol'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { toRawOffer } from './offer.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Changes the terms for new leases; those that are open keep theirs. For the owner. */
export function setOffer(ledger: Ledger, { machineId, offer }: { machineId: bigint; offer: Offer }): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'setOffer', args: [machineId, toRawOffer(offer)] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.machines, data },
    `set the offer of machine "${machineId}"`,
  )
}
