import { type ChildProcess, spawn } from 'node:child_process'
import { BaseError } from '@hotaru/base'

/** A program that answers lines with lines. */
export type Child = {
  /** @throws `Prover.ChildEndedError`, `Prover.ChildNonsenseError`, `Prover.ChildRefusedError` */
  call(asked: object): Promise<unknown>
  /** Ends it; calls that wait are rejected with `how`. @default 'it was closed' */
  close(how?: string): Promise<void>
}

/** The largest answer is openings, kilobytes each; a line beyond this is none. */
const longestLineBytes = 2 ** 26

/** How much of standard error is kept to say why a child ended. */
const keptBytes = 2000

/**
 * Starts a program that speaks the protocol of `protocol.ts`. Whatever is wrong with it, it is killed, and every call
 * that waits and every later one is rejected with the reason. It ends with this process too: its input ends then.
 */
export function startChild({ name, command, args, env }: startChild.Options): Child {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let reason: Error | undefined
  let said = ''
  let next = 1
  const end = (error: Error) => {
    reason ??= error
    child.kill('SIGKILL')
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  }
  const take = (line: string) => {
    const answer = readAnswer(line)
    const call = answer && waiting.get(answer.id)
    if (!answer || !call) return end(new ChildNonsenseError({ name, line }))
    waiting.delete(answer.id)
    if ('error' in answer) call.reject(new ChildRefusedError({ name, sentence: answer.error }))
    else call.resolve(answer.ok)
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (cause) => {
      end(new ChildEndedError({ name, how: cause.message, cause }))
      resolve()
    })
    child.once('close', (code, signal) => {
      end(new ChildEndedError({ name, how: `it ended with ${signal ?? code}`, said }))
      resolve()
    })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptBytes)
  })
  // What is written to a child that has ended is lost; its end rejects the call.
  child.stdin.on('error', () => {})
  readLines(child, take, () => end(new ChildNonsenseError({ name, line: `more than ${longestLineBytes} bytes` })))
  return {
    call: (asked) => {
      if (reason) return Promise.reject(reason)
      const id = next++
      const call = Promise.withResolvers<unknown>()
      waiting.set(id, call)
      child.stdin.write(`${JSON.stringify({ id, ...asked })}\n`)
      return call.promise
    },
    close: async (how = 'it was closed') => {
      end(new ChildEndedError({ name, how }))
      await ended
    },
  }
}

export declare namespace startChild {
  type Options = {
    /** How errors call it. */
    name: string
    command: string
    args: readonly string[]
    /** What it gets beside this process's environment. */
    env?: Readonly<Record<string, string>> | undefined
  }
}

function readLines(child: ChildProcess, take: (line: string) => void, tooLong: () => void): void {
  let rest: string[] = []
  let length = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n')
    rest.push(first)
    length += first.length
    for (const piece of more) {
      take(rest.join(''))
      rest = [piece]
      length = piece.length
    }
    if (length > longestLineBytes) tooLong()
  })
}

function readAnswer(line: string): { id: number; ok: unknown } | { id: number; error: string } | undefined {
  try {
    const answer = JSON.parse(line)
    if (typeof answer.id !== 'number') return undefined
    return 'ok' in answer || typeof answer.error === 'string' ? answer : undefined
  } catch {
    return undefined
  }
}

export class ChildEndedError extends BaseError {
  override readonly name = 'Prover.ChildEndedError'

  constructor({ name, how, said = '', cause }: { name: string; how: string; said?: string; cause?: unknown }) {
    const last = said.trim().split('\n').at(-1)
    super(`Cannot prove with ${name}: ${how}${last ? `, saying "${last}"` : ''}, expected it to answer`, {
      facts: { backend: name },
      hint: 'a process that the system killed had not enough memory: dmesg says so',
      cause,
    })
  }
}

export class ChildNonsenseError extends BaseError {
  override readonly name = 'Prover.ChildNonsenseError'

  constructor({ name, line }: { name: string; line: string }) {
    super(`Cannot prove with ${name}: it said "${line.slice(0, 80)}", expected the answer to a question`, {
      facts: { backend: name },
    })
  }
}

/** What the back end itself could not do, in its own words. */
export class ChildRefusedError extends BaseError {
  override readonly name = 'Prover.ChildRefusedError'

  constructor({ name, sentence }: { name: string; sentence: string }) {
    super(sentence, { facts: { backend: name } })
  }
}
