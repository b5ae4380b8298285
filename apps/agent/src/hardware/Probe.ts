import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { deadline } from '@hotaru/base/async'

/** How the detection looks at the machine: commands and files, and nothing else. Tests answer from recordings. */
export type Probe = {
  /** Standard output of a command. Rejects when it is missing, fails, or hangs. */
  run(command: string, args: readonly string[]): Promise<string>
  /** A small text file, trimmed. */
  read(path: string): Promise<string>
  /** Names in a directory. */
  list(path: string): Promise<string[]>
}

/** Looks at the machine itself. */
export const systemProbe: Probe = {
  run: (command, args) => deadline(runCommand(command, args), commandTimeoutMs + 1_000, { what: `run ${command}` }),
  read: async (path) => (await readFile(path, 'utf8')).trim(),
  list: (path) => readdir(path),
}

/**
 * Vendor tools answer within a second or so, and a broken driver hangs them for ever, even against SIGKILL: the
 * deadline above does not wait for that.
 */
const commandTimeoutMs = 10_000
const mostOutputBytes = 4 * 2 ** 20

function runCommand(command: string, args: readonly string[]): Promise<string> {
  const options = { timeout: commandTimeoutMs, killSignal: 'SIGKILL', maxBuffer: mostOutputBytes } as const
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], options, (error, stdout) => (error ? reject(error) : resolve(stdout)))
    child.unref()
  })
}
