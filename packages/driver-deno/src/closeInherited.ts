import { openSync, readdirSync, readFileSync } from 'node:fs'

/** O_CLOEXEC in the octal flags of /proc/self/fdinfo. */
const closedOnExec = 0o2000000

let nowhere: number | undefined

/**
 * Descriptors for a child: `first` as given, and /dev/null over every one that we inherited ourselves and that the
 * child would inherit in turn. An open directory of the host would be a door in the middle of the box.
 *
 * Node marks those that it inherited itself, but only up to the first gap in their numbers.
 */
export function closeInherited(first: readonly ('ignore' | 'pipe')[]): ('ignore' | 'pipe' | number)[] {
  const inherited = process.platform === 'linux' ? listInherited().filter((fd) => fd >= first.length) : []
  if (inherited.length === 0) return [...first]
  nowhere ??= openSync('/dev/null', 'r+')
  const all: ('ignore' | 'pipe' | number)[] = [...first]
  for (let fd = first.length; fd <= Math.max(...inherited); fd++) all.push(inherited.includes(fd) ? nowhere : 'ignore')
  return all
}

function listInherited(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((fd) => {
      try {
        const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0'
        return (Number.parseInt(flags, 8) & closedOnExec) === 0
      } catch {
        // The one that the list itself was read with.
        return false
      }
    })
}
