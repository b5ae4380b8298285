import { createServer } from 'node:net'
import { BaseError, formatError } from '@hotaru/base'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { expect, onTestFinished, test } from 'vitest'
import { addressOfPeer, createLinkHost, dialMachine, type LinkHandler, type ServedExchange } from './index.ts'
import { connect, echo, openHost } from './linkFixture.ts'

const describe = { verb: 'describe' } as const

test('a request is answered, and both ends know each other', async () => {
  const renterKey = generatePrivateKey()
  const { endpoint, machineKey, host } = await openHost((request, exchange, caller) =>
    exchange.sendReply({ type: 'ok', value: { request, caller } }),
  )
  const connection = await dialMachine({ endpoint, machineKey, key: renterKey })
  onTestFinished(connection.close)
  const address = privateKeyToAddress(renterKey)
  expect(await connection.request(describe)).toEqual({
    request: describe,
    caller: { peer: connection.localPeer, address },
  })
  expect(connection.remotePeer).toBe(host.peerId)
  expect(addressOfPeer(host.peerId)).toBe(machineKey)
})

test('data goes both ways in one exchange, each end closing its half', async () => {
  const target = await openHost(async (_request, exchange) => {
    for (let data = await exchange.readData(); data; data = await exchange.readData()) await exchange.sendData(data)
    await exchange.sendReply({ type: 'exit', exit: { code: 0, reason: 'exited' } })
  })
  const exchange = await (await connect(target)).open(describe)
  await exchange.sendData(new Uint8Array([1, 2]))
  expect(await exchange.readData()).toEqual(new Uint8Array([1, 2]))
  await exchange.sendData(new Uint8Array([3]))
  await exchange.closeSend()
  expect(await exchange.readData()).toEqual(new Uint8Array([3]))
  expect(await exchange.readReply()).toMatchObject({ type: 'exit' })
  expect(await exchange.readData()).toBeUndefined()
})

test("a refusal comes back as the machine's error, its words made harmless", async () => {
  const target = await openHost(async () => {
    throw new BaseError('Cannot start: \u001b[2Jthe disk is full, expected room', {
      facts: { freeBytes: 3n, path: 'out\u0007' },
      hint: 'wait',
      exitCode: 75,
    })
  })
  const error = await (await connect(target)).request(describe).catch((reason) => reason)
  expect(error).toMatchObject({
    name: 'BaseError',
    message: 'Cannot start:  [2Jthe disk is full, expected room',
    facts: { freeBytes: '3', path: 'out ' },
    hint: 'wait',
    exitCode: 75,
  })
})

test('an error that is not ours tells the renter nothing', async () => {
  const target = await openHost(async () => {
    throw new TypeError('password is hunter2')
  })
  const error: unknown = await (await connect(target)).request(describe).catch((reason) => reason)
  expect(error).toMatchObject({ name: 'Link.InternalError' })
  expect(formatError(error) + JSON.stringify(error)).not.toContain('hunter2')
})

test('a refusal ends an upload that nobody reads', async () => {
  const target = await openHost(async () => {
    throw new BaseError('Cannot take the file: the disk is full, expected room')
  })
  const exchange = await (await connect(target)).open(describe)
  const upload = async () => {
    for (;;) await exchange.sendData(new Uint8Array(2 ** 18))
  }
  await expect(upload()).rejects.toThrow('the disk is full')
})

test('a machine with another key gets no request', async () => {
  const verbs: string[] = []
  const { endpoint } = await openHost(async (request) => void verbs.push(request.verb))
  const machineKey = privateKeyToAddress(generatePrivateKey())
  const error = await dialMachine({ endpoint, machineKey }).catch((reason) => reason)
  expect(error).toMatchObject({ name: 'Link.WrongMachineError', facts: { expected: machineKey }, exitCode: 4 })
  expect(verbs).toEqual([])
})

