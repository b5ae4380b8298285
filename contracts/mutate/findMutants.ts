import { closing, firstComma, lineAt, mask } from './solidity.ts'

/**
 * What is done to a guard. `deleted`: it never stops anyone; `inverted`: it stops whom it should let pass; `boundary`: a
 * comparison takes its edge to the other side; `modifier`: one function goes without a modifier.
 */
export type Kind = 'deleted' | 'inverted' | 'boundary' | 'modifier'

/** One change of one source: the text from `start` to `end` becomes `replacement`. */
export type Mutant = {
  file: string
  line: number
  kind: Kind
  /** The line as it is and as it becomes, without the blanks around it. */
  source: string
  becomes: string
  start: number
  end: number
  replacement: string
}

type Span = { start: number; end: number }
/** `head` is where the line of a function begins that loses a modifier. */
type Edit = Span & { kind: Kind; replacement: string; head?: number }

const edges: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

/**
 * The mutants of a source, in its order: of each guard (`if (…) revert`, `if (…) return`, `require(…)`) and of each
 * modifier that a function wears. A guard on a flag (`bool fits = …; if (!fits) revert`) has the edges of the flag.
 */
export function findMutants(file: string, source: string): Mutant[] {
  const masked = mask(source)
  const edits = [...findGuards(masked), ...findModifiers(masked)]
  return edits
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((edit) => describe(file, source, edit))
    .filter((mutant, i, all) => i === 0 || !isSame(mutant, all[i - 1]))
}

/** The source with one mutant in it. */
export function applyMutant(source: string, { start, end, replacement }: Mutant): string {
  return source.slice(0, start) + replacement + source.slice(end)
}

function findGuards(masked: string): Edit[] {
  return [...masked.matchAll(/\b(if|require)\s*\(/g)].flatMap(({ 0: head, 1: word, index }) => {
    const open = index + head.length - 1
    const close = closing(masked, open)
    if (close === -1) return []
    const condition = { start: open + 1, end: word === 'if' ? close : firstComma(masked, open + 1, close) }
    const leaves = /^\s*\{?\s*(revert|return)\b/.test(masked.slice(close + 1))
    if (word === 'if' && !leaves) return []
    const text = masked.slice(condition.start, condition.end)
    const never = word === 'if' ? 'false && ' : 'true || '
    return [
      { ...condition, kind: 'deleted' as const, replacement: never },
      { ...condition, kind: 'inverted' as const, replacement: '!' },
      ...findEdges(masked, condition),
      ...findEdges(masked, findFlag(masked, text, index)),
    ]
  })
}

/** Comparisons in a span, shifts and arrows aside. */
function findEdges(masked: string, span: Span | undefined): Edit[] {
  if (!span) return []
  return [...masked.slice(span.start, span.end).matchAll(/(?<![<>=-])[<>]=?(?![<>=])/g)].map(({ 0: sign, index }) => {
    const start = span.start + index
    return { start, end: start + sign.length, kind: 'boundary', replacement: edges[sign] ?? sign }
  })
}

/** The expression that a condition of one name stands for, when the same function declares it before `before`. */
function findFlag(masked: string, condition: string, before: number): Span | undefined {
  const name = /^\s*!?\s*(\w+)\s*$/.exec(condition)?.[1]
  if (!name) return undefined
  const declared = [...masked.slice(0, before).matchAll(new RegExp(`\\bbool\\s+${name}\\s*=`, 'g'))].at(-1)
  if (!declared || /\bfunction\b/.test(masked.slice(declared.index, before))) return undefined
  const start = declared.index + declared[0].length
  return { start, end: masked.indexOf(';', start) }
}

/** In a function's head, what is left without the words of the language and `returns (…)` is a modifier. */
function findModifiers(masked: string): Edit[] {
  return [...masked.matchAll(/\bfunction\s+\w+\s*\(/g)].flatMap(({ 0: head, index }) => {
    const start = closing(masked, index + head.length - 1) + 1
    const end = start + masked.slice(start).search(/[{;]/)
    if (masked.charAt(end) !== '{') return []
    const words =
      /\b(?:external|public|internal|private|view|pure|payable|virtual|(?:override|returns)\b(?:\s*\([^)]*\))?)/g
    const rest = masked.slice(start, end).replace(words, (text) => ' '.repeat(text.length))
    return [...rest.matchAll(/[\w.]+(?:\s*\([^)]*\))?/g)].map((used) => {
      const from = start + used.index
      return { start: from, end: from + used[0].length, kind: 'modifier' as const, replacement: '', head: index }
    })
  })
}

function describe(file: string, source: string, edit: Edit): Mutant {
  const { start, end, kind } = edit
  const condition = source.slice(start, end)
  const replacement = kind === 'deleted' || kind === 'inverted' ? `${edit.replacement}(${condition})` : edit.replacement
  const { number, text } = lineAt(source, edit.head ?? start)
  const mutant = { file, line: number, kind, source: text, becomes: '', start, end, replacement }
  const becomes = kind === 'modifier' ? `without ${condition}` : lineAt(applyMutant(source, mutant), start).text
  return { ...mutant, becomes }
}

function isSame(a: Mutant, b: Mutant | undefined): boolean {
  return a.start === b?.start && a.end === b.end && a.replacement === b.replacement
}
