import { programsAbi } from '@hotaru/contracts'
import { type Address, encodeFunctionData, parseEventLogs, zeroAddress } from 'viem'
import type { Ledger } from './createLedger.ts'
import { programFacts } from './readProgram.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/** Creates a reward programme and pays its budget in; the token must allow Programs to take it. The account is its sponsor. */
export async function createProgram(
  ledger: Ledger,
  parameters: createProgram.Parameters,
): Promise<Written & { programId: bigint }> {
  const { name, token, fact, fromEpoch, untilEpoch, perEpoch, maxPerBurnt = 0n, hook = zeroAddress } = parameters
  const sponsor = ledger.wallet?.account.address ?? zeroAddress
  const program = {
    ...{ sponsor, token, fact: programFacts.indexOf(fact), fromEpoch, untilEpoch, perEpoch, maxPerBurnt, hook, name },
  }
  const data = encodeFunctionData({ abi: programsAbi, functionName: 'create', args: [program] })
  const receipt = await sendCall(
    ledger,
    { to: ledger.deployment.addresses.programs, data },
    `create programme "${name}"`,
  )
  const [created] = parseEventLogs({ abi: programsAbi, eventName: 'Created', logs: receipt.logs })
  return { ...toWritten(receipt), programId: created?.args.programId ?? 0n }
}

export declare namespace createProgram {
  type Parameters = {
    name: string
    token: Address
    fact: (typeof programFacts)[number]
    fromEpoch: number
    untilEpoch: number
    /** Units of its token, at most, in an epoch. */
    perEpoch: bigint
    /** For work: units paid for one token of value burnt, at most. @default 0n */
    maxPerBurnt?: bigint | undefined
    /** The contract that says which machines may join. @default all may */
    hook?: Address | undefined
  }
}
