import { createManualClock } from '@hotaru/base'
import { linkProtocol } from '@hotaru/protocol'
import { expect, test } from 'vitest'
import { encodeFrame, FrameDecoder } from './Frame.ts'
import { encodeJson } from './jsonBody.ts'
import { closed, connect, dialRaw, echo, openHost, openRawStreams } from './linkFixture.ts'

const describe = { verb: 'describe' } as const

/** What the host says to bytes on a fresh stream: its refusal's sentence. */
async function answerTo(bytes: Uint8Array): Promise<string> {
  const [stream] = await openRawStreams(await openHost(echo), 1)
  if (!stream) throw new Error('no stream')
  const decoder = new FrameDecoder()
  const answer = new Promise<string>((resolve) => {
    stream.addEventListener('message', ({ data }) => {
      for (const frame of decoder.push(data.subarray())) resolve(new TextDecoder().decode(frame.bytes))
    })
    stream.addEventListener('close', () => resolve('reset'), { once: true })
  })
  stream.send(bytes)
  await stream.close()
  const text = await answer
  return text === 'reset' ? text : JSON.parse(text).refusal.message
}

test('what is no request is refused in words, or the stream is reset where no frame can be told', async () => {
  expect(await answerTo(encodeFrame('data', new Uint8Array(3)))).toMatchInlineSnapshot(
    `"Cannot read the stream: it begins with data, expected a request"`,
  )
  expect(await answerTo(encodeFrame('json', new TextEncoder().encode('{')))).toMatchInlineSnapshot(
    `"Cannot read the stream: a JSON frame does not parse, expected JSON in UTF-8"`,
  )
  expect(await answerTo(encodeFrame('json', new Uint8Array([34, 255, 34])))).toMatchInlineSnapshot(
    `"Cannot read the stream: a JSON frame does not parse, expected JSON in UTF-8"`,
  )
  expect(await answerTo(encodeFrame('json', encodeJson({ verb: 'lease.rob' })))).toMatchInlineSnapshot(
    `"Cannot read the stream: the request's field "verb" is not valid (Invalid discriminator value. Expected 'describe' | 'challenge' | 'challenge.open' | 'challenge.leaves' | 'exam' | 'sprint' | 'sprint.open' | 'walk.fill' | 'walk' | 'walk.open' | 'probe.ping' | 'probe.send' | 'probe.take' | 'probe.write' | 'probe.read' | 'lease.status' | 'lease.manifest' | 'lease.file' | 'lease.run' | 'lease.logs' | 'lease.exec' | 'lease.results' | 'lease.fetch' | 'lease.stop' | 'lease.prove' | 'lease.prove.open'), expected a request of the protocol"`,
  )
  expect(await answerTo(encodeFrame('json', encodeJson({ verb: 'describe', extra: 1 })))).toMatchInlineSnapshot(
    `"Cannot read the stream: the request's field "" is not valid (Unrecognized key: "extra"), expected a request of the protocol"`,
  )
  expect(await answerTo(new Uint8Array([0, 255, 255, 255, 255, 1]))).toBe('reset')
  expect(await answerTo(encodeFrame('json', encodeJson(describe)).subarray(0, 9))).toBe('reset')
  expect(await answerTo(new Uint8Array())).toMatchInlineSnapshot(
    `"Cannot read the stream: it begins with its end, expected a request"`,
  )
})

// In the next two the host's clock stands still and the test gives up early: no timeout of the host may help.
const soon = { timeout: 10_000 }

test('a peer that makes us hold too much is cut off; another is served all the while', soon, async () => {
  const target = await openHost(echo, { limits: { heldBytesPerPeer: 2 * 2 ** 20 }, clock: createManualClock() })
  const honest = await connect(target)
  const streams = await openRawStreams(target, 20)
  const ends = streams.map(closed)
  // Each begins a request of 4 MiB and stops halfway.
  const half = encodeFrame('json', new Uint8Array(4 * 2 ** 20)).subarray(0, 2 * 2 ** 20)
  for (const stream of streams) stream.send(half)
  for (let count = 0; count < 20; count++) expect(await honest.request(describe)).toEqual(describe)
  expect(await Promise.race(ends)).toMatchObject({ name: 'StreamResetError' })
  expect(await honest.request(describe)).toEqual(describe)
})

test('a muxer frame that claims gigabytes costs its sender the connection', soon, async () => {
  const target = await openHost(echo, { clock: createManualClock() })
  const [stream] = await openRawStreams(target, 1)
  if (!stream) throw new Error('no stream')
  const end = closed(stream)
  // Below the stream: its own way to the muxer, with the header of a data frame of 4 GiB.
  const sendFrame: unknown = Reflect.get(stream, 'sendFrame')
  if (typeof sendFrame !== 'function') throw new Error('the muxer has changed')
  sendFrame({ type: 0, flag: 0, streamID: Number(stream.id), length: 2 ** 32 - 1 }, new Uint8Array(10))
  await end
  expect(await (await connect(target)).request(describe)).toEqual(describe)
})

test('more exchanges at once than the limit are refused, the others go on', async () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const target = await openHost(
    async (_request, exchange) => {
      await released
      await exchange.sendReply({ type: 'ok', value: 'late' })
    },
    { limits: { exchangesPerConnection: 3 } },
  )
  const connection = await connect(target)
  const first = await Promise.all([1, 2, 3].map(() => connection.open(describe)))
  await expect(connection.request(describe)).rejects.toMatchObject({ name: 'Link.ClosedError' })
  release()
  expect(await Promise.all(first.map((exchange) => exchange.readOk()))).toEqual(['late', 'late', 'late'])
})

test('a connection full of exchanges still answers the pings that keep it', async () => {
  const target = await openHost(echo, { limits: { exchangesPerConnection: 2 } })
  const connection = await dialRaw(target)
  for (let count = 0; count < 2; count++) await connection.newStream(linkProtocol)
  // The host knows no ping, and says so: to libp2p that is an answer, where a reset would cost the connection.
  await expect(connection.newStream('/ipfs/ping/1.0.0')).rejects.toMatchObject({ name: 'UnsupportedProtocolError' })
})

test('more connections of one host than the limit are refused', async () => {
  const target = await openHost(echo, { limits: { connectionsPerHost: 2 } })
  const two = [await connect(target), await connect(target)]
  await expect(connect(target)).rejects.toMatchObject({ name: 'Link.UnreachableError' })
  for (const connection of two) expect(await connection.request(describe)).toEqual(describe)
})

test('a stream without a request, and a connection without a stream, are closed in time', async () => {
  const clock = createManualClock()
  const target = await openHost(echo, { clock })
  const advancing = setInterval(() => clock.advance(5_000), 1)
  try {
    const [stream] = await openRawStreams(target, 1)
    if (!stream) throw new Error('no stream')
    expect(await closed(stream)).toMatchObject({ name: 'StreamResetError' })
    const idle = await connect(target)
    await new Promise((resolve) => idle.signal.addEventListener('abort', resolve))
  } finally {
    clearInterval(advancing)
  }
})
