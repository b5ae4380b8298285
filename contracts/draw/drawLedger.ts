import { type Call, calls, type Group, type Port, type Room, rooms } from './rooms.ts'

/** Sizes in units of the drawing. */
const box = { width: 192, height: 100 }
const step = { x: 240, y: 196 }
const margin = { x: 34, top: 34 }
const size = { width: 1256, height: 786 }
const arrow = { length: 9, half: 4.5 }
const corner = 10
const lineChars = 30

const legend: Record<Group, string> = {
  ...{ market: 'market', judges: 'judges', money: 'money', rules: 'rules' },
}

/** Light first; the dark ones take over where the reader's screen is dark. */
const colors: Record<Group | 'paper' | 'box' | 'ink' | 'faint', readonly [light: string, dark: string]> = {
  paper: ['#ffffff', '#10141a'],
  box: ['#fbfcfd', '#171d26'],
  ink: ['#1d2733', '#e6ebf2'],
  faint: ['#5b6776', '#9aa7b8'],
  market: ['#0b7285', '#4cc9dc'],
  judges: ['#b35c00', '#f2a65a'],
  money: ['#2b7a3d', '#6fcf84'],
  rules: ['#6741b5', '#b79cf5'],
}

/** The ledger as a picture: its contracts, what each holds and reads, and who changes something in whom. */
export function drawLedger(): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title">`,
    '<title id="title">The contracts of the ledger. An arrow is a call that changes something.</title>',
    `<style>${style()}</style>`,
    `<rect class="paper" width="${size.width}" height="${size.height}" rx="12"/>`,
    ...calls.map(drawCall),
    ...Object.entries(rooms).map(([name, room]) => drawRoom(name, room)),
    drawLegend(),
    '</svg>',
    '',
  ].join('\n')
}

function style(): string {
  const rules = (shade: 0 | 1) =>
    [
      `.paper{fill:${colors.paper[shade]}}.box{fill:${colors.box[shade]}}`,
      `.name{fill:${colors.ink[shade]}}.small{fill:${colors.faint[shade]}}`,
      ...(Object.keys(legend) as Group[]).flatMap((group) => [
        `.box.${group},.line.${group}{stroke:${colors[group][shade]}}.tip.${group}{fill:${colors[group][shade]}}`,
      ]),
    ].join('')
  return [
    'text{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;font-size:12px}',
    '.name{font-size:16px;font-weight:600}.line{fill:none;stroke-width:1.6}.box{stroke-width:1.6}',
    rules(0),
    `@media (prefers-color-scheme:dark){${rules(1)}}`,
  ].join('')
}

function drawRoom(name: string, room: Room): string {
  const { x, y } = cornerOf(room)
  const lines = [
    room.subject,
    ...(room.holds ? [`holds ${room.holds}`] : []),
    ...(room.reads.length > 0 ? wrap(`reads ${room.reads.join(', ')}`) : []),
  ]
  return [
    `<rect class="box ${room.group}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8"/>`,
    `<text class="name" x="${x + 12}" y="${y + 24}">${name}</text>`,
    ...lines.map((line, i) => `<text class="small" x="${x + 12}" y="${y + 43 + 16 * i}">${line}</text>`),
  ].join('')
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= lineChars) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A line that leaves and arrives at right angles to the boxes and turns in its lane, with a tip. */
function drawCall({ from, to, exit, enter, lane }: Call): string {
  const group = roomOf(from).group
  const [a, b] = [pointOf(roomOf(from), exit), pointOf(roomOf(to), enter)]
  const base = { x: b.x + b.out.x * arrow.length, y: b.y + b.out.y * arrow.length }
  const [dx, dy] = [b.out.y * arrow.half, b.out.x * arrow.half]
  const tip = `M${b.x} ${b.y}L${base.x + dx} ${base.y + dy}L${base.x - dx} ${base.y - dy}Z`
  const line = drawLine([a, ...turnsOf(a, b, lane), base])
  return `<path class="line ${group}" d="${line}"/><path class="tip ${group}" d="${tip}"/>`
}

function turnsOf(a: Point, b: Point, lane: number): Place[] {
  if (a.x === b.x || a.y === b.y) return []
  if (a.out.x === 0 && b.out.x === 0) {
    const y = round(a.y + (b.y - a.y) * lane)
    return [
      { x: a.x, y },
      { x: b.x, y },
    ]
  }
  if (a.out.y === 0 && b.out.y === 0) {
    const x = round(a.x + (b.x - a.x) * lane)
    return [
      { x, y: a.y },
      { x, y: b.y },
    ]
  }
  return [a.out.x === 0 ? { x: a.x, y: b.y } : { x: b.x, y: a.y }]
}

/** Straight from place to place, with round corners. */
function drawLine(places: readonly Place[]): string {
  return places
    .map((place, i) => {
      const [before, after] = [places[i - 1], places[i + 1]]
      if (!before) return `M${place.x} ${place.y}`
      if (!after) return `L${place.x} ${place.y}`
      const [p, q] = [towards(place, before), towards(place, after)]
      return `L${p.x} ${p.y}Q${place.x} ${place.y} ${q.x} ${q.y}`
    })
    .join('')
}

/** As far from a corner as its rounding reaches. */
function towards(place: Place, other: Place): Place {
  const length = Math.hypot(other.x - place.x, other.y - place.y)
  const share = Math.min(corner, length / 2) / length
  return { x: round(place.x + (other.x - place.x) * share), y: round(place.y + (other.y - place.y) * share) }
}

function drawLegend(): string {
  const y = size.height - 34
  const marks = (Object.entries(legend) as [Group, string][]).map(([group, word], i) => {
    const x = margin.x + 92 * i
    return `<rect class="tip ${group}" x="${x}" y="${y - 9}" width="10" height="10" rx="2"/><text class="small" x="${x + 16}" y="${y}">${word}</text>`
  })
  const notes = [
    'An arrow is a call that changes something; whoever likes may read.',
    'The guardian can pause two things, for a week in a month: new leases, and mints.',
  ].map((note, i) => `<text class="small" x="${margin.x + 400}" y="${y + 17 * i}">${note}</text>`)
  return [...marks, ...notes].join('')
}

type Place = { x: number; y: number }
type Point = Place & { out: Place }

function pointOf(room: Room, port: Port): Point {
  const { x, y } = cornerOf(room)
  const [side = '', share = '0.5'] = port.split(' ')
  const along = Number(share)
  if (side === 'top' || side === 'bottom') {
    const down = side === 'bottom'
    return { x: round(x + box.width * along), y: y + (down ? box.height : 0), out: { x: 0, y: down ? 1 : -1 } }
  }
  const right = side === 'right'
  return { x: x + (right ? box.width : 0), y: round(y + box.height * along), out: { x: right ? 1 : -1, y: 0 } }
}

function cornerOf({ at: [column, row] }: Room): { x: number; y: number } {
  return { x: margin.x + column * step.x, y: margin.top + row * step.y }
}

function roomOf(name: string): Room {
  const room = rooms[name]
  if (!room)
    throw new Error(`Cannot draw "${name}": no such contract, expected one of ${Object.keys(rooms).join(', ')}`)
  return room
}

const round = (value: number) => Math.round(value * 10) / 10
