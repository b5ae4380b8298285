import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Exec, ExecOptions, Task } from '@hotaru/driver'
import type { Exit } from '@hotaru/protocol'
import { buildCommand, environmentOf, userOf } from './buildCommand.ts'
import { closeInherited } from './closeInherited.ts'
import type { Box, Means } from './prepareMeans.ts'

type Piece = { stream: 'stdout' | 'stderr'; bytes: Uint8Array }

/**
 * Runs one more script in a second box that is built like the workload's: same directory, same user, same limits
 * shared with it, same devices. It dies with this process, and with the workload.
 *
 * @param script Path in the task's directory, or `-` to read the program from `stdin`.
 */
export function execute(means: Means, task: Task, execution: execute.Execution, options: ExecOptions = {}): Exec {
  const child = means.box ? spawnInBox(means, means.box, task, execution) : spawnPlain(means, task, execution)
  void feed(child, options.stdin)
  const kill = () => child.kill('SIGKILL')
  options.signal?.addEventListener('abort', kill, { once: true })
  const exit = exitOf(child).finally(() => options.signal?.removeEventListener('abort', kill))
  return { output: merge([child.stdout, child.stderr]), exit }
}

export declare namespace execute {
  type Execution = {
    script: string
    words: readonly string[]
    cgroups: readonly string[]
    /** Where Deno keeps its caches when there is no box with a directory for them. */
    home: string
  }
}

function spawnInBox(means: Means, box: Box, task: Task, { cgroups, script, words }: execute.Execution) {
  const enter = 'for group in $CGROUPS; do echo 0 >"$group/cgroup.procs" || exit 125; done; exec "$@"'
  const open = `{ ${enter}; } 3>/dev/null 9<"$FILTER"`
  return spawn('/bin/sh', ['-c', open, 'sh', ...buildCommand(means, task, script, words)], {
    cwd: '/',
    stdio: closeInherited(['pipe', 'pipe', 'pipe']),
    env: { PATH: '/usr/bin:/bin', CGROUPS: cgroups.join(' '), FILTER: box.filter ?? '/dev/null' },
  })
}

function spawnPlain(means: Means, task: Task, { home, script, words }: execute.Execution) {
  const [program = '', ...rest] = buildCommand(means, task, script, words)
  return spawn(program, rest, {
    cwd: task.directory,
    stdio: closeInherited(['pipe', 'pipe', 'pipe']),
    env: environmentOf(home, task),
    windowsHide: true,
    ...(means.isRoot ? { uid: userOf(task.id), gid: userOf(task.id) } : {}),
  })
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  const [code, signal]: [number | null, string | null] = await new Promise((resolve, reject) => {
    child.once('close', (...end) => resolve(end)).once('error', reject)
  })
  return { code: signal === null ? code : null, reason: signal === null ? 'exited' : 'stopped' }
}

/** Both streams as they come; a slow reader holds the command back. */
async function* merge([stdout, stderr]: readonly (Readable | null)[]): AsyncGenerator<Piece> {
  const sources = new Map<Piece['stream'], AsyncIterator<Uint8Array>>()
  if (stdout) sources.set('stdout', stdout[Symbol.asyncIterator]())
  if (stderr) sources.set('stderr', stderr[Symbol.asyncIterator]())
  const next = async (stream: Piece['stream']) => ({ stream, result: await sources.get(stream)?.next() })
  const waiting = new Map([...sources.keys()].map((stream) => [stream, next(stream)]))
  while (waiting.size > 0) {
    const { stream, result } = await Promise.race(waiting.values())
    if (!result || result.done) {
      waiting.delete(stream)
      continue
    }
    waiting.set(stream, next(stream))
    yield { stream, bytes: result.value }
  }
}

async function feed(child: ChildProcess, stdin: AsyncIterable<Uint8Array> | undefined): Promise<void> {
  const pipe = child.stdin
  if (!pipe) return
  // A command need not read what it is given.
  pipe.on('error', () => {})
  for await (const bytes of stdin ?? []) {
    if (pipe.destroyed) return
    if (!pipe.write(bytes)) await Promise.race([once(pipe, 'drain'), once(pipe, 'close')]).catch(() => {})
  }
  pipe.end()
}
