import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatError } from '@hotaru/base'
import { contractNames } from '@hotaru/chain'
import { testParameters } from '@hotaru/chain/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-config-'))
})
afterEach(() => rm(directory, { recursive: true }))

const address = (digit: number) => `0x${String(digit).repeat(40)}` as const
const deployment = {
  name: 'test',
  chainId: 1,
  rpcUrl: 'http://127.0.0.1:1',
  block: 0,
  addresses: Object.fromEntries(contractNames.map((name, index) => [name, address(index % 10)])),
  parameters: testParameters({
    ...{ holder: address(1), guardian: address(1), reporters: [address(1)], beacon: address(1) },
  }),
}

async function read(content: unknown): Promise<unknown> {
  const path = join(directory, 'agent.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readConfig(path).catch((error) => formatError(error).replaceAll(directory, 'DIRECTORY'))
}

test('two values are enough; paths count from the file; a network file will do for the ledger', async () => {
  await writeFile(join(directory, 'network.json'), JSON.stringify({ name: 'local', deployment }))
  expect(await read({ directory: 'agent', deployment: 'network.json' })).toMatchObject({
    directory: join(directory, 'agent'),
    deployment: { chainId: 1 },
    offer: { usdPerSlotHour: 20_000n, minSeconds: 60, maxSeconds: 604_800 },
    drivers: { deno: { enabled: true }, container: { enabled: true } },
    confirmations: 1,
    pollMs: 1_000,
  })
})

test('a value that is off is named, with the next step', async () => {
  expect(await read({ directory: 'agent', deployment, pollMs: 1 })).toMatchInlineSnapshot(`
    "error: Cannot use the agent file: field "pollMs" is not valid (Too small: expected number to be >=50), expected what its README says
      path  DIRECTORY/agent.json

    hint: apps/agent/README.md has a file to begin with"
  `)
  expect(
    await read({ directory: 'agent', deployment, offer: { minSeconds: 9, maxSeconds: 3 } }),
  ).toMatchInlineSnapshot(`
    "error: Cannot use the agent file: field "offer.minSeconds" is not valid ("9" is more than maxSeconds "3"), expected what its README says
      path  DIRECTORY/agent.json

    hint: apps/agent/README.md has a file to begin with"
  `)
  expect(await read('{')).toMatchInlineSnapshot(`
    "error: Cannot use the agent file: field "" is not valid ("DIRECTORY/agent.json" cannot be read as JSON), expected what its README says
      path  DIRECTORY/agent.json
      because: Expected property name or '}' in JSON at position 1 (line 1 column 2)

    hint: apps/agent/README.md has a file to begin with"
  `)
  expect(await read({ directory: 'agent', deployment: { ...deployment, chainId: 'x' } })).toMatchInlineSnapshot(`
    "error: Cannot use the deployment: field "chainId" is not valid (Invalid input: expected number, received string), expected a deployment file of Hotaru
      because: [

    hint: get the file from whoever runs the network; a local network writes it at its start"
  `)
})
