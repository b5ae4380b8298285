/** Who a contract is for: whoever rules, whoever judges, the market, or the money that all of it moves. */
export type Group = 'rules' | 'judges' | 'market' | 'money'

/** One contract: what it is about, what tokens it holds, what it only reads, and where it stands (column and row). */
export type Room = {
  group: Group
  subject: string
  holds?: string
  reads: readonly string[]
  at: readonly [column: number, row: number]
}

/** The contracts of a ledger. `calls.test.ts` compares `reads` with the sources. */
export const rooms: Record<string, Room> = {
  Programs: {
    group: 'market',
    subject: 'rewards others pay',
    holds: 'budgets',
    reads: ['Machines', 'Leases'],
    at: [0, 0],
  },
  Operators: { group: 'market', subject: 'clouds and their fees', reads: [], at: [0, 1] },
  Orders: {
    ...{ group: 'market', subject: 'leases by signature', holds: 'deposits, quote bonds' },
    ...{ reads: ['Machines'], at: [0, 2] },
  },
  Machines: { group: 'market', subject: 'deeds, keys, offers, classes', reads: ['ClassTable'], at: [1, 1] },
  Leases: {
    ...{ group: 'market', subject: 'rent by the second', holds: 'escrow, purses' },
    ...{ reads: ['Machines', 'Prices', 'Operators', 'BurnTable'], at: [1, 2] },
  },
  Audits: { group: 'judges', subject: 'challenge, verdict, proof', reads: ['Beacon'], at: [2, 0] },
  Faults: { group: 'judges', subject: 'reports, appeals, penalties', reads: [], at: [2, 1] },
  Committees: { group: 'judges', subject: 'tickets, draws, secret votes', reads: ['Beacon'], at: [3, 1] },
  Beacon: { group: 'judges', subject: 'randomness: drand, or local', reads: [], at: [3, 0] },
  Stakes: { group: 'money', subject: 'free stake and bonds', holds: 'stake', reads: [], at: [2, 2] },
  Rewards: { group: 'money', subject: 'epochs, pots, vesting', reads: ['Leases', 'Machines'], at: [3, 2] },
  Token: { group: 'money', subject: 'HOTA', reads: ['Stakes'], at: [1.5, 3] },
  Governor: { group: 'rules', subject: 'votes', reads: ['Token'], at: [4.15, 0] },
  Timelock: { group: 'rules', subject: 'what votes decided, later', holds: 'treasury', reads: [], at: [4.15, 1] },
  BurnTable: { group: 'rules', subject: 'burn share by verified slots', reads: [], at: [4.15, 2] },
  Prices: { group: 'rules', subject: 'HOTA in US dollars', reads: [], at: [3.2, 3] },
  ClassTable: { group: 'rules', subject: 'classes and their points', reads: [], at: [4.13, 3] },
}

/** What an arrow leaves from and leads to: a side of a box, and where on it, from 0 to 1. */
export type Port = `${'top' | 'bottom' | 'left' | 'right'} ${number}`

/** Calls that change something, from one contract to another. `lane`: where between the two an arrow turns, from 0 to 1; below 0 it goes around. */
export type Call = { from: string; to: string; functions: readonly string[]; exit: Port; enter: Port; lane: number }

const call = (from: string, to: string, functions: string, exit: Port, enter: Port, lane = 0.5): Call => ({
  ...{ from, to, functions: functions.split(' '), exit, enter, lane },
})

/** All of them. `calls.test.ts` compares them with the sources; those of Governor and Timelock are what votes may reach. */
export const calls: readonly Call[] = [
  call('Governor', 'Timelock', 'scheduleBatch cancel executeBatch', 'bottom 0.35', 'top 0.35'),
  call('Timelock', 'Governor', 'setVotingDelay setVotingPeriod', 'top 0.65', 'bottom 0.65'),
  call('Timelock', 'BurnTable', 'set', 'bottom 0.6', 'top 0.6'),
  call('Timelock', 'ClassTable', 'set', 'right 0.6', 'right 0.5', -4),
  call('Timelock', 'Rewards', 'setKappa', 'left 0.6', 'right 0.5', 0.7),
  call('Timelock', 'Prices', 'setReporter', 'bottom 0.25', 'top 0.92', 0.16),
  call('Audits', 'Machines', 'setClass slash', 'left 0.5', 'top 0.5'),
  call('Audits', 'Committees', 'convene dismiss slash', 'bottom 0.5', 'top 0.25'),
  call('Faults', 'Machines', 'slash', 'left 0.45', 'right 0.45'),
  call('Faults', 'Committees', 'convene dismiss', 'right 0.45', 'left 0.45'),
  call('Faults', 'Leases', 'closeAsOf', 'bottom 0.2', 'top 0.8', 0.2),
  call('Faults', 'Stakes', 'lock slash unlock', 'bottom 0.55', 'top 0.55'),
  call('Committees', 'Stakes', 'lock release slash unbond', 'bottom 0.25', 'top 0.85', 0.3),
  call('Committees', 'Rewards', 'creditVerifiers', 'bottom 0.65', 'top 0.65'),
  call('Machines', 'Leases', 'openPurse refreshBurnShare', 'bottom 0.4', 'top 0.4'),
  call('Machines', 'Stakes', 'lock move slash unbond', 'bottom 0.6', 'top 0.25', 0.76),
  call('Machines', 'Rewards', 'forfeit sync', 'bottom 0.9', 'top 0.2', 0.5),
  call('Operators', 'Leases', 'openPurse', 'bottom 0.8', 'top 0.15', 0.5),
  call('Orders', 'Leases', 'hold openFor', 'right 0.5', 'left 0.5'),
  call('Orders', 'Token', 'permit transfer transferFrom', 'bottom 0.5', 'left 0.55'),
  call('Leases', 'Token', 'burn permit transfer transferFrom', 'bottom 0.5', 'top 0.25'),
  call('Stakes', 'Token', 'burn moveStakeVotes permit returnStake takeStake', 'bottom 0.4', 'top 0.8'),
  call('Rewards', 'Token', 'mint', 'bottom 0.15', 'right 0.35'),
  call('Prices', 'Stakes', 'lock release slash unbond', 'left 0.6', 'bottom 0.75'),
]
