import { createManualClock } from '@hotaru/base'
import { initialClassTable } from '@hotaru/protocol'
import type { RunEvent } from '@hotaru/sdk/lease'
import { createFakeMachine } from '@hotaru/sdk/testing'
import { expect, test } from 'vitest'
import { createTerminal } from '../Terminal.ts'
import { RunScreen } from './RunScreen.ts'

/** A screen that keeps what is drawn, data and notes in the order in which they came. */
function watch({ isTTY, environment = {} }: { isTTY: boolean; environment?: Record<string, string> }) {
  const drawn: string[] = []
  const stream = { isTTY, columns: 80, write: (data: string | Uint8Array) => drawn.push(String(data)) }
  const clock = createManualClock()
  const screen = new RunScreen(createTerminal({ stdout: stream, stderr: stream, environment }), {
    clock,
    classTable: initialClassTable,
  })
  return { screen, clock, text: () => drawn.join('') }
}

const output = (text: string): RunEvent => ({
  type: 'output',
  stream: 'stdout',
  atByte: 0,
  bytes: new TextEncoder().encode(text),
})
const progress = (done: number) => output(`@hotaru {"progress":{"done":${done},"total":4,"label":"tile ${done}/4"}}\n`)

test('in a pipe: lines in order, no escape, no raw message, no moving line', () => {
  const { screen, clock, text } = watch({ isTTY: false })
  const machine = createFakeMachine(`0x${'11'.repeat(32)}`, { claim: 'a PC' })
  const opened = { leaseId: 7n, rate: 1n, escrow: 5n * 10n ** 17n, hash: '0x01' as const, gasUsed: 1n }
  screen.show({ type: 'offer', machine, slots: 1, seconds: 600 })
  clock.advance(42)
  screen.show({ type: 'leased', machineId: 1n, ...opened })
  screen.show({ type: 'linked' })
  screen.show({ type: 'sent', files: 2, bytes: 2048 })
  clock.advance(1500)
  screen.show({ type: 'running' })
  screen.show(output('@hotaru {"device":{"kind":"gpu","name":"llvmpipe","api":"webgpu"}}\nhel'))
  screen.show(output('lo\n'))
  screen.show(progress(1))
  screen.show(output('last'))
  clock.advance(61_000)
  screen.show({ type: 'exit', exit: { code: null, reason: 'memory' } })
  screen.show({ type: 'saved', path: 'out/a.png', location: `${process.cwd()}/job-7/out/a.png`, sizeBytes: 3000 })
  screen.end()
  expect(text()).toMatchInlineSnapshot(`
    "Leasing machine 1: cpu-small · claims a PC ? unknown · $0.10/h · container · for at most 10m
     ✓ lease 7 open, 0.5 HOTA locked 42ms
     ✓ 2 files sent, 2 KiB 0ms
     ✓ program runs, the clock of the lease starts 1.5s
     ✓ runs on gpu: llvmpipe, webgpu
    hello
    last
     ✗ program ended badly: it used more memory than its limit
     ✓ out/a.png (2.9 KiB) saved as job-7/out/a.png
    "
  `)
})

test('on a screen: one moving line that makes room for output and ends with the run', () => {
  const { screen, clock, text } = watch({ isTTY: true, environment: { NO_COLOR: '1' } })
  screen.show(progress(0))
  clock.advance(1000)
  screen.show(progress(1))
  screen.show(output('a line\n'))
  clock.advance(1000)
  screen.show(progress(2))
  screen.end()
  expect(JSON.stringify(text())).toMatchInlineSnapshot(
    `""\\r\\u001b[2K ░░░░░░░░░░░░░░░░░░░░░░░░    0 %  tile 0/4\\r\\u001b[2K ██████░░░░░░░░░░░░░░░░░░   25 %  tile 1/4  3s left\\r\\u001b[2Ka line\\n\\r\\u001b[2K ████████████░░░░░░░░░░░░   50 %  tile 2/4  2s left\\r\\u001b[2K""`,
  )
})

test('a stranger cannot steer the screen', () => {
  const { screen, text } = watch({ isTTY: true, environment: { NO_COLOR: '1' } })
  screen.show(output('\x1b]0;title\x07\x1b[2J\x1b]52;c;aGk=\x1b\\\x1b[31mred\x1b[0m\tok\x07\n'))
  expect(text()).toBe('\x1b[31mred\x1b[0m\tok\n')
})

test('colours only on a screen, and not with NO_COLOR', () => {
  for (const [isTTY, environment, coloured] of [
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ] as const) {
    const { screen, text } = watch({ isTTY, environment })
    screen.show({ type: 'running' })
    expect(text().includes('\x1b[')).toBe(coloured)
  }
})
