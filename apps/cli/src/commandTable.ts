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
    words: ['lease', 'receipt'],
    summary: 'Print what a lease cost and where the money went',
    load: async () => (await import('./commands/leaseReceipt.ts')).leaseReceipt,
  },
  {
    words: ['network', 'status'],
    summary: 'Show the chain, the contracts, the machines and your balance',
    load: async () => (await import('./commands/networkStatus.ts')).networkStatus,
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
