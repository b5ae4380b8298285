import type { Hardware } from '@hotaru/protocol'
import type { Probe } from './Probe.ts'

const interfaces = '/sys/class/net'

/** Interfaces that are up, with the speed of their link where the driver says one. Bridges of engines are left out. */
export async function readNetwork(probe: Probe): Promise<Hardware['network']> {
  const names = await probe.list(interfaces).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => !/^(lo$|veth|docker|br-|virbr|cni|ifb)/.test(name))
      .sort()
      .map(async (name) => {
        const state = await probe.read(`${interfaces}/${name}/operstate`).catch(() => 'unknown')
        const speed = Number(await probe.read(`${interfaces}/${name}/speed`).catch(() => '-1'))
        return state === 'down' ? [] : [{ name, linkMbps: speed > 0 ? speed : null }]
      }),
  )
  return { interfaces: found.flat() }
}
