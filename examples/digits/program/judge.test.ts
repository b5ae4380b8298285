import { expect, test } from 'vitest'
import { type Digits, pixels } from './digits.ts'
import { judge } from './judge.ts'
import { classes, layOut, type Network } from './network.ts'

test('counts every image once and lists the surest mistakes first', () => {
  // Read as 0 to 9 each, the seventh and the third faintly inked, and two of them labelled wrong.
  const digits = dots([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { 2: 90, 6: 180 })
  digits.labels.set([5], 2)
  digits.labels.set([1], 6)
  const { accuracy, confusion, mistakes } = judge(reader(), digits)
  expect(accuracy).toBeCloseTo(0.8, 12)
  expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(10)
  expect(confusion[5]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0])
  expect(mistakes).toMatchObject([
    { index: 6, label: 1, taken: 6 },
    { index: 2, label: 5, taken: 2 },
  ])
})

/** A network made by hand: it reads digit d where pixel d is inked. */
function reader(): Network {
  const { second, end } = layOut(classes)
  const parameters = new Float32Array(end)
  for (let digit = 0; digit < classes; digit++) {
    parameters[digit * classes + digit] = 1
    parameters[second + digit * classes + digit] = 9
  }
  return { hidden: classes, parameters }
}

function dots(places: readonly number[], faint: Record<number, number>): Digits {
  const images = new Uint8Array(places.length * pixels)
  for (const [index, place] of places.entries()) images[index * pixels + place] = faint[place] ?? 255
  return { labels: Uint8Array.from(places), images }
}
