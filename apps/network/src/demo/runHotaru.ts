import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { BaseError } from '@hotaru/base'
import { commandLine } from '../runJob.ts'

/** Runs one command of the command line and gives back what it wrote to standard output, unless a person was shown it. */
export async function runHotaru(args: readonly string[], options: runHotaru.Options): Promise<string> {
  const { hotaruHome, directory, isShown, signal } = options
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', commandLine, ...args], {
    // What a run saves is of no use afterwards.
    cwd: directory,
    env: { ...process.env, HOTARU_ATTACHED: '1', ...(hotaruHome && { HOTARU_HOME: hotaruHome }) },
    stdio: ['pipe', isShown ? 'inherit' : 'pipe', 'inherit'],
  })
  // As Ctrl-C does: a run closes its lease first.
  const interrupt = () => child.kill('SIGINT')
  signal.addEventListener('abort', interrupt, { once: true })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, stdout] = await Promise.all([ended, child.stdout ? text(child.stdout) : ''])
  signal.removeEventListener('abort', interrupt)
  if (code !== 0) throw new CommandFailedError({ command: args.join(' '), code })
  return stdout
}

export declare namespace runHotaru {
  type Options = { hotaruHome: string | undefined; directory: string; isShown: boolean; signal: AbortSignal }
}

class CommandFailedError extends BaseError {
  override readonly name = 'Demo.CommandFailedError'

  constructor({ command, code }: { command: string; code: number | null }) {
    super(`Cannot go on with the demonstration: "hotaru ${command}" ended with "${code}", expected "0"`)
  }
}
