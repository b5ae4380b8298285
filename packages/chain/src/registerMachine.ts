import { machinesAbi } from '@hotaru/contracts'
import type { Offer } from '@hotaru/protocol'
import { type Address, encodeFunctionData, type Hex, type LocalAccount, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { toRawOffer } from './offer.ts'
import { readCall } from './readCall.ts'
import { accountOf, sendCall, toWritten, type Written } from './sendCall.ts'

/**
 * Registers a machine of the account: locks the stake of its slots and mints its deed. `requestAudit` comes next.
 *
 * The machine key signs that it wants to work for this owner. @throws RefusedError with `Stakes_FreeTooSmall`,
 * `Machines_KeyTaken` (see `findMachineByKey`), `Machines_OfferInvalid`, …
 */
export async function registerMachine(
  ledger: Ledger,
  parameters: registerMachine.Parameters,
): Promise<Written & { machineId: bigint }> {
  const { key, slots, offer, endpoint, claim } = parameters
  const action = 'register the machine'
  const owner = accountOf(ledger, action).address
  const keySignature = await signMachineKey(ledger, { key, owner })
  const registration = { key: key.address, slots, offer: toRawOffer(offer), endpoint, claim }
  const args = [registration, keySignature] as const
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'register', args })
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.machines, data }, action)
  const [registered] = parseEventLogs({ abi: machinesAbi, eventName: 'Registered', logs: receipt.logs })
  return { ...toWritten(receipt), machineId: registered?.args.machineId ?? 0n }
}

export declare namespace registerMachine {
  type Parameters = {
    /** The machine key, which only the agent has. */
    key: LocalAccount
    slots: number
    offer: Offer
    /** Where the agent listens, as a multiaddr. */
    endpoint: string
    /** What the hardware is, as JSON; nobody vouches for it. */
    claim: string
  }
}

/** The machine key's consent to sign for a machine of `owner`, as EIP-712. */
export async function signMachineKey(
  ledger: Ledger,
  { key, owner }: { key: LocalAccount; owner: Address },
): Promise<Hex> {
  const { chainId, addresses } = ledger.deployment
  const nonce = await readCall(ledger, 'read the nonce of the machine key', (client, { machines }) =>
    client.readContract({ abi: machinesAbi, address: machines, functionName: 'keyNonce', args: [key.address] }),
  )
  return key.signTypedData({
    domain: { name: 'Hotaru Machines', version: '1', chainId, verifyingContract: addresses.machines },
    types: {
      MachineKey: [
        { name: 'owner', type: 'address' },
        { name: 'nonce', type: 'uint256' },
      ],
    },
    primaryType: 'MachineKey',
    message: { owner, nonce },
  })
}
