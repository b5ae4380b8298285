import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the local network keeps what it is; one folder a part, so that each can be looked at and thrown away alone. */
export type Places = {
  home: string
  /** Read by the command line to find the network. */
  network: string
  /** The dev renter's key, used by the command line on this network. */
  wallet: string
  chain: string
  /** Where the ledger is; what agents and verifiers read. */
  deployment: string
  agent: string
  verifier(index: number): string
  engine: string
  logs: string
}

/** The folders of the local network: `$HOTARU_HOME` or `~/.hotaru`, then `local`. */
export function placesOf(hotaruHome: string | undefined): Places {
  const home = join(hotaruHome || join(homedir(), '.hotaru'), 'local')
  return {
    home,
    network: join(home, 'network.json'),
    wallet: join(home, 'wallet.json'),
    chain: join(home, 'chain'),
    deployment: join(home, 'deployment.json'),
    agent: join(home, 'agent'),
    verifier: (index) => join(home, `verifier-${index}`),
    engine: join(home, 'engine'),
    logs: join(home, 'logs'),
  }
}
