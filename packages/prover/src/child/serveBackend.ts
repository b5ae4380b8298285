import { BaseError } from '@hotaru/base'
import type { Backend, Memory, Walk } from '@hotaru/proof'
import type { Answers, Asked, Described } from './protocol.ts'

/** The child's side of the protocol, around any back end: answers each line of `input`, one after the other. */
export async function serveBackend(
  backend: Backend,
  described: Described,
  { input, write }: serveBackend.Streams,
): Promise<void> {
  const held: Held = { memories: new Map(), walks: new Map(), next: 1 }
  for await (const line of input) {
    const { id, ...asked } = JSON.parse(line) as Asked & { id: number }
    try {
      await write(JSON.stringify({ id, ok: await answer(backend, described, held, asked) }))
    } catch (error) {
      await write(JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) }))
    }
  }
  await backend.close()
}

export declare namespace serveBackend {
  type Streams = { input: AsyncIterable<string>; write: (line: string) => Promise<void> }
}

type Held = {
  memories: Map<number, { memory: Memory; walks: number[] }>
  walks: Map<number, Walk>
  next: number
}

async function answer(
  backend: Backend,
  described: Described,
  held: Held,
  asked: Asked,
): Promise<Answers[Asked['verb']]> {
  switch (asked.verb) {
    case 'describe':
      return described
    case 'productRoot':
      return backend.productRoot(asked.state, asked.n)
    case 'openProduct':
      return backend.openProduct(asked.state, asked.n, asked.leaves)
    case 'fill': {
      const memory = await backend.fill(asked.key, asked)
      held.memories.set(held.next, { memory, walks: [] })
      return held.next++
    }
    case 'walk': {
      const { memory, walks } = find(held.memories, 'memory', asked.memory)
      const walk = await memory.walk(asked.nonce, asked)
      walks.push(held.next)
      held.walks.set(held.next, walk)
      return { walk: held.next++, root: walk.root }
    }
    case 'openLanes':
      return find(held.walks, 'walk', asked.walk).openLanes(asked.lanes)
    case 'free': {
      const { memory, walks } = find(held.memories, 'memory', asked.memory)
      held.memories.delete(asked.memory)
      for (const walk of walks) held.walks.delete(walk)
      await memory.free()
      return null
    }
  }
}

function find<Value>(among: Map<number, Value>, what: string, number: number): Value {
  const found = among.get(number)
  if (found) return found
  throw new FreedError({ what, number })
}

export class FreedError extends BaseError {
  override readonly name = 'Prover.FreedError'

  constructor({ what, number }: { what: string; number: number }) {
    super(`Cannot use ${what} ${number}: it was freed, expected one that is there`)
  }
}
