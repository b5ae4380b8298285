import { BaseError } from '@hotaru/base'
import { rewardsAbi, tokenAbi } from '@hotaru/contracts'
import { type Address, domainSeparator, getContractAddress, type Hex, numberToHex, zeroAddress } from 'viem'
import type { Ledger } from './createLedger.ts'
import { contractNames } from './Deployment.ts'
import { encodeInitCodes } from './encodeInitCodes.ts'
import { readCall } from './readCall.ts'

/**
 * Compares the code at each address with what the contract's init code makes on this chain, every address and parameter that it
 * was told at its birth included. @throws CodeDiffersError
 */
export async function assertCode(ledger: Ledger): Promise<void> {
  const { addresses } = ledger.deployment
  const initCodes = encodeInitCodes(ledger.deployment)
  for (const name of contractNames) {
    const address = addresses[name]
    const made = await makeCode(ledger, { initCode: initCodes[name], address })
    const found = await readCall(ledger, `read the code of ${name}`, (client) => client.getCode({ address }))
    if (found === undefined || found !== made) throw new CodeDiffersError({ contract: name, address })
  }
}

/**
 * The code that `initCode` makes at `address`. A call without a receiver creates, and answers with the code that would lie
 * there; it lies elsewhere and is born now, so that what a contract remembers of its own address and of the epoch of its
 * birth is put right.
 */
async function makeCode(ledger: Ledger, { initCode, address }: { initCode: Hex; address: Address }): Promise<Hex> {
  return readCall(ledger, 'verify the code', async (client) => {
    const nonce = BigInt(await client.getTransactionCount({ address: zeroAddress }))
    const elsewhere = getContractAddress({ from: zeroAddress, nonce })
    const { number: blockNumber, timestamp } = await client.getBlock()
    const [{ data = '0x' }, domain, startEpoch] = await Promise.all([
      client.call({ account: zeroAddress, data: initCode, blockNumber }),
      readDomain(ledger, address),
      readStartEpoch(ledger, address),
    ])
    const own = (at: Address) => at.slice(2).toLowerCase()
    const here = data.replaceAll(own(elsewhere), own(address))
    const epoch = timestamp / BigInt(ledger.deployment.parameters.epochSeconds)
    const moved = startEpoch === undefined ? here : here.replaceAll(wordOf(epoch), wordOf(startEpoch))
    if (!domain) return moved as Hex
    const separator = (verifyingContract: Address) =>
      domainSeparator({ domain: { ...domain, verifyingContract } }).slice(2)
    return moved.replaceAll(separator(elsewhere), separator(address)) as Hex
  })
}

/** What a contract signs for, by EIP-5267; undefined when it takes no signatures. */
async function readDomain({ client, deployment }: Ledger, address: Address) {
  try {
    const [, name, version] = await client.readContract({ abi: tokenAbi, address, functionName: 'eip712Domain' })
    return { name, version, chainId: deployment.chainId }
  } catch {
    return undefined
  }
}

/** The epoch in which a contract was born; undefined when it does not remember one. */
function readStartEpoch({ client }: Ledger, address: Address): Promise<bigint | undefined> {
  return client.readContract({ abi: rewardsAbi, address, functionName: 'START_EPOCH' }).catch(() => undefined)
}

/** A number as it lies in code: 32 bytes, without 0x. */
function wordOf(value: bigint): string {
  return numberToHex(value, { size: 32 }).slice(2)
}

export class CodeDiffersError extends BaseError {
  override readonly name = 'Ledger.CodeDiffersError'

  constructor(facts: { contract: string; address: string }) {
    super(
      `Cannot use the deployed ledger: the code of "${facts.contract}" is another, expected what these sources make`,
      {
        facts,
        hint: 'deploy again from a fresh account, or use the sources that it was deployed from',
      },
    )
  }
}
