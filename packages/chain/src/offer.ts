import { machinesAbi } from '@hotaru/contracts'
import { type Offer, tiers } from '@hotaru/protocol'
import { type ContractFunctionReturnType, encodeAbiParameters, getAbiItem, type Hex, keccak256 } from 'viem'

/** An offer as the ledger keeps it. */
export type RawOffer = ContractFunctionReturnType<typeof machinesAbi, 'view', 'machine'>['offer']

/** The protocol's offer in the ledger's numbers. */
export function toRawOffer(offer: Offer): RawOffer {
  const { usdPerSlotHour, minSeconds, maxSeconds, tier, preemptibleUsdPerSlotHour, week } = offer
  return {
    usdPerSlotHour: Number(usdPerSlotHour),
    preemptibleUsdPerSlotHour: Number(preemptibleUsdPerSlotHour ?? 0n),
    ...{ minSeconds, maxSeconds, tier: tiers.indexOf(tier) },
    preemptible: preemptibleUsdPerSlotHour !== undefined,
    weekHours: week?.hours ?? 0n,
    utcOffset: (week?.utcOffsetMinutes ?? 0) / minutesPerStep,
  }
}

/** The ledger's offer in the protocol's words. */
export function toOffer(raw: RawOffer): Offer {
  const { minSeconds, maxSeconds } = raw
  return {
    usdPerSlotHour: BigInt(raw.usdPerSlotHour),
    ...{ minSeconds, maxSeconds, tier: tiers[raw.tier] ?? 'process' },
    ...(raw.preemptible && { preemptibleUsdPerSlotHour: BigInt(raw.preemptibleUsdPerSlotHour) }),
    ...(raw.weekHours !== 0n && {
      week: { hours: raw.weekHours, utcOffsetMinutes: raw.utcOffset * minutesPerStep },
    }),
  }
}

/** What `Machines.offerHash` answers: keccak-256 of the ABI-encoded terms. */
export function hashRawOffer(raw: RawOffer): Hex {
  return keccak256(encodeAbiParameters([offerParameter], [raw]))
}

/** The ledger counts offsets of local time in quarters of an hour. */
const minutesPerStep = 15

const offerParameter = getAbiItem({ abi: machinesAbi, name: 'setOffer' }).inputs[1]
