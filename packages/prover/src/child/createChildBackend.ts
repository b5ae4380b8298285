import { type Backend, checkWalkSize, type Memory, type Walk, type WalkSize } from '@hotaru/proof'
import { z } from 'zod'
import type { Answers, Asked } from './protocol.ts'
import { type Child, ChildNonsenseError, startChild } from './startChild.ts'

/** A back end in a process of its own, and what it runs on in words. */
export type ChildBackend = Backend & { readonly device: string }

/**
 * Starts a program that speaks the protocol of `protocol.ts`, and gives the back end it is. `close` kills it.
 *
 * @throws `Prover.ChildEndedError`, `Prover.ChildNonsenseError`: from here and from every call.
 * @throws `Prover.ChildRefusedError` from calls: what the program says that it could not do. `Proof.InvalidSizeError`.
 */
export async function createChildBackend(options: createChildBackend.Options): Promise<ChildBackend> {
  const { name, startTimeoutMs = 120_000 } = options
  const child = startChild(options)
  const call = <Verb extends Asked['verb']>(asked: Extract<Asked, { verb: Verb }>) =>
    callChild(child, name, asked as Asked) as Promise<Answers[Verb]>
  const timer = setTimeout(() => void child.close(`it said nothing for ${startTimeoutMs} ms`), startTimeoutMs)
  const { device, kind } = await call<'describe'>({ verb: 'describe' })
    .catch(async (error) => {
      await child.close()
      throw error
    })
    .finally(() => clearTimeout(timer))
  return {
    name,
    kind,
    device,
    productRoot: (state, n) => call<'productRoot'>({ verb: 'productRoot', state, n }),
    openProduct: (state, n, leaves) => call<'openProduct'>({ verb: 'openProduct', state, n, leaves }),
    fill: async (key, { cells, hashes }) => {
      checkWalkSize({ cells, hashes, lanes: 1, segments: 1 })
      const memory = await call<'fill'>({ verb: 'fill', key, cells, hashes })
      return holdMemory(call, memory, { cells, hashes })
    },
    close: () => child.close(),
  }
}

export declare namespace createChildBackend {
  type Options = startChild.Options & {
    /** How long it may take to say what it runs on; kernels may be compiled before. @default 120_000 */
    startTimeoutMs?: number | undefined
  }
}

type Call = <Verb extends Asked['verb']>(asked: Extract<Asked, { verb: Verb }>) => Promise<Answers[Verb]>

function holdMemory(call: Call, memory: number, filled: Pick<WalkSize, 'cells' | 'hashes'>): Memory {
  return {
    walk: async (nonce, { lanes, segments }) => {
      checkWalkSize({ ...filled, lanes, segments })
      const { walk, root } = await call<'walk'>({ verb: 'walk', memory, nonce, lanes, segments })
      const openLanes: Walk['openLanes'] = (asked) => call<'openLanes'>({ verb: 'openLanes', walk, lanes: asked })
      return { root, openLanes }
    },
    free: async () => {
      await call<'free'>({ verb: 'free', memory })
    },
  }
}

async function callChild(child: Child, name: string, asked: Asked): Promise<unknown> {
  const answer = await child.call(asked)
  const read = answers[asked.verb].safeParse(answer)
  if (read.success) return read.data
  await child.close()
  throw new ChildNonsenseError({ name, line: JSON.stringify(answer) })
}

const hash = z.string().regex(/^0x[0-9a-f]{64}$/)
const openings = z.array(z.strictObject({ leaf: z.string().regex(/^0x([0-9a-f]{2})*$/), leafPath: z.array(hash) }))
const answers = {
  describe: z.strictObject({ device: z.string(), kind: z.enum(['cpu', 'gpu']) }),
  productRoot: hash,
  openProduct: openings,
  fill: z.int(),
  walk: z.strictObject({ walk: z.int(), root: hash }),
  openLanes: openings,
  free: z.null(),
} as const
