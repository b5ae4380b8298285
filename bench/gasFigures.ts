/** A figure of somebody else for the nearest thing that his contracts do. */
export type Peer = { name: string; value: number; how: Source }

/** `here`: run on this kind of machine, whole transactions; `call`: his own, without the 22,000 or so that every
 * transaction costs before its call; `estimate`: his own, on paper, give or take 40 %. */
export type Source = 'here' | 'call' | 'estimate'

/** What a figure has to keep, and whom it is held against; the nearest peer comes first and goes into the results. */
export type Figure = { max: number; peers: readonly Peer[] }

const sablierWithdraw: Peer = { name: 'Sablier Flow withdraw', value: 47_757, how: 'call' }

/** The figures of the ledger. The peers are measured and told in the project's research on peers, section 6, and on chains, section 5. */
export const figures: Record<string, Figure> = {
  'lease.open': {
    max: 130_000,
    peers: [
      { name: 'DeepLink rentMachine', value: 565_000, how: 'here' },
      { name: 'iExec Boost match', value: 479_000, how: 'here' },
      { name: 'Sablier Flow create', value: 127_027, how: 'call' },
    ],
  },
  'lease.close': {
    max: 95_000,
    peers: [
      { name: 'DeepLink endRentMachine, average', value: 184_000, how: 'here' },
      { name: 'DeepLink endRentMachine, maximum', value: 344_000, how: 'here' },
      { name: 'Akash EVM close', value: 450_000, how: 'estimate' },
    ],
  },
  'lease.openClose': {
    max: 215_000,
    peers: [
      { name: 'DeepLink rent and end', value: 749_000, how: 'here' },
      { name: 'iExec Boost match and push', value: 735_000, how: 'here' },
      { name: 'Akash EVM, open to close', value: 2_300_000, how: 'estimate' },
    ],
  },
  'lease.settle': { max: 70_000, peers: [sablierWithdraw] },
  'lease.extend': {
    max: 60_000,
    peers: [
      { name: 'Livepeer fundDepositAndReserve', value: 108_000, how: 'here' },
      { name: 'Sablier Flow deposit', value: 37_028, how: 'call' },
      { name: 'Akash EVM top-up', value: 150_000, how: 'estimate' },
    ],
  },
  'owner.withdraw': {
    max: 50_000,
    peers: [sablierWithdraw, { name: 'Akash EVM withdraw', value: 180_000, how: 'estimate' }],
  },
  'machine.register': {
    max: 300_000,
    peers: [
      { name: 'Prime Intellect provider, node, validation', value: 572_000, how: 'here' },
      { name: 'DeepLink stakeV2', value: 672_000, how: 'here' },
    ],
  },
  'stake.slash': {
    max: 89_000,
    peers: [{ name: 'Prime Intellect slash', value: 89_000, how: 'here' }],
  },
}
