import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assertNetwork, createLedger, parseDeployment } from '@hotaru/chain'
import { createDevchain, type Devchain } from '@hotaru/devchain'
import { afterAll, beforeAll, expect, test } from 'vitest'

let directory: string
let devchain: Devchain
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-deploy-'))
  devchain = await createDevchain({ directory: join(directory, 'chain'), chainId: 31_512 })
  const [deployer, holder, guardian, reporter] = devchain.accounts
  await writeFile(join(directory, 'key.json'), JSON.stringify(deployer))
  const parameters = {
    ...{ holder: holder?.address, guardian: guardian?.address, reporters: [reporter?.address] },
    beacon: { kind: 'local', signer: guardian?.address, genesis: 1_700_000_000, periodSeconds: 3 },
  }
  await writeFile(join(directory, 'parameters.json'), JSON.stringify(parameters))
})
afterAll(async () => {
  await devchain.stop()
  await rm(directory, { recursive: true })
})

const program = join(import.meta.dirname, 'deploy.ts')

async function deploy(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...args], { cwd: directory })) }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

test('one command deploys the ledger of a real network, verifies it, and may be typed again', async () => {
  const args = ['--rpc', devchain.rpcUrl, '--key-file', 'key.json', '--parameters', 'parameters.json', '--name', 'mine']
  const { code, stdout, stderr } = await deploy(...args)
  expect({ code, stderr: stderr.split('\n').at(-2) }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('verified'),
  })
  const deployment = parseDeployment(JSON.parse(await readFile(stdout.trim(), 'utf8')))
  expect(deployment).toMatchObject({ name: 'mine', parameters: { epochSeconds: 86_400, challenge: { n: 8192 } } })
  await assertNetwork(createLedger({ deployment }))
  const again = await deploy(...args)
  expect(again.stdout).toBe(stdout)
  expect(again.stderr).not.toContain('✓ token')
})

test('what is missing or off is named', async () => {
  expect(await deploy('--rpc', devchain.rpcUrl)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--key-file'),
  })
  await writeFile(join(directory, 'bad.json'), '{ "holder": "nobody" }')
  const args = ['--rpc', devchain.rpcUrl, '--key-file', 'key.json', '--parameters', 'bad.json', '--name', 'mine']
  expect(await deploy(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('holder') })
})
