import { expect, test } from 'vitest'
import { ensureOs } from './ensureOs.mjs'
import { isDebian, thisSystem, wants } from './wants.mjs'

const bare = () => {
  const files = new Set<string>()
  return { files, path: '/usr/bin', exists: (path: string) => files.has(path), list: () => [] as string[] }
}

const listen = () => {
  const lines: string[] = []
  return { lines, print: (line: string) => lines.push(line) }
}

test('names what is missing, what will not run, and the command that mends it', async () => {
  const { lines, print } = listen()
  const found = await ensureOs({ want: ['bubblewrap', 'engine'], install: false, system: bare(), print })
  expect(found.there).toEqual([])
  expect(found.missing.map((one) => one.name)).toEqual(['bubblewrap', 'engine'])
  expect(lines).toMatchInlineSnapshot(`
    [
      "Missing bubblewrap, wanted to put a second wall around programs of the Deno driver
      without it: programs run behind Deno’s permissions alone; the sandbox tests of the outer wall are not run",
      "Missing engine, wanted to run containers
      without it: container workloads are not offered; the suites of the container driver are not run",
      "hint: sudo apt-get update && sudo apt-get install --no-install-recommends bubblewrap docker.io iptables",
    ]
  `)
})

test('installs only what is missing, and looks again', async () => {
  const system = bare()
  system.files.add('/usr/bin/bwrap')
  const asked: string[][] = []
  const installer = async (packages: string[]) => {
    asked.push(packages)
    system.files.add('/usr/bin/mmdebstrap')
  }
  const found = await ensureOs({ want: ['bubblewrap', 'mmdebstrap'], system, installer, mayNot: '', print: () => {} })
  expect(asked).toEqual([['mmdebstrap']])
  expect(found).toEqual({ there: ['bubblewrap', 'mmdebstrap'], missing: [], command: undefined })
  await ensureOs({ want: ['bubblewrap', 'mmdebstrap'], system, installer, mayNot: '', print: () => {} })
  expect(asked).toHaveLength(1)
})

test('goes on when the installer fails, and says so', async () => {
  const { lines, print } = listen()
  const installer = () => Promise.reject(new Error('the mirror is down'))
  const found = await ensureOs({ want: ['bubblewrap'], system: bare(), installer, mayNot: '', print })
  expect(found.missing).toHaveLength(1)
  expect(lines[0]).toBe('Not installed: the mirror is down')
})

test('installs nothing where it may not', async () => {
  const { lines, print } = listen()
  const installer = () => Promise.reject(new Error('must not be called'))
  await ensureOs({ want: ['bubblewrap'], system: bare(), installer, mayNot: 'you are not root', print })
  expect(lines[0]).toBe('Not installed: you are not root')
})

test('refuses a want that is not in the table', async () => {
  await expect(ensureOs({ want: ['bubblewarp'] })).rejects.toThrow('Cannot look for "bubblewarp"')
})

test('knows Debian and its children', () => {
  expect(isDebian('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe(true)
  expect(isDebian('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe(true)
  expect(isDebian('ID=fedora\nID_LIKE=rhel\n')).toBe(false)
})

test('looks at a real machine in well under the tenth of a second a start may spend on it', () => {
  const began = performance.now()
  for (const want of wants) want.isThere(thisSystem())
  expect(performance.now() - began).toBeLessThan(100)
})
