import { BaseError } from '@hotaru/base'
import { leasesAbi } from '@hotaru/contracts'
import { formatTokens } from '@hotaru/protocol'
import { encodeFunctionData, type Hex, parseEventLogs } from 'viem'
import { balanceOf } from './balanceOf.ts'
import type { Ledger } from './createLedger.ts'
import { quoteLease } from './quoteLease.ts'
import { accountOf, sendCall, toWritten, type Written } from './sendCall.ts'
import { signPermit } from './signPermit.ts'

/**
 * Opens a lease: one transaction that brings the token's permit along and pays the escrow.
 *
 * @returns The lease's number and what it pays a second.
 * @throws BalanceTooSmallError before anything is signed; RefusedError with `Machines_OfferChanged`, `Leases_SlotsBusy`,
 * `Leases_RateTooHigh`, … when the offer is no longer what the renter saw.
 */
export async function openLease(ledger: Ledger, parameters: openLease.Parameters): Promise<openLease.Opened> {
  const { machineId, slots, durationSeconds, workloadDigest } = parameters
  const action = `open a lease of machine "${machineId}"`
  const account = accountOf(ledger, action)
  const [quote, balance] = await Promise.all([
    quoteLease(ledger, parameters),
    balanceOf(ledger, { account: account.address }),
  ])
  const needed = withFee(quote.rate, parameters.feeBps) * BigInt(durationSeconds)
  if (balance < needed) throw new BalanceTooSmallError({ account: account.address, balance, needed })
  const maxRate = parameters.maxRate ?? (withFee(quote.rate, parameters.feeBps) * rateSlackPercent) / 100n
  const offerHash = parameters.offerHash ?? quote.offerHash
  const { preemptible = false, operatorId = 0, feeBps = 0 } = parameters
  const order = {
    ...{ machineId, slots, duration: durationSeconds, preemptible },
    ...{ operatorId, feeBps, offerHash, maxRate, workloadDigest },
  }
  // The next permit is signed over a nonce that this one uses up.
  const receipt = await ledger.permitLine.run(async () => {
    const spender = ledger.deployment.addresses.leases
    const permit = await signPermit(ledger, { spender, value: maxRate * BigInt(durationSeconds) })
    const { value, deadline, v, r, s } = permit
    const args = [order, value, deadline, v, r, s] as const
    const data = encodeFunctionData({ abi: leasesAbi, functionName: 'openWithPermit', args })
    return sendCall(ledger, { to: spender, data }, action)
  })
  const [opened] = parseEventLogs({ abi: leasesAbi, eventName: 'Opened', logs: receipt.logs })
  if (!opened) throw new NotOpenedError({ hash: receipt.transactionHash })
  const { leaseId, rate, escrow } = opened.args
  return { ...toWritten(receipt), leaseId, rate, escrow }
}

export declare namespace openLease {
  type Parameters = quoteLease.Parameters & {
    /** `hashWorkload` of what will be sent, so that the machine can check it. */
    workloadDigest: Hex
    /** The terms the renter saw; others are refused. @default the present ones */
    offerHash?: Hex | undefined
    /** The most token units a second. @default two percent above the present rate, for a price that moves meanwhile */
    maxRate?: bigint | undefined
    /** The cloud that brought the renter. @default none */
    operatorId?: number | undefined
    /** The fee agreed with it, on top of the rent, in ten-thousandths of what is paid. @default 0 */
    feeBps?: number | undefined
  }
  type Opened = Written & { leaseId: bigint; rate: bigint; escrow: bigint }
}

const rateSlackPercent = 102n

/** `Rent.withFee` of the ledger: the rate of which `rate` is left when the operator's share is taken off. */
const withFee = (rate: bigint, feeBps = 0) => {
  const left = 10_000n - BigInt(feeBps)
  return (rate * 10_000n + left - 1n) / left
}

export class BalanceTooSmallError extends BaseError {
  override readonly name = 'Ledger.BalanceTooSmallError'

  constructor(facts: { account: string; balance: bigint; needed: bigint }) {
    const { account, balance, needed } = facts
    super(`Cannot pay: the balance is "${formatTokens(balance)}", expected at least "${formatTokens(needed)}"`, {
      facts: { ...facts, missing: formatTokens(needed - balance) },
      hint: `get the missing tokens (on a local network \`npm run faucet -- ${account}\` gives some), or lease for a shorter time`,
    })
  }
}

class NotOpenedError extends BaseError {
  override readonly name = 'Ledger.NotOpenedError'

  constructor(facts: { hash: Hex }) {
    super('Cannot read the opened lease: its transaction has no event, expected "Opened"', { facts })
  }
}
