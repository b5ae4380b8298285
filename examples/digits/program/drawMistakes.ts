import { type Digits, pixels, side } from './digits.ts'
import type { Mistake } from './judge.ts'

const columns = 8
const mostShown = 48
const cell = { width: side + 8, height: side + 14 }
/** Ink is drawn in this many strengths: more would not be seen and make the file larger. */
const strengths = 6

/** Draws the images that were misread, each with what it is and what it was taken for, as an SVG picture. */
export function drawMistakes(digits: Digits, mistakes: readonly Mistake[]): string {
  const shown = mistakes.slice(0, mostShown)
  const width = columns * cell.width + 8
  const height = Math.max(1, Math.ceil(shown.length / columns)) * cell.height + 8
  const title = `${mistakes.length} of ${digits.labels.length} held-out digits misread`
  const cells = shown.map((mistake, place) => {
    const x = (place % columns) * cell.width + 8
    const y = Math.trunc(place / columns) * cell.height + 8
    return `<g transform="translate(${x} ${y})">${drawImage(digits, mistake.index)}${drawCaption(mistake)}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * 3}" height="${height * 3}">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="#10222a"/>`,
    ...cells,
    '</svg>\n',
  ].join('\n')
}

function drawCaption({ label, taken, sure }: Mistake): string {
  const text = `${label} read as ${taken}, ${Math.round(sure * 100)} %`
  return `<text x="${side / 2}" y="${side + 6}" font-family="sans-serif" font-size="4.2" fill="#d8e86a" text-anchor="middle">${text}</text>`
}

/** One path a strength of ink, one rectangle a run of pixels of that strength. */
function drawImage(digits: Digits, index: number): string {
  const image = digits.images.subarray(index * pixels, (index + 1) * pixels)
  const level = (x: number, y: number): number =>
    x < side ? Math.round(((image[y * side + x] ?? 0) / 255) * strengths) : 0
  const runs = new Map<number, string[]>()
  for (let y = 0; y < side; y++)
    for (let x = 0, start = 0; x < side; x++) {
      if (level(x + 1, y) === level(x, y) && x + 1 < side) continue
      const run = `M${start} ${y}h${x + 1 - start}v1H${start}z`
      runs.set(level(x, y), [...(runs.get(level(x, y)) ?? []), run])
      start = x + 1
    }
  runs.delete(0)
  return [...runs]
    .map(
      ([strength, paths]) =>
        `<path fill="#f3ebe0" fill-opacity="${(strength / strengths).toFixed(2)}" d="${paths.join('')}"/>`,
    )
    .join('')
}
