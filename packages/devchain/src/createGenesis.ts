import { BaseError } from '@hotaru/base'
import { writeFileAtomic } from '@hotaru/journal'
import { Engine } from './Engine.ts'
import { beginJournal, genesisPath, sha256 } from './generations.ts'
import { lastBlock } from './mineBlock.ts'

/** Makes generation 0 of a new chain: its first block, in which `funded` accounts have 10,000 ether each. */
export async function createGenesis(directory: string, options: createGenesis.Options): Promise<void> {
  const { binary, chainId, time, funded } = options
  const alloc = Object.fromEntries(funded.map((address) => [address, { balance: `0x${richWei.toString(16)}` }]))
  const zeroHash = `0x${'0'.repeat(64)}`
  const genesis = JSON.stringify({
    config: { chainId },
    ...{ nonce: '0x0', timestamp: `0x${time.toString(16)}`, extraData: '0x', gasLimit: '0x3938700' },
    ...{ difficulty: '0x0', mixHash: zeroHash, coinbase: `0x${'0'.repeat(40)}`, alloc },
  })
  await writeFileAtomic(genesisPath(directory), genesis)
  const engine = await Engine.start(binary, ['--chain-id', String(chainId), '--init', genesisPath(directory)])
  const first = await lastBlock(engine).finally(() => engine.kill())
  if (first.number !== 0 || first.time !== time) throw new GenesisError(first)
  const journal = await beginJournal(directory, 0, {
    ...{ kind: 'head', chainId, genesisTime: time, snapshotSha256: sha256(genesis), number: 0, hash: first.hash, time },
    ...{ aheadSeconds: 0, waiting: [] },
  })
  await journal.close()
}

export declare namespace createGenesis {
  type Options = {
    binary: string
    chainId: number
    /** Unix seconds of the first block. */
    time: number
    /** Addresses that begin with ether. */
    funded: readonly string[]
  }
}

/** 10,000 ether, as local development nodes commonly give. */
const richWei = 10_000n * 10n ** 18n

class GenesisError extends BaseError {
  override readonly name = 'Devchain.GenesisError'

  constructor({ number, time }: { number: number; time: number }) {
    super(`Cannot begin the chain: anvil began with block "${number}", expected block 0 as written`, {
      facts: { number, time },
    })
  }
}
