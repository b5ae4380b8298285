import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { createReferenceBackend } from '@hotaru/proof'
import { attacks } from '@hotaru/proof/attacks'
import { expect, test } from 'vitest'
import { checkVectors } from './checkVectors.ts'
import { drawFindings } from './drawFindings.ts'
import { formatShare } from './formatShare.ts'
import { renderFindings } from './renderFindings.ts'
import { renderVectors } from './renderVectors.ts'
import { tryAttacks } from './tryAttacks.ts'

const progress = { update() {}, clear() {} }
const copying = attacks.filter(({ name }) => name.startsWith('copies'))

test('the plot in the documentation has every cheat, where it is predicted now', () => {
  const plot = readFileSync(new URL('../../../docs/plots/attacks.svg', import.meta.url), 'utf8')
  const drawn = [...plot.matchAll(/<g><title>(.+?): [\d.]+ % measured, ([\d.]+ %) predicted<\/title>/g)]
  expect(drawn.map(([, name, predicted]) => `${name} ${predicted}`).toSorted()).toEqual(
    attacks.map(({ name, predicted }) => `${name} ${formatShare(predicted)}`).toSorted(),
  )
  expect(plot.match(/<circle class="measured" cx="[\d.]+" cy="[\d.]+" r="3.6"\/>/g)).toHaveLength(attacks.length + 1)
})

test('names of cheats are one each: chance and plot go by them', () => {
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
})

test('a prediction that does not hold is shown as such', async () => {
  const wrong = copying.map((attack, at) => ({ ...attack, predicted: at === 0 ? 1 : 0.5 }))
  const findings = await tryAttacks(wrong, { seed: 1, trials: 40, progress })
  expect(findings.map(({ agrees }) => agrees)).toEqual([true, false])
  expect(stripVTControlCharacters(renderFindings(findings))).toMatchInlineSnapshot(`
    "   who                          shows    predicted   measured   99.9 % interval   trials  against him
    ✓  copies another's commitment  caught     100.0 %    100.0 %  82.7 % – 100.0 %       40  it names its verifier
    ✗  copies another's vote        caught      50.0 %    100.0 %  82.7 % – 100.0 %       40  commits close before

    1 of 2 predictions do not hold."
  `)
  expect(drawFindings(findings)).toContain(`${copying[1]?.name}: 100.0 % measured, 50.0 % predicted`)
})

test('back ends agree with the vectors, differ, fail or are absent', async () => {
  const reference = createReferenceBackend()
  const found = { kind: 'gpu', absent: null } as const
  const reports = await checkVectors(
    [
      { ...found, name: 'right', kind: 'cpu', device: 'a processor', create: async () => reference },
      { ...found, name: 'wrong', create: async () => ({ ...reference, productRoot: async () => '0x00' }) },
      { ...found, name: 'broken', create: () => Promise.reject(new Error('Cannot open the device: it is gone')) },
      { ...found, name: 'absent', absent: 'there is no GPU', create: () => Promise.reject(new Error('not asked')) },
    ],
    progress,
  )
  const still = reports.map((report) => ({ ...report, seconds: 0 }))
  expect(stripVTControlCharacters(renderVectors(still))).toMatchInlineSnapshot(`
    "   back end  kind  vectors                   time  device
    ✓  right     cpu   all 9 agree              0.0 s  a processor
    ✗  wrong     gpu   3 of 9 differ            0.0 s
    ✗  broken    gpu   cannot run               0.0 s
    –  absent    gpu   absent: there is no GPU

      wrong: products of 16 × 16, 1 rounds: Cannot agree on root 0: it is "0x00", expected "0xb6f1d0865035cbf2aa20a9d9f15d7571e2f87f65cc599236822a241e0a57e67f"
      wrong: products of 32 × 32, 2 rounds: Cannot agree on root 0: it is "0x00", expected "0x9ef71330e41cf1370abf05063d14be334ecf5965e4b3a8c8654874fc678907f1"
      wrong: products of 64 × 64, 3 rounds: Cannot agree on root 0: it is "0x00", expected "0xf1201a4ad6b07a1a636e9d6a62891203a0b2876880c15b92f5827473350af7f6"
      broken: Cannot open the device: it is gone"
  `)
})
