import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { machinesAbi } from '@hotaru/contracts'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertNetwork } from './assertNetwork.ts'
import { createLedger } from './createLedger.ts'
import { contractNames, parseDeployment } from './Deployment.ts'
import { deployLedger } from './deployLedger.ts'
import { enrollVerifier } from './enrollVerifier.ts'
import { heartbeat } from './heartbeat.ts'
import { listMachines } from './listMachines.ts'
import { postPrices } from './postPrices.ts'
import { readAudit } from './readAudit.ts'
import { findMachineByKey, hashOffer, readMachine } from './readMachine.ts'
import { readPrice } from './readPrice.ts'
import { readTime } from './readTime.ts'
import { sendGasMoney } from './sendGasMoney.ts'
import { signObservation } from './signObservation.ts'
import { chainId, createTestNetwork, oneToken, type TestNetwork } from './testing/createTestNetwork.ts'
import { transferTokens } from './transferTokens.ts'
import { watchAudits } from './watchAudits.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await createTestNetwork()
})
afterAll(() => network.stop())

const accountAt = (index: number) => privateKeyToAccount(network.devchain.accounts[index]?.privateKey ?? '0x')

test('a deployed ledger is the one its file says, and the file survives JSON', async () => {
  const copy = parseDeployment(JSON.parse(JSON.stringify(network.deployment)))
  expect(copy).toEqual(network.deployment)
  expect(copy.block).toBeGreaterThan(0)
  await assertNetwork(createLedger({ deployment: copy }))
})

test('a deployment that stopped half way goes on where it was', async () => {
  const account = accountAt(12)
  const { name, parameters, rpcUrl } = network.deployment
  const plan = { account, name, chainId, rpcUrl, parameters }
  const done: string[] = []
  const interrupted = deployLedger({
    ...plan,
    onDeployed(contract) {
      done.push(contract)
      if (contract === 'stakes') throw new Error('killed here')
    },
  })
  await expect(interrupted).rejects.toThrow('killed here')
  const deployment = await deployLedger({ ...plan, onDeployed: (contract) => done.push(contract) })
  expect(done).toEqual(contractNames)
  await assertNetwork(createLedger({ deployment }))
})

test('a ledger that was deployed epochs ago is still the one of these sources', async () => {
  const account = accountAt(13)
  const { name, parameters, rpcUrl } = network.deployment
  const plan = { account, name, chainId, rpcUrl, parameters }
  const deployment = await deployLedger(plan)
  await network.travel(3 * parameters.epochSeconds)
  expect(await deployLedger(plan)).toEqual(deployment)
})

test('an account whose nonce was used cannot deploy by accident', async () => {
  const { name, parameters, rpcUrl } = network.deployment
  const plan = { account: accountAt(3), name, chainId, rpcUrl, parameters }
  await expect(deployLedger(plan)).rejects.toMatchObject({ name: 'Ledger.NonceUsedError' })
})

test('a dead RPC URL, a wrong chain and missing contracts are told apart', async () => {
  const { deployment } = network
  const quick = { timeoutMs: 500, retryCount: 0 }
  const dead = createLedger({ deployment, rpcUrl: 'http://127.0.0.1:9', ...quick })
  await expect(assertNetwork(dead)).rejects.toMatchObject({
    name: 'Ledger.UnreachableError',
    message: 'Cannot reach the chain to ask for its chain id: no answer from "http://127.0.0.1:9/", expected one',
    retry: 'later',
    exitCode: 75,
  })
  const other = createLedger({ deployment: { ...deployment, chainId: 5 } })
  await expect(assertNetwork(other)).rejects.toThrow(/its RPC URL is of chain "31510", expected "5"/)
  const addresses = { ...deployment.addresses, leases: accountAt(0).address }
  const empty = createLedger({ deployment: { ...deployment, addresses } })
  await expect(assertNetwork(empty)).rejects.toMatchObject({
    name: 'Ledger.ContractsMissingError',
    facts: { missing: 'leases' },
  })
})

