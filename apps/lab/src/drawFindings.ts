import type { Finding } from '@hotaru/proof/attacks'
import { formatShare } from './formatShare.ts'

/** Sizes in units of the drawing. */
const width = 1040
const axis = { left: 360, right: 716 }
const side = axis.right + 34
const rowHeight = 24
const headHeight = 40
const top = 56

const heads: Record<Finding['shows'], string> = {
  caught: 'is caught, of all trials',
  verdict: 'the right verdict comes all the same, of all committees',
  speed: 'speed that the exam shows, of what is claimed',
  memory: 'memory that the exam shows, of what is claimed',
}

/** Light first; the dark ones take over where the reader's screen is dark. */
const colors: Record<string, readonly [light: string, dark: string]> = {
  paper: ['#ffffff', '#10141a'],
  ink: ['#1d2733', '#e6ebf2'],
  faint: ['#5b6776', '#9aa7b8'],
  grid: ['#e3e8ee', '#262e3a'],
  measured: ['#0b7285', '#4cc9dc'],
  predicted: ['#b35c00', '#f2a65a'],
}

/** What was measured against what was predicted, a line for each cheat: a dot in its interval, and a stroke. */
export function drawFindings(findings: readonly Finding[]): string {
  const groups = Map.groupBy(findings, ({ shows }) => shows)
  const parts: string[] = []
  let y = top
  for (const [shows, group] of groups) {
    parts.push(`<text class="head" x="${axis.left}" y="${y + 24}">${heads[shows]}</text>`)
    y += headHeight
    parts.push(...group.map((finding, at) => drawFinding(finding, y + at * rowHeight + 8)))
    y += group.length * rowHeight
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 24}" role="img" aria-labelledby="title">`,
    '<title id="title">What became of each cheat: measured, with 99.9 % intervals, against predicted.</title>',
    `<style>${style()}</style>`,
    `<rect class="paper" width="${width}" height="${y + 24}" rx="12"/>`,
    drawLegend(),
    ...[0, 0.25, 0.5, 0.75, 1].map((share) => drawGrid(share, y)),
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

function drawFinding({ name, predicted, measured, low, high, defence }: Finding, y: number): string {
  const [at, from, to, right] = [measured, low, high, predicted].map(placeOf) as [number, number, number, number]
  return [
    `<g><title>${toXml(name)}: ${formatShare(measured)} measured, ${formatShare(predicted)} predicted</title>`,
    `<text x="${axis.left - 18}" y="${y + 4}" text-anchor="end">${toXml(name)}</text>`,
    `<path class="predicted" d="M${right} ${y - 8}V${y + 8}"/><path class="interval" d="M${from} ${y}H${to}"/>`,
    `<circle class="measured" cx="${at}" cy="${y}" r="3.6"/>`,
    `<text class="faint" x="${side}" y="${y + 4}">${toXml(defence)}</text></g>`,
  ].join('')
}

function drawGrid(share: number, bottom: number): string {
  const x = placeOf(share)
  return `<path class="grid" d="M${x} ${top}V${bottom}"/><text class="faint" x="${x}" y="${top - 8}" text-anchor="middle">${share * 100} %</text>`
}

function drawLegend(): string {
  return [
    `<circle class="measured" cx="${side + 8}" cy="20" r="3.6"/><path class="interval" d="M${side} 20H${side + 16}"/>`,
    `<text class="faint" x="${side + 24}" y="24">measured</text>`,
    `<path class="predicted" d="M${side + 104} 12V28"/><text class="faint" x="${side + 114}" y="24">predicted</text>`,
    `<text class="faint" x="${side}" y="${top - 8}">against him</text>`,
  ].join('')
}

function style(): string {
  const rules = (shade: 0 | 1) => {
    const color = (name: string) => colors[name]?.[shade]
    return [
      `text{fill:${color('ink')}}.faint,.head{fill:${color('faint')}}.paper{fill:${color('paper')}}`,
      `.grid{stroke:${color('grid')}}.measured{fill:${color('measured')}}.interval{stroke:${color('measured')}}`,
      `.predicted{stroke:${color('predicted')}}`,
    ].join('')
  }
  return [
    'text{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;font-size:13px}.faint{font-size:12px}',
    '.head{font-size:12px;font-style:italic}.interval{stroke-width:2;stroke-opacity:.55}.predicted{stroke-width:2.4}',
    `${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}`,
  ].join('')
}

const placeOf = (share: number) => Math.round((axis.left + share * (axis.right - axis.left)) * 10) / 10

function toXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
