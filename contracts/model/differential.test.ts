import { readTime } from '@hotaru/chain'
import type { TestLedger } from '@hotaru/chain/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Arena, createArena } from './Arena.ts'
import { applyCommand, type Command } from './applyCommand.ts'
import type { LedgerModel } from './LeaseModel.ts'
import { pictureOf } from './Picture.ts'
import { readPicture } from './readPicture.ts'
import { nextEdge, resolveWish } from './resolveWish.ts'
import { sendCommand } from './sendCommand.ts'
import { anyWish, type Wish } from './wishes.ts'

/** An owner may ask for an audit once an hour. */
const auditInterval = 3601

test('the contracts do what the model does, to the token unit and to the second', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyWish, { minLength: 250, maxLength: 300, size: 'max' }), async (wishes) => {
      const arena = await createArena()
      try {
        await compare(arena, wishes)
      } finally {
        await arena.stop()
      }
    }),
    // A list that fails is printed with its seed; the times of blocks are the wall's, so shorter lists are other lists.
    { numRuns: 2, endOnFailure: true },
  )
})

async function compare({ ledger, model: first }: Arena, wishes: readonly Wish[]): Promise<void> {
  let model: LedgerModel = first
  expect(pictureOf(model, 0)).toEqual(await readPicture(ledger, 0))
  for (const [index, wish] of wishes.entries()) {
    if (wish.kind === 'travel') await ledger.travel(wish.seconds)
    else {
      // Prices are posted once a second at most.
      if (wish.kind === 'audit' || wish.kind === 'price') await ledger.travel(wish.kind === 'audit' ? auditInterval : 1)
      const now = await readTime(ledger.as(0))
      const commands = resolveWish(wish, model, now)
      if (wish.kind === 'edge') await travelToEdge(ledger, model, { wish, commands, now })
      for (const command of commands) model = await step(ledger, model, command, index)
    }
  }
}

async function travelToEdge(
  ledger: TestLedger,
  model: LedgerModel,
  { wish, commands, now }: { wish: Extract<Wish, { kind: 'edge' }>; commands: Command[]; now: number },
): Promise<void> {
  const [command] = commands
  const edge = command && 'leaseId' in command ? nextEdge(model, command.leaseId, now) : undefined
  if (edge !== undefined && edge + wish.offset > now) await ledger.travel(edge + wish.offset - now)
}

async function step(ledger: TestLedger, model: LedgerModel, command: Command, index: number): Promise<LedgerModel> {
  const { at, refusal } = await sendCommand(ledger, command, model)
  const next = applyCommand(model, command, at)
  const name = `step ${index}, ${command.kind}`
  expect({ name, refusal }).toEqual({ name, refusal: next.refusal })
  expect({ name, ...(await readPicture(ledger, at)) }).toEqual({ name, ...pictureOf(next.model, at) })
  return next.model
}
