import { readFile } from 'node:fs/promises'
import type { Handle } from '@hotaru/driver'

/** Whether the keeper of a handle lives: the same process of the same boot, never another one under its number. */
export async function isKeeperAlive(handle: Handle): Promise<boolean> {
  const { pid, startTicks, boot } = handle.state
  const bootNow = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  if (bootNow.trim() !== boot) return false
  const stat = await readStat(Number(pid))
  return stat !== undefined && stat.startTicks === startTicks && stat.state !== 'Z'
}

/** Sends a signal to the keeper of a handle, and to no other process; false when it is gone. */
export async function signalKeeper(handle: Handle, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isKeeperAlive(handle))) return false
  return sendSignal(Number(handle.state.pid), signal)
}

/** False when there is no such process. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
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

async function readStat(pid: number): Promise<{ state: string; startTicks: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Field 2 is the name in brackets, which may hold spaces and brackets; what follows does not. See proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] && fields[19] ? { state: fields[0], startTicks: fields[19] } : undefined
}
