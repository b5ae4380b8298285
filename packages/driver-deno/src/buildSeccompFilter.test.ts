import { describe, expect, test } from 'vitest'
import { buildSeccompFilter } from './buildSeccompFilter.ts'
import { deniedCalls } from './systemCalls.ts'

const allowed = 0x7fff0000
const refused = 0x00050001
const unknown = 0x00050026
const killed = 0x80000000

const machines = [
  { name: 'x64', audit: 0xc000003e, clone: 56, clone3: 435, socket: 41, ioctl: 16, read: 0 },
  { name: 'arm64', audit: 0xc00000b7, clone: 220, clone3: 435, socket: 198, ioctl: 29, read: 63 },
]

describe.each(machines)('buildSeccompFilter for $name', ({ name, audit, clone, clone3, socket, ioctl, read }) => {
  const filter = buildSeccompFilter(name) ?? new Uint8Array()
  const ask = (call: number, ...words: number[]) => interpret(filter, audit, call, words)

  test('refuses every call on the list', () => {
    expect(deniedCalls[name]?.map((call) => ask(call))).toEqual(deniedCalls[name]?.map(() => refused))
  })

  test('allows everyday calls, threads and sockets of the internet', () => {
    expect(ask(read)).toBe(allowed)
    expect(ask(clone, 0x003d0f00)).toBe(allowed)
    expect([1, 2, 10, 16].map((family) => ask(socket, family))).toEqual([allowed, allowed, allowed, allowed])
    expect(ask(ioctl, 0, 0x5401)).toBe(allowed)
  })

  test('refuses namespaces by clone, and sends clone3 back to clone', () => {
    expect(ask(clone, 0x10000000)).toBe(refused)
    expect(ask(clone, 0x00020000 | 0x100)).toBe(refused)
    expect(ask(clone3)).toBe(unknown)
  })

  test('refuses sockets that no namespace holds back, and words put into a terminal', () => {
    expect([38, 40].map((family) => ask(socket, family))).toEqual([refused, refused])
    expect([0x5412, 0x541c].map((request) => ask(ioctl, 0, request))).toEqual([refused, refused])
  })

  test('kills programs of another architecture', () => {
    expect(interpret(filter, 0x40000003, read, [])).toBe(killed)
  })
})

test('refuses calls of the x32 ABI', () => {
  expect(interpret(buildSeccompFilter('x64') ?? new Uint8Array(), 0xc000003e, 0x40000000, [])).toBe(refused)
})

test('has no filter for an architecture whose numbers it does not know', () => {
  expect(buildSeccompFilter('riscv64')).toBeUndefined()
})

/** What the kernel would answer: the few instructions of classic BPF that the filter uses, over `struct seccomp_data`. */
function interpret(filter: Uint8Array, audit: number, call: number, words: readonly number[]): number {
  const program = new DataView(filter.buffer)
  const data = new DataView(new ArrayBuffer(64))
  data.setUint32(0, call, true)
  data.setUint32(4, audit, true)
  for (const [index, word] of words.entries()) data.setBigUint64(16 + 8 * index, BigInt(word), true)
  let loaded = 0
  for (let at = 0; ; at++) {
    const code = program.getUint16(at * 8, true)
    const [yes, no] = [program.getUint8(at * 8 + 2), program.getUint8(at * 8 + 3)]
    const constant = program.getUint32(at * 8 + 4, true)
    if (code === 0x06) return constant
    if (code === 0x20) loaded = data.getUint32(constant, true)
    else if (code === 0x15) at += loaded === constant ? yes : no
    else if (code === 0x35) at += loaded >= constant ? yes : no
    else if (code === 0x45) at += (loaded & constant) !== 0 ? yes : no
    else throw new Error(`the filter has an instruction ${code} that is not known here`)
  }
}
