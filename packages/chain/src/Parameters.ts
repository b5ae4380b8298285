import { initialClassTable } from '@hotaru/protocol'
import { type Address, getAddress, isAddress } from 'viem'
import { z } from 'zod'

export const address = z
  .custom<Address>((value) => typeof value === 'string' && isAddress(value), 'an address')
  .transform((value) => getAddress(value))

const amount = z.string().regex(/^\d+$/, 'a whole number of token units')
const seconds = z.int().nonnegative()
const band = z.int().min(0).max(65_535)

/**
 * Everything that a ledger is made with and that differs from network to network. What is the same on all (stakes, windows,
 * shares, bounds) is a constant of the contract it concerns; docs/ledger.md lists both, with the reasons.
 */
export const parametersSchema = z.object({
  /** Receives the genesis supply of the token. */
  holder: address,
  /** May stop new leases and mints for a week in a month, and nothing else. */
  guardian: address,
  /** Admitted to report the token's price; each counts once it has locked its stake. */
  reporters: z.array(address).min(1).max(21),
  /** Share of the rent that is burnt, in ten-thousandths, from so many verified slots on. The first is from 0. */
  burnSteps: z
    .array(z.object({ fromSlots: seconds, bps: z.int().min(100).max(5000) }))
    .min(1)
    .max(8),
  /** What measured slots are called and weigh, in rising points. */
  classTable: z
    .array(
      z.object({
        name: z.string().regex(/^[\x21-\x7e]{1,16}$/, '1 to 16 ASCII characters'),
        kind: z.enum(['cpu', 'gpu']),
        ...{ computeFrom: band, computeTo: band, memoryFrom: band },
        pointsPerSlot: z
          .int()
          .min(1)
          .max(2 ** 24),
        calibrated: z.boolean(),
      }),
    )
    .max(32),
  /** Seconds from the wish to take stake out to the moment it is free: the time in which a fault can still be found. */
  unbondingSeconds: seconds,
  /** Seconds of an epoch, the same in Leases, Rewards and Programs. */
  epochSeconds: z.int().min(10).max(86_400),
  /** Where randomness comes from. */
  beacon: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('drand'),
      /** The four words of the chain's public key, as drand gives them. */
      publicKey: z.array(z.string().regex(/^0x[0-9a-f]{64}$/)).length(4),
      genesis: seconds,
      periodSeconds: z.int().positive(),
    }),
    z.object({
      kind: z.literal('local'),
      /** Signs the rounds, and so knows them beforehand: for a network of one's own. */
      signer: address,
      genesis: seconds,
      periodSeconds: z.int().positive(),
    }),
  ]),
  /** Seconds by which the round that draws a committee, and the one that picks entries, must come after what they follow. */
  seedDelaySeconds: seconds,
  pickDelaySeconds: seconds,
  /** The challenge of an audit: `rounds` products of n × n for each slot. */
  challenge: z.object({ n: z.int().min(16).max(32_768), rounds: z.int().min(1).max(1024) }),
  governance: z.object({
    /** Seconds from a proposal to the moment at which votes are weighed, and for which votes are taken. */
    votingDelaySeconds: seconds,
    votingPeriodSeconds: z.int().positive(),
    /** Votes that a proposer needs, in token units. */
    proposalThreshold: amount,
    /** Seconds that remain at least once a quorum is reached. */
    lateQuorumSeconds: seconds,
    /** Seconds from an accepted proposal to the moment it can be carried out. */
    timelockSeconds: seconds,
  }),
})
export type Parameters = z.infer<typeof parametersSchema>

const day = 86_400
const oneToken = 10n ** 18n

/** What a real network starts with; the parties are its own. Each figure has its reason in docs/ledger.md. */
export const realParameters = {
  burnSteps: [
    { fromSlots: 0, bps: 500 },
    { fromSlots: 1_000, bps: 1_000 },
    { fromSlots: 5_000, bps: 1_500 },
    { fromSlots: 10_000, bps: 2_000 },
  ],
  classTable: [...initialClassTable],
  unbondingSeconds: 14 * day,
  epochSeconds: day,
  seedDelaySeconds: 15,
  pickDelaySeconds: 15,
  challenge: { n: 8_192, rounds: 512 },
  governance: {
    votingDelaySeconds: day,
    votingPeriodSeconds: 7 * day,
    proposalThreshold: (100_000n * oneToken).toString(),
    lateQuorumSeconds: day,
    timelockSeconds: 2 * day,
  },
} satisfies Partial<Parameters>

/** A network of one's own: everything as on a real one, but in seconds where that takes days, and work for one processor. */
export const localParameters = {
  ...realParameters,
  epochSeconds: 20,
  seedDelaySeconds: 1,
  pickDelaySeconds: 1,
  challenge: { n: 128, rounds: 16 },
  governance: {
    votingDelaySeconds: 2,
    votingPeriodSeconds: 20,
    proposalThreshold: (100_000n * oneToken).toString(),
    lateQuorumSeconds: 5,
    timelockSeconds: 10,
  },
} satisfies Partial<Parameters>
