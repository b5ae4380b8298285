import { expect, test } from 'vitest'
import { renderFields, renderTable } from './renderTable.ts'
import { createTerminal } from './Terminal.ts'

const stream = (isTTY: boolean) => ({ isTTY, write: () => true })
const terminal = (isTTY: boolean) =>
  createTerminal({ stdout: stream(isTTY), stderr: stream(isTTY), environment: { NO_COLOR: '1' } })
const rows = [
  ['1', 'online', ''],
  ['12', 'a\tb\nc', '2 × RTX 4090'],
]

test('aligned under heads on a screen', () => {
  expect(
    renderTable(
      ['ID', 'STATE', 'CLAIM'],
      [
        ['1', 'online', ''],
        ['12', 'paused', '2 × RTX'],
      ],
      terminal(true),
    ),
  ).toMatchInlineSnapshot(`
    "ID  STATE   CLAIM
    1   online  <none>
    12  paused  2 × RTX"
  `)
})

test('rows of tabs in a pipe, whatever strangers put into a cell', () => {
  expect(
    renderTable(['ID', 'STATE', 'CLAIM'], rows, terminal(false))
      .split('\n')
      .map((row) => row.split('\t')),
  ).toEqual([
    ['1', 'online', '<none>'],
    ['12', 'a b c', '2 × RTX 4090'],
  ])
  expect(
    renderFields(
      [
        ['name', 'x'],
        ['empty', ''],
      ],
      terminal(false),
    ),
  ).toBe('name\tx\nempty\t<none>')
})
