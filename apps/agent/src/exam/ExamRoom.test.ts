import { silentLogger } from '@hotaru/base'
import type { Caller, ServedExchange } from '@hotaru/link'
import { type Backend, createReferenceBackend, type Hex } from '@hotaru/proof'
import type { Reply } from '@hotaru/protocol'
import { expect, test } from 'vitest'
import { createWorld, testDigest } from '../testing/createWorld.ts'
import { ExamRoom } from './ExamRoom.ts'

const [first, second, stranger] = ['0xaaa', '0xbbb', '0xccc'].map((address) => {
  return { peer: `peer of ${address}`, address } as Caller
}) as [Caller, Caller, Caller]
const nonce: Hex = `0x${'51'.repeat(32)}`

async function createRoom() {
  const world = await createWorld()
  world.ledger.knobs.verifiers = ['0xaaa', '0xbbb']
  const taken = { backends: 0, times: 0 }
  const openBackends = async (): Promise<Backend[]> => {
    taken.backends++
    taken.times++
    const close = async () => void taken.backends--
    return [{ ...createReferenceBackend(), close }]
  }
  const { clock, ledger } = world
  const room = new ExamRoom({
    loop: world.loop(),
    ledger,
    openBackends,
    maxCells: () => 2 ** 10,
    clock,
    log: silentLogger,
  })
  return { ...world, room, taken }
}

/** An exchange that is open until its caller closes it. */
function createExchange() {
  const [closed, answered] = [Promise.withResolvers<undefined>(), Promise.withResolvers<Reply>()]
  let aborted: Error | undefined
  const exchange: ServedExchange = {
    readData: () => closed.promise,
    sendReply: async (reply) => answered.resolve(reply),
    sendData: async () => {},
    abort: (reason) => {
      aborted = reason
      closed.reject(reason)
    },
    signal: new AbortController().signal,
  }
  return { exchange, close: () => closed.resolve(undefined), answered: answered.promise, aborted: () => aborted }
}

test('a member is attended to alone, the next when it has left', async () => {
  const { room, taken } = await createRoom()
  const [one, other] = [createExchange(), createExchange()]
  const attended = [room.attend('1', one.exchange, first), room.attend('1', other.exchange, second)]
  expect(await one.answered).toEqual({ type: 'ok', value: { kind: 'cpu' } })
  const sprint = (caller: Caller) =>
    room.doTimed('1', caller, (examinee) => examinee.sprint({ nonce, n: 16, rounds: 2 }))
  expect(await sprint(first)).toMatchObject({ roots: [[expect.stringMatching(/^0x/), expect.stringMatching(/^0x/)]] })
  await expect(sprint(second)).rejects.toThrow('another is attended to')
  one.close()
  await other.answered
  await expect(sprint(first)).rejects.toThrow('another is attended to')
  expect(await sprint(second)).toMatchObject({ roots: [expect.any(Array)] })
  other.close()
  await Promise.all(attended)
  expect(taken.backends).toBe(1)
})

test('who does not sit in the committee is not attended to, and a stranger is shown nothing', async () => {
  const { room, ledger } = await createRoom()
  await expect(room.attend('1', createExchange().exchange, stranger)).rejects.toThrow('does not sit in its committee')
  await expect(room.attend('2', createExchange().exchange, first)).rejects.toThrow('not an audit of this machine')
  await expect(room.doUntimed('1', stranger, (examinee) => examinee.record())).rejects.toThrow(
    'not an enrolled verifier',
  )
  expect(ledger.sent).not.toContain('post 1')
})

test('the answer is posted once, before it is given away, and made once', async () => {
  const { room, ledger } = await createRoom()
  const record = () => room.doUntimed('1', first, (examinee) => examinee.record())
  const answers = await Promise.all([record(), record()])
  expect(answers[1]).toEqual(answers[0])
  await room.end()
  expect(await record()).toEqual(answers[0])
  expect(ledger.sent.filter((what) => what === 'post 1')).toHaveLength(1)
})

test('an answer that could not be posted is posted with the next', async () => {
  const { room, ledger } = await createRoom()
  const post = ledger.postTranscript
  let fails = true
  ledger.postTranscript = async (auditId, transcript) => {
    if (fails) throw new RangeError('the ledger is away')
    await post(auditId, transcript)
  }
  await expect(room.doUntimed('1', first, (examinee) => examinee.record())).rejects.toThrow('away')
  fails = false
  await room.doUntimed('1', first, (examinee) => examinee.record())
  expect(ledger.sent).toContain('post 1')
})

test('a lease ends the exam at once, gives the devices back, and keeps the next away until it is over', async () => {
  const { room, ledger, taken, second: pass, loop } = await createRoom()
  const exam = createExchange()
  const attending = room.attend('1', exam.exchange, first)
  await exam.answered
  expect(loop().state.machine.examining).toBe(true)
  ledger.open({ durationSeconds: 30, workloadDigest: testDigest })
  await pass()
  // The world's own agent has no room: what its core asked for is done here.
  await room.end()
  await attending
  expect(exam.aborted()?.message).toContain('a lease has come')
  expect(taken.backends).toBe(0)
  expect(loop().state.machine.examining).toBe(false)
  await expect(room.doUntimed('1', first, (examinee) => examinee.record())).rejects.toThrow('a lease is running')
})

test('devices are given back a while after the last examiner', async () => {
  const { room, taken, clock } = await createRoom()
  await room.doUntimed('1', first, (examinee) => examinee.record())
  expect(taken.backends).toBe(1)
  clock.advance(14_000)
  await room.doUntimed('1', first, (examinee) => examinee.record())
  clock.advance(14_000)
  expect(taken.backends).toBe(1)
  clock.advance(1_000)
  await room.doUntimed('1', second, (examinee) => examinee.record())
  expect(taken).toEqual({ backends: 1, times: 2 })
})

test('a device that fails is taken anew by the next examiner', async () => {
  const { room, taken } = await createRoom()
  const record = () => room.doUntimed('1', first, (examinee) => examinee.record())
  const fail = () => Promise.reject(new RangeError('the driver is gone'))
  await record()
  await expect(room.doUntimed('1', first, fail)).rejects.toThrow('the driver is gone')
  await record()
  expect(taken).toEqual({ backends: 1, times: 2 })
  const tooLarge = createExchange()
  const attending = room.attend('1', tooLarge.exchange, first)
  await tooLarge.answered
  const sprint = room.doTimed('1', first, (examinee) => examinee.sprint({ nonce, n: 8192, rounds: 1 }))
  await expect(sprint).rejects.toThrow('n is 8192, expected at most 4096')
  tooLarge.close()
  await attending
  await record()
  expect(taken.times).toBe(2)
})