test('a server that never answers is given up after the timeout', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const ledger = createLedger({
    ...{ deployment: network.deployment, rpcUrl: `http://127.0.0.1:${port}`, timeoutMs: 100, retryCount: 0 },
  })
  await expect(readPrice(ledger)).rejects.toMatchObject({ name: 'Ledger.UnreachableError' })
  silent.closeAllConnections()
  await new Promise((resolve) => silent.close(resolve))
})

test('a ledger without an account reads and does not write', async () => {
  const ledger = createLedger({ deployment: network.deployment })
  expect(await readPrice(ledger)).toBe(50_000n)
  await expect(heartbeat(ledger, { machineId: 1n })).rejects.toMatchObject({
    name: 'Ledger.ReadOnlyError',
    exitCode: 4,
  })
})

test('machines are listed, found by key, and their offer hash is the ledger’s own', async () => {
  const { owner, key, machineId } = network
  const [machine] = await listMachines(owner)
  expect(machine).toEqual(await readMachine(owner, { machineId }))
  expect(machine?.offer.tier).toBe('process')
  const onLedger = await owner.client.readContract({
    ...{ abi: machinesAbi, address: network.deployment.addresses.machines },
    ...{ functionName: 'offerHash', args: [machineId] },
  })
  expect(machine && hashOffer(machine.offer)).toBe(onLedger)
  expect(await findMachineByKey(owner, { key: key.wallet?.account.address ?? '0x' })).toBe(machineId)
  expect(await findMachineByKey(owner, { key: accountAt(15).address })).toBeUndefined()
  await expect(readMachine(owner, { machineId: 99n })).rejects.toMatchObject({ name: 'Ledger.MachineNotFoundError' })
})

test('an audit is requested, drawn, voted on in secret, and counted; who watches sees each step', async () => {
  const { owner, machineId, as, passAudit, travel } = network
  await travel(3600)
  const fromBlock = (await owner.client.getBlockNumber()) + 1n
  const gpu = { kind: 'gpu', computeBand: 70, memoryBand: 60, slots: 2 } as const
  const auditId = await passAudit(owner, machineId, gpu)
  const stop = new AbortController()
  const kinds: string[] = []
  for await (const event of watchAudits(owner, { fromBlock, pollMs: 5, signal: stop.signal })) {
    kinds.push(event.kind)
    if (event.kind === 'finished') stop.abort()
  }
  expect(kinds).toEqual(['requested', 'posted', 'finished'])
  expect(await readAudit(owner, { auditId })).toMatchObject({ state: 'passed', machineId, n: 16, rounds: 2 })
  expect((await readMachine(owner, { machineId })).class).toEqual(gpu)
  expect(await enrollVerifier(as(3))).toEqual({ already: true })
})

test('refusals of stranger and reporter carry their facts', async () => {
  const { as, machineId } = network
  await expect(heartbeat(as(9), { machineId })).rejects.toMatchObject({
    name: 'Ledger.Machines_NotKey',
    facts: { machineId, caller: accountAt(9).address },
  })
  const { deployment, account } = network
  const observedAt = await readTime(as(3))
  const lone = await signObservation(deployment, { reporter: account(3), usdPerToken: 50_000n, observedAt })
  await expect(postPrices(as(3), [lone])).rejects.toMatchObject({ name: 'Ledger.Prices_NoMajority' })
})

test('many writes of one account at once take one nonce each', async () => {
  const treasury = network.as(1)
  const to = accountAt(14).address
  const sent = await Promise.all(Array.from({ length: 20 }, () => transferTokens(treasury, { to, amount: oneToken })))
  expect(new Set(sent.map(({ hash }) => hash)).size).toBe(20)
})

test('an account without the chain’s coin hears that, and is well after the faucet', async () => {
  const { deployment, as } = network
  const account = privateKeyToAccount(`0x${'5'.repeat(64)}`)
  const poor = createLedger({ deployment, account, pollMs: 20 })
  await transferTokens(as(1), { to: account.address, amount: oneToken })
  const send = () => transferTokens(poor, { to: accountAt(0).address, amount: 1n })
  await expect(send()).rejects.toMatchObject({ name: 'Ledger.NoGasMoneyError' })
  await sendGasMoney(as(1), { to: account.address, amountWei: oneToken })
  await send()
})