test('a port without a listener, a silent one, a nonsense one: each ends with its own words', async () => {
  const machineKey = privateKeyToAddress(generatePrivateKey())
  const server = createServer((socket) => socket.on('error', () => {}).resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const endpoint = `/ip4/127.0.0.1/tcp/${port}`
  await expect(dialMachine({ endpoint, machineKey, timeoutMs: 200 })).rejects.toMatchObject({
    name: 'Link.UnreachableError',
    message: `Cannot reach the machine at "${endpoint}": no handshake after 200 ms, expected its agent to answer`,
    retry: 'elsewhere',
  })
  const abort = new AbortController()
  const dialling = dialMachine({ endpoint, machineKey, signal: abort.signal })
  abort.abort(new Error('changed my mind'))
  await expect(dialling).rejects.toThrow('changed my mind')
  await new Promise((resolve) => server.close(resolve))
  await expect(dialMachine({ endpoint, machineKey })).rejects.toThrow('nobody listens there')
  await expect(dialMachine({ endpoint: 'localhost:80', machineKey })).rejects.toMatchObject({
    name: 'Link.InvalidEndpointError',
  })
})

test('a taken port is said to be taken', async () => {
  const { endpoint } = await openHost(echo)
  const listen = [endpoint.replace(/\/p2p\/.*$/, '')]
  await expect(createLinkHost({ key: generatePrivateKey(), listen, handler: echo })).rejects.toMatchObject({
    name: 'Link.ListenError',
  })
})

test('a reader that does not read holds back its sender, in both directions', async () => {
  const totalBytes = 16 * 2 ** 20
  const mostBytes = 6 * 2 ** 20
  const chunk = new Uint8Array(2 ** 18)
  let sentBytes = 0
  let resume = () => {}
  const resumed = new Promise<void>((resolve) => (resume = resolve))
  const target = await openHost(async (request, exchange, caller) => {
    if (request.verb === 'describe') return echo(request, exchange, caller)
    if (request.verb === 'challenge') {
      for (; sentBytes < totalBytes; sentBytes += chunk.byteLength) await exchange.sendData(chunk)
      return
    }
    await resumed
    await exchange.sendReply({ type: 'ok', value: await countData(exchange) })
  })
  const connection = await connect(target)
  // Each round trip gives the sender time to go too far.
  const roundTrips = async () => {
    for (let count = 0; count < 20; count++) await connection.request(describe)
  }

  const download = await connection.open({ verb: 'challenge', auditId: '1' })
  await roundTrips()
  expect(sentBytes).toBeGreaterThan(0)
  expect(sentBytes).toBeLessThan(mostBytes)
  expect(await countData(download)).toBe(totalBytes)

  const upload = await connection.open({ verb: 'lease.status', leaseId: '1', token: null })
  let uploadedBytes = 0
  const uploading = (async () => {
    for (; uploadedBytes < totalBytes; uploadedBytes += chunk.byteLength) await upload.sendData(chunk)
    await upload.closeSend()
  })()
  await roundTrips()
  expect(uploadedBytes).toBeGreaterThan(0)
  expect(uploadedBytes).toBeLessThan(mostBytes)
  resume()
  await uploading
  expect(await upload.readOk()).toBe(totalBytes)
})

test('a reader that goes on and stops again holds back its sender each time', async () => {
  const chunk = new Uint8Array(2 ** 18)
  let sentBytes = 0
  const target = await openHost(async (request, exchange, caller) => {
    if (request.verb === 'describe') return echo(request, exchange, caller)
    for (; sentBytes < 12 * 2 ** 20; sentBytes += chunk.byteLength) await exchange.sendData(chunk)
  })
  const connection = await connect(target)
  const download = await connection.open({ verb: 'challenge', auditId: '1' })
  let readBytes = 0
  for (let data = await download.readData(); data; data = await download.readData()) {
    readBytes += data.byteLength
    expect(sentBytes - readBytes).toBeLessThan(6 * 2 ** 20)
    await connection.request(describe)
  }
  expect(readBytes).toBe(12 * 2 ** 20)
})

test('an abort ends the exchange here, and tells the handler there', async () => {
  let told: (reason: unknown) => void = () => {}
  const heard = new Promise((resolve) => (told = resolve))
  const target = await openHost(async (_request, exchange) => {
    exchange.signal.addEventListener('abort', () => told(exchange.signal.reason))
    await exchange.sendReply({ type: 'ok' })
    await exchange.readData()
  })
  const abort = new AbortController()
  const exchange = await (await connect(target)).open(describe, { signal: abort.signal })
  await exchange.readOk()
  const reading = exchange.readData()
  abort.abort(new Error('enough'))
  await expect(reading).rejects.toThrow('enough')
  expect(await heard).toMatchObject({ name: 'Link.ClosedError' })
})

test('a host that stops while it streams ends everybody with an error, never with a false end', async () => {
  const served: Promise<unknown>[] = []
  const endless: LinkHandler = async (_request, exchange) => {
    const work = (async () => {
      for (;;) await exchange.sendData(new Uint8Array(1000))
    })()
    served.push(work.catch((error) => error))
    await work
  }
  const target = await openHost(endless)
  const connection = await connect(target)
  const exchange = await connection.open(describe)
  await exchange.readData()
  const reading = countData(exchange)
  const stopping = target.host.stop()
  await expect(reading).rejects.toMatchObject({ name: 'Link.ClosedError', retry: 'later' })
  await stopping
  expect(await served[0]).toMatchObject({ name: 'Link.ClosedError' })
  await expect(connection.open(describe)).rejects.toMatchObject({ name: 'Link.ClosedError' })
})

test('a connection that is cut is no orderly end', async () => {
  const target = await openHost(async (_request, exchange) => {
    await exchange.sendData(new Uint8Array(10))
    await exchange.readData()
  })
  const connection = await connect(target)
  const exchange = await connection.open(describe)
  await exchange.readData()
  const reading = exchange.readData()
  await connection.close()
  await expect(reading).rejects.toMatchObject({ name: 'Link.ClosedError' })
  expect(connection.signal.aborted).toBe(true)
})

async function countData(source: Pick<ServedExchange, 'readData'>): Promise<number> {
  let sizeBytes = 0
  for (let data = await source.readData(); data; data = await source.readData()) sizeBytes += data.byteLength
  return sizeBytes
}
