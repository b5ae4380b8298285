import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Handle } from '@hotaru/driver'

/** A keeper on a machine that swaps may take a while. */
const answerTimeoutMs = 10_000

/** Whether the keeper of a handle lives: the same process of the same boot, never another one under its number. */
export async function isKeeperAlive(handle: Handle): Promise<boolean> {
  const { pid, startTicks, boot } = handle.state
  if (isPlain(handle)) return tell(handle, 'hello')
  const bootNow = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  if (bootNow.trim() !== boot) return false
  const stat = await readStat(Number(pid))
  return stat !== undefined && stat.startTicks === startTicks && stat.state !== 'Z'
}

/** Tells the keeper of a handle, and no other process, to end its workload; false when it is gone. */
export async function tellToEnd(handle: Handle): Promise<boolean> {
  if (isPlain(handle)) return tell(handle, 'end')
  return (await isKeeperAlive(handle)) && sendSignal(Number(handle.state.pid), 'SIGTERM')
}

/** Asks the program itself to end; false when there is none to ask. */
export async function askToEnd(handle: Handle, program: number | undefined): Promise<boolean> {
  if (isPlain(handle)) return tell(handle, 'ask')
  return program !== undefined && sendSignal(program, 'SIGTERM')
}

/** Whether the workload has no box: then its keeper is asked over a loopback port, with a token that only it knows. */
export function isPlain(handle: Handle): boolean {
  return handle.state.boot === 'plain'
}

/** False when there is no such process. */
function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Ids of the children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

/** Words of the command line of a process; empty when it is gone. */
export async function commandOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return text.split('\0').slice(0, -1)
}

/** One word to a plain keeper; false when nobody answers, or somebody else. */
function tell(handle: Handle, word: 'hello' | 'ask' | 'end'): Promise<boolean> {
  const [port, token] = String(handle.state.startTicks).split(':')
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.write(`${token} ${word}\n`))
    socket.setTimeout(answerTimeoutMs, () => socket.destroy())
    socket.once('data', (answer) => {
      resolve(answer.toString() === 'yes\n')
      socket.destroy()
    })
    socket.once('error', () => resolve(false)).once('close', () => resolve(false))
  })
}

async function readStat(pid: number): Promise<{ state: string; startTicks: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Field 2 is the name in brackets, which may hold spaces and brackets; what follows does not. See proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] && fields[19] ? { state: fields[0], startTicks: fields[19] } : undefined
}
