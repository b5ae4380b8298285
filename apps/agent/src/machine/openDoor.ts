import type { Logger } from '@hotaru/base'
import { createLinkHost, type LinkHandler, type LinkHost, ListenError } from '@hotaru/link'
import type { Hex } from 'viem'

/** The link host, and the address to put on the ledger. */
export type Door = { host: LinkHost; endpoint: string; port: number | undefined }

/** Opens the link where the agent file says, on the port of the last start where that is still free. */
export async function openDoor(options: openDoor.Options): Promise<Door> {
  const { key, listen, announce, handler, lastPort, log } = options
  const open = (addresses: readonly string[]) => createLinkHost({ key, listen: addresses, announce, handler, log })
  const host = await reopen()
  const own = host.addresses()
  const endpoint = announce ? own[0] : own.toSorted((a, b) => reach(b) - reach(a))[0]
  return { host, endpoint: endpoint ?? '', port: portOf(own[0] ?? '') }

  async function reopen(): Promise<LinkHost> {
    const again = lastPort === undefined ? listen : listen.map((one) => one.replace(/\/tcp\/0$/, `/tcp/${lastPort}`))
    try {
      return await open(again)
    } catch (error) {
      if (!(error instanceof ListenError) || again.join() === listen.join()) throw error
      log.warn('last port is taken, listening on another', { lastPort })
      return open(listen)
    }
  }
}

export declare namespace openDoor {
  type Options = {
    key: Hex
    listen: readonly string[]
    announce: readonly string[] | undefined
    handler: LinkHandler
    lastPort: number | undefined
    log: Logger
  }
}

/** How far an address can be reached from: the loopback least, private networks more, the world most. */
function reach(address: string): number {
  const ip = /^\/ip[46]\/([^/]+)/.exec(address)?.[1] ?? ''
  if (/^127\.|^::1$/.test(ip)) return 0
  if (/^169\.254\.|^fe80/i.test(ip)) return 1
  if (/^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^f[cd]/i.test(ip)) return 2
  return 3
}

function portOf(address: string): number | undefined {
  const port = Number(/\/tcp\/(\d+)/.exec(address)?.[1])
  return Number.isInteger(port) ? port : undefined
}
