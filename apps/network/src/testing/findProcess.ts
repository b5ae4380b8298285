import { readdir, readFile } from 'node:fs/promises'

/** The process whose command line holds all of `words`. */
export async function findProcess(...words: string[]): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (words.every((word) => command.includes(word))) return Number(pid)
  }
  throw new Error(`Cannot find the process: none has ${words.join(' and ')} in its command line, expected one`)
}
