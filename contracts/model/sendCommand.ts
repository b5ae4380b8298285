import { postPrices, readTime, signObservation } from '@hotaru/chain'
import type { TestLedger } from '@hotaru/chain/testing'
import { errorsAbi, leasesAbi, machinesAbi } from '@hotaru/contracts'
import { type Address, decodeErrorResult, encodeFunctionData, type Hex, numberToHex, parseGwei, zeroHash } from 'viem'
import { accounts, classOf } from './Arena.ts'
import type { Command } from './applyCommand.ts'
import type { LedgerModel, Party } from './LeaseModel.ts'

/** When the ledger answered, in unix seconds of its block, and the name of its error when it said no. */
export type Answer = { at: number; refusal: string | undefined }

type Call = { by: Party; to: Address; data: Hex }

/**
 * Has the real contracts do it. The model is looked at for nothing but who speaks for a machine.
 *
 * A transaction is sent even when it will be refused: what it says no with is asked again in the second of its block.
 */
export async function sendCommand(ledger: TestLedger, command: Command, { machines }: LedgerModel): Promise<Answer> {
  if (command.kind === 'price') {
    const { usdPerToken, observedAt } = command
    const sign = (index: number) =>
      signObservation(ledger.deployment, { reporter: ledger.account(index), usdPerToken, observedAt })
    await postPrices(ledger.as(0), await Promise.all([3, 4, 5].map(sign)))
    return accepted(ledger)
  }
  if (command.kind === 'audit') {
    const key = machines[Number(command.machineId) - 1]?.key ?? ''
    await ledger.passAudit(ledger.as(accounts[key] ?? 0), command.machineId, classOf(command.slots))
    return accepted(ledger)
  }
  return send(ledger, { by: command.by, ...(await encode(ledger, command)) })
}

type Single = Exclude<Command, { kind: 'price' | 'audit' }>

async function encode(ledger: TestLedger, command: Single): Promise<{ to: Address; data: Hex }> {
  const { leases, machines } = ledger.deployment.addresses
  const onLeases = (data: Hex) => ({ to: leases, data })
  switch (command.kind) {
    case 'open': {
      const { machineId, slots, duration, preemptible, maxRate, over } = command
      const offerHash = command.sawOldTerms ? zeroHash.replace(/0$/, '1') : await readOfferHash(ledger, machineId)
      const order = {
        ...{ machineId, slots, duration, preemptible, maxRate, workloadDigest: zeroHash },
        ...{ operatorId: command.withOperator ? 1 : 0, feeBps: Number(command.feeBps), offerHash: offerHash as Hex },
      }
      return onLeases(
        over === undefined
          ? encodeFunctionData({ abi: leasesAbi, functionName: 'open', args: [order] })
          : encodeFunctionData({ abi: leasesAbi, functionName: 'openOver', args: [order, over] }),
      )
    }
    case 'extend': {
      const args = [command.leaseId, command.seconds] as const
      return onLeases(encodeFunctionData({ abi: leasesAbi, functionName: 'extend', args }))
    }
    case 'withdraw':
      return onLeases(encodeFunctionData({ abi: leasesAbi, functionName: 'withdraw', args: [BigInt(command.purse)] }))
    case 'burn':
      return onLeases(encodeFunctionData({ abi: leasesAbi, functionName: 'burnPending' }))
    case 'beat': {
      const args = [command.machineId] as const
      return { to: machines, data: encodeFunctionData({ abi: machinesAbi, functionName: 'heartbeat', args }) }
    }
    case 'offer': {
      const { usdPerSlotHour, preemptibleUsdPerSlotHour, ...rest } = command.terms
      const prices = {
        usdPerSlotHour: Number(usdPerSlotHour),
        preemptibleUsdPerSlotHour: Number(preemptibleUsdPerSlotHour),
      }
      const offer = { ...rest, ...prices, tier: 0, weekHours: 0n, utcOffset: 0 }
      const args = [command.machineId, offer] as const
      return { to: machines, data: encodeFunctionData({ abi: machinesAbi, functionName: 'setOffer', args }) }
    }
    case 'sell': {
      const args = [addressOf(ledger, command.by), addressOf(ledger, command.to), command.machineId] as const
      return { to: machines, data: encodeFunctionData({ abi: machinesAbi, functionName: 'transferFrom', args }) }
    }
    default:
      return onLeases(encodeFunctionData({ abi: leasesAbi, functionName: command.kind, args: [command.leaseId] }))
  }
}

async function send(ledger: TestLedger, { by, to, data }: Call): Promise<Answer> {
  const { client } = ledger.as(0)
  const account = ledger.account(accounts[by] ?? 0)
  const serialized = await account.signTransaction({
    ...{ type: 'eip1559', chainId: ledger.deployment.chainId, to, data, gas: 3_000_000n },
    ...{ maxFeePerGas: parseGwei('20'), maxPriorityFeePerGas: 0n },
    nonce: await client.getTransactionCount({ address: account.address }),
  })
  const hash = await client.sendRawTransaction({ serializedTransaction: serialized })
  const { status, blockNumber } = await client.getTransactionReceipt({ hash })
  const at = Number((await client.getBlock({ blockNumber })).timestamp)
  return { at, refusal: status === 'success' ? undefined : await askAgain(ledger, { by, to, data }, at) }
}

/** The name of the error: nothing has changed since, so the same call in the same second is refused with it. */
async function askAgain(ledger: TestLedger, { by, to, data }: Call, at: number): Promise<string> {
  const call = { from: addressOf(ledger, by), to, data }
  const body = { jsonrpc: '2.0', id: 1, method: 'eth_call', params: [call, 'latest', {}, { time: numberToHex(at) }] }
  const response = await fetch(ledger.deployment.rpcUrl, { method: 'POST', body: JSON.stringify(body) })
  const { error } = (await response.json()) as { error?: { data?: Hex } }
  if (error?.data === undefined) return 'nothing, when asked again'
  return decodeErrorResult({ abi: errorsAbi, data: error.data }).errorName
}

function readOfferHash(ledger: TestLedger, machineId: bigint): Promise<Hex> {
  const address = ledger.deployment.addresses.machines
  return ledger.as(0).client.readContract({ abi: machinesAbi, address, functionName: 'offerHash', args: [machineId] })
}

function addressOf(ledger: TestLedger, party: Party): Address {
  return ledger.account(accounts[party] ?? 0).address
}

async function accepted(ledger: TestLedger): Promise<Answer> {
  return { at: await readTime(ledger.as(0)), refusal: undefined }
}
