import { expect, test } from 'vitest'
import { pixels, side } from './digits.ts'
import { drawMistakes } from './drawMistakes.ts'

const images = new Uint8Array(pixels)
images.fill(255, 3 * side + 4, 3 * side + 9)
images.fill(255, 5 * side + 26, 5 * side + 28)
const digits = { labels: Uint8Array.of(4), images }

test('every mistake is drawn run by run, with what it was and what it was taken for', () => {
  const svg = drawMistakes(digits, [{ index: 0, label: 4, taken: 9, sure: 0.876 }])
  expect(svg).toContain('<title>1 of 1 held-out digits misread</title>')
  expect(svg).toContain('4 read as 9, 88 %')
  expect(svg).toContain('d="M4 3h5v1H4zM26 5h2v1H26z"')
})

test('a faultless network gets an empty picture, not a broken one', () => {
  expect(drawMistakes(digits, [])).toMatch(/^<svg [^>]+>\n<title>0 of 1 .*\n<\/svg>\n$/)
})
