import { join } from 'node:path'
import type { Hotaru, Network } from '@hotaru/sdk'

/** A client of the network that the flags name. */
export type Connected = { hotaru: Hotaru; network: Network }

/** Finds network and wallet and connects; nothing is loaded before a command asks. */
export async function connect(options: connect.Options): Promise<Connected> {
  const [{ createHotaru }, { findHome, loadNetwork, readWallet }] = await Promise.all([
    import('@hotaru/sdk'),
    import('@hotaru/sdk/node'),
  ])
  const home = findHome(options.environment)
  const network = await loadNetwork(options.network, home)
  const account = await readWallet(options.keyFile ?? network.wallet ?? join(home, network.name, 'wallet.json'))
  return { hotaru: createHotaru({ network, account }), network }
}

export declare namespace connect {
  type Options = {
    network: string
    keyFile: string | undefined
    environment: Readonly<Record<string, string | undefined>>
  }
}
