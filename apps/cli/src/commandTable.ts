import type { Command } from './Command.ts'

/** A command as the table knows it: its words, what help says in one line, and where it is. */
export type Entry = { words: readonly string[]; summary: string; load(): Promise<Command> }

/** All commands, in the order in which a renter meets them. None is loaded before it is needed. */
export const commandTable: readonly Entry[] = [
  {
    words: ['machine', 'list'],
    summary: 'List the machines of the network',
    load: async () => (await import('./commands/machineList.ts')).machineList,
  },
  {
    words: ['machine', 'show'],
    summary: 'Show one machine: class, offer, stake, audit, what it earns',
    load: async () => (await import('./commands/machineShow.ts')).machineShow,
  },
  {
    words: ['machine', 'claim'],
    summary: "Pay a machine's owner what the network and its programmes owe",
    load: async () => (await import('./commands/machineClaim.ts')).machineClaim,
  },
  {
    words: ['offer', 'search'],
    summary: 'Find machines that can be leased now, and why others cannot',
    load: async () => (await import('./commands/offerSearch.ts')).offerSearch,
  },
  {
    words: ['run'],
    summary: 'Lease a machine, run a program on it, fetch the results, pay by the second',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    words: ['lease', 'list'],
    summary: 'List your leases',
    load: async () => (await import('./commands/leaseList.ts')).leaseList,
  },
  {
    words: ['lease', 'show'],
    summary: 'Show one lease: money, time, and what the machine says',
    load: async () => (await import('./commands/leaseShow.ts')).leaseShow,
  },
  {
    words: ['lease', 'logs'],
    summary: 'Print what the program of a lease printed',
    load: async () => (await import('./commands/leaseLogs.ts')).leaseLogs,
  },
  {
    words: ['lease', 'results'],
    summary: 'Fetch the files that the program of a lease left under out/',
    load: async () => (await import('./commands/leaseResults.ts')).leaseResults,
  },
  {
    words: ['lease', 'stop'],
    summary: 'Stop a lease; the unused seconds come back',
    load: async () => (await import('./commands/leaseStop.ts')).leaseStop,
  },
  {
    words: ['lease', 'prove'],
    summary: 'Have the slots of your running lease prove what they compute',
    load: async () => (await import('./commands/leaseProve.ts')).leaseProve,
  },
  {
    words: ['lease', 'receipt'],
    summary: 'Print what a lease cost and where the money went',
    load: async () => (await import('./commands/leaseReceipt.ts')).leaseReceipt,
  },
  {
    words: ['network', 'status'],
    summary: 'Show the chain, the contracts, the machines and your balance',
    load: async () => (await import('./commands/networkStatus.ts')).networkStatus,
  },
  {
    words: ['audit', 'list'],
    summary: 'List audits, the newest first',
    load: async () => (await import('./commands/auditList.ts')).auditList,
  },
  {
    words: ['audit', 'show'],
    summary: 'Show one audit: committee, verdicts, transcript, forgery',
    load: async () => (await import('./commands/auditShow.ts')).auditShow,
  },
  {
    words: ['fault', 'list'],
    summary: 'List faults that were reported, the newest first',
    load: async () => (await import('./commands/faultList.ts')).faultList,
  },
  {
    words: ['fault', 'show'],
    summary: 'Show one fault: who reported what, the verdict, the penalty',
    load: async () => (await import('./commands/faultShow.ts')).faultShow,
  },
  {
    words: ['program', 'list'],
    summary: 'List the reward programmes that machines can mine',
    load: async () => (await import('./commands/programList.ts')).programList,
  },
  {
    words: ['program', 'show'],
    summary: 'Show one reward programme: token, budget, what it pays for',
    load: async () => (await import('./commands/programShow.ts')).programShow,
  },
  {
    words: ['vote', 'list'],
    summary: 'List proposals, the newest first',
    load: async () => (await import('./commands/voteList.ts')).voteList,
  },
  {
    words: ['vote', 'show'],
    summary: 'Show one proposal: what it changes, the votes, what comes next',
    load: async () => (await import('./commands/voteShow.ts')).voteShow,
  },
  {
    words: ['vote', 'cast'],
    summary: 'Vote on a proposal',
    load: async () => (await import('./commands/voteCast.ts')).voteCast,
  },
  {
    words: ['vote', 'delegate'],
    summary: 'Say who votes with your tokens and stake: you, where no address is given',
    load: async () => (await import('./commands/voteDelegate.ts')).voteDelegate,
  },
  {
    words: ['vote', 'advance'],
    summary: 'Queue a proposal that was accepted, or carry out one whose delay is over',
    load: async () => (await import('./commands/voteAdvance.ts')).voteAdvance,
  },
  {
    words: ['ledger', 'show'],
    summary: 'Show the whole ledger: addresses, parameters in force, tokens, governance',
    load: async () => (await import('./commands/ledgerShow.ts')).ledgerShow,
  },
]

/** The entry whose words the arguments begin with. */
export function findEntry(words: readonly string[]): Entry | undefined {
  return commandTable.find((entry) => entry.words.every((word, index) => words[index] === word))
}

/** The command words nearest to what was typed, for a hint; undefined when nothing is near. */
export function suggest(words: readonly string[]): string | undefined {
  const typed = words.slice(0, 2).join(' ')
  const near = commandTable
    .map((entry) => ({ text: entry.words.join(' '), distance: distance(typed, entry.words.join(' ')) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= 4 ? near.text : undefined
}

/** Levenshtein's edits between two short texts. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    row = next
  }
  return row.at(-1) ?? 0
}
