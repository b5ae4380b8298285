import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterEach, expect, test } from 'vitest'
import { createLinkHost, dialMachine, type LinkHandler } from './index.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function serve(handler: LinkHandler) {
  const key = generatePrivateKey()
  const host = await createLinkHost({ key, listen: ['/ip4/127.0.0.1/tcp/0'], handler })
  closers.push(host.stop)
  return { host, endpoint: host.addresses()[0] ?? '', machineKey: privateKeyToAddress(key) }
}

test('round trip', async () => {
  const { endpoint, machineKey } = await serve(async (request, exchange) => {
    await exchange.sendReply({ type: 'ok', value: request })
  })
  const t0 = performance.now()
  const connection = await dialMachine({ endpoint, machineKey })
  closers.push(connection.close)
  console.log('dial', performance.now() - t0)
  for (let i = 0; i < 3; i++) {
    const t1 = performance.now()
    expect(await connection.request({ verb: 'describe' })).toEqual({ verb: 'describe' })
    console.log('request', performance.now() - t1)
  }
})

test('throughput', async () => {
  const { endpoint, machineKey } = await serve(async (_request, exchange) => {
    const chunk = new Uint8Array(256 * 1024)
    for (let i = 0; i < 800; i++) await exchange.sendData(chunk)
  })
  const connection = await dialMachine({ endpoint, machineKey })
  closers.push(connection.close)
  const t = performance.now()
  const exchange = await connection.open({ verb: 'describe' })
  let n = 0
  for (let data = await exchange.readData(); data; data = await exchange.readData()) n += data.byteLength
  console.log('MB/s', n / 1e3 / (performance.now() - t), n)
})
