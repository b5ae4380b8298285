import type { MachineSite } from '@hotaru/chain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickSuspects } from './pickSuspects.ts'

const [ann, bob] = [`0x${'a1'.repeat(20)}`, `0x${'b0'.repeat(20)}`] as const
const like = { kind: 'gpu', computeBand: 80, memoryBand: 66, slots: 1 } as const
const first: MachineSite = { id: 1n, owner: ann, endpoint: '/ip4/192.0.2.1/tcp/4001', state: 'online', class: like }
const elsewhere = { ...first, id: 2n, endpoint: '/dns4/far.example/tcp/4001' }
const ofBob = { ...first, id: 3n, owner: bob, endpoint: '/ip4/192.0.2.1/tcp/4002' }

test.each<[string, MachineSite, boolean]>([
  ['one owner', elsewhere, true],
  ['one host', ofBob, true],
  ['one host, in other letters', { ...ofBob, endpoint: '/ip4/192.0.2.1/udp/1/quic' }, true],
  ['neither', { ...elsewhere, owner: bob }, false],
  ['another compute band', { ...elsewhere, class: { ...like, computeBand: 81 } }, false],
  ['another memory band', { ...elsewhere, class: { ...like, memoryBand: 65 } }, false],
  ['another kind', { ...elsewhere, class: { ...like, kind: 'cpu' } }, false],
  ['no class', { ...elsewhere, class: undefined }, false],
  ['it has left', { ...elsewhere, state: 'exited' }, false],
  ['no host at all', { ...ofBob, endpoint: '' }, false],
])('%s', (_, second, isSuspect) => {
  const pair = pickSuspects([first, second], () => 0)
  expect(pair).toEqual(isSuspect ? [1n, second.id] : undefined)
})

test('every machine that looks like another has its chance, and never beside one that does not', () => {
  const byNumber = (site: MachineSite, index: number) => ({ ...site, id: BigInt(index + 1) })
  const site = fc.record({
    owner: fc.constantFrom(ann, bob),
    endpoint: fc.constantFrom('/ip4/192.0.2.1/tcp/1', '/ip4/192.0.2.2/tcp/1', '/ip6/2001:db8::1/tcp/1'),
    class: fc.constantFrom(like, { ...like, computeBand: 70 }),
  })
  fc.assert(
    fc.property(fc.array(site, { maxLength: 12 }), (drawn) => {
      const sites = drawn.map((one, index) => byNumber({ ...first, ...one }, index))
      const areAlike = (a: MachineSite, b: MachineSite) =>
        a.id !== b.id && a.class === b.class && (a.owner === b.owner || a.endpoint === b.endpoint)
      const expected = sites.filter((a) => sites.some((b) => areAlike(a, b))).map(({ id }) => id)
      const picked = new Set<bigint>()
      for (let at = 0; at < 2 * sites.length; at++) {
        const pair = pickSuspects(sites, (limit) => at % limit)
        if (!pair) continue
        const [a, b] = pair.map((id) => sites[Number(id) - 1] as MachineSite) as [MachineSite, MachineSite]
        expect(areAlike(a, b)).toBe(true)
        picked.add(pair[0])
      }
      expect([...picked].sort()).toEqual([...expected].sort())
    }),
  )
})
