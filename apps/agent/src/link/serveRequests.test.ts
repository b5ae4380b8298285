import { createHash } from 'node:crypto'
import { hashWorkload, type Request, scopes } from '@hotaru/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { code, createRoom, peer, sha256, stranger, workload } from '../testing/createServingRoom.ts'

test('a lease from the manifest to the results', async () => {
  const { ledger, driver, ask, token, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }

  const manifest = await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  expect(manifest.replies).toEqual([{ type: 'ok', value: { missing: [sha256] } }])
  await ask({ verb: 'lease.file', ...mine, sha256, sizeBytes: code.length }, code)
  const ran = await ask({ verb: 'lease.run', ...mine })
  expect(ran.replies).toEqual([{ type: 'ok', value: { state: 'running', exit: null, reason: null } }])
  expect(ledger.sent).toContain(`start ${leaseId}`)

  const following = ask({
    ...{ verb: 'lease.logs', ...mine, follow: true },
    fromByte: { stdout: 1, stderr: 0 },
  })
  driver.end(`test-${leaseId}`)
  expect(await following).toMatchObject({
    data: 'ello',
    replies: [
      { type: 'log', stream: 'stdout', atByte: 1, sizeBytes: 4 },
      { type: 'exit', exit: { code: 0, reason: 'exited' } },
    ],
  })
  const answer = { path: 'out/answer', sizeBytes: 2, sha256: createHash('sha256').update('42').digest('hex') }
  expect((await ask({ verb: 'lease.results', ...mine })).replies).toEqual([{ type: 'ok', value: { files: [answer] } }])
  expect((await ask({ verb: 'lease.fetch', ...mine, path: 'out/answer', fromByte: 1 })).data).toBe('2')

  // Closed on the ledger, still kept here for a while.
  ledger.close(leaseId)
  await loop.dispatch({ type: 'leaseSeen', leaseId, lease: await ledger.readLease(leaseId) })
  expect((await ask({ verb: 'lease.status', ...mine })).replies).toMatchObject([{ value: { state: 'exited' } }])
})

test('exec runs inside, stop ends it, and neither works on what does not run', async () => {
  const { ledger, ask, token } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }
  const exec: Request = { verb: 'lease.exec', ...mine, command: ['ls'] }
  await expect(ask(exec)).rejects.toMatchObject({ name: 'Driver.NotRunningError' })
  await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  await expect(ask({ verb: 'lease.run', ...mine })).rejects.toThrow('1 files are missing')
  await ask({ verb: 'lease.file', ...mine, sha256, sizeBytes: code.length }, code)
  await ask({ verb: 'lease.run', ...mine })
  expect(await ask(exec, 'input')).toMatchObject({ data: 'ls\n', replies: [{ type: 'log' }, { type: 'exit' }] })
  expect((await ask({ verb: 'lease.stop', ...mine })).replies).toMatchObject([
    { value: { state: 'exited', exit: { reason: 'stopped' } } },
  ])
})

test('a workload that is not the one of the lease, or does not fit, is refused with the reason', async () => {
  const { ledger, ask, token, loop } = await createRoom()
  const huge = { ...workload, limits: { ...workload.limits, memoryBytes: 2 ** 40 } }
  const other = { ...workload, program: { driver: 'container', image: `sha256:${'a'.repeat(64)}`, command: ['x'] } }
  const cases: [unknown, string][] = [
    [
      workload,
      'Cannot take the workload: the manifest is not the one of the lease, expected the digest that the ledger has',
    ],
    [huge, 'Cannot take the workload: it asks for 1 TiB of memory, expected at most 4 GiB'],
    [other, 'Cannot take the workload: this machine has no driver "container", expected one that it has'],
  ]
  for (const [manifest, message] of cases) {
    const digest = manifest === workload ? `0x${'0'.repeat(64)}` : hashWorkload(manifest as typeof workload)
    const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: digest })
    const request = { verb: 'lease.manifest', leaseId, token: await token(leaseId), manifest } as const
    await expect(ask(request)).rejects.toThrow(message)
    expect(loop.state.leases[leaseId]?.step).toBe('confirmed')
  }
})

test('a file that is not what it says leaves nothing behind', async () => {
  const { ledger, ask, token, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }
  await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  const send = { verb: 'lease.file', ...mine, sha256, sizeBytes: code.length } as const
  await expect(ask(send, 'console.log(2)')).rejects.toMatchObject({ name: 'Link.FileMismatchError' })
  await expect(ask(send, code.slice(1))).rejects.toMatchObject({ name: 'Link.FileSizeError' })
  await expect(ask({ ...send, sizeBytes: 3 }, 'abc')).rejects.toThrow('the file is not in the manifest')
  expect(loop.state.leases[leaseId]?.received).toEqual([])
})

test('without a token of this lease, for this verb, on this connection, nothing happens', async () => {
  const { ledger, driver, ask, token, loop, clock } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const otherId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const expired = await token(leaseId)
  const bad = {
    'of another lease': await token(otherId),
    'of a stranger': await token(leaseId, { account: stranger }),
    'of another connection': await token(leaseId, { peer: '16Uiu2HAmOther' }),
    'of another scope': await token(leaseId, { scopes: ['status'] }),
    'that is none': { leaseId, machineId: '1' },
  }
  for (const [name, one] of Object.entries(bad)) {
    const send = { verb: 'lease.manifest', leaseId, token: one, manifest: workload } as const
    await expect(ask(send), name).rejects.toMatchObject({ name: 'LeaseToken.RefusedError' })
  }
  clock.advance(600_000)
  await expect(ask({ verb: 'lease.stop', leaseId, token: expired })).rejects.toThrow('it has expired')
  await expect(ask({ verb: 'lease.stop', leaseId: '77', token: await token('77') })).rejects.toMatchObject({
    name: 'Link.UnknownLeaseError',
  })
  expect(loop.state.leases[leaseId]?.manifest).toBeNull()
  expect(driver.calls).toEqual([])
  expect(ledger.sent.filter((what) => what !== `end ${leaseId}` && what !== `end ${otherId}`)).toEqual([])
})

test('whatever strangers send, nothing runs, nothing is written, nothing is sent to the ledger', async () => {
  const { ledger, driver, ask, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const anyToken = fc.oneof(
    fc.jsonValue(),
    fc.record({
      leaseId: fc.constantFrom(leaseId, '2'),
      machineId: fc.constant('1'),
      peer: fc.constant(peer),
      scopes: fc.constant([...scopes]),
      expiresAt: fc.constant(1_800_000_100),
      signature: fc.uint8Array({ minLength: 65, maxLength: 65 }).map((b) => `0x${Buffer.from(b).toString('hex')}`),
    }),
  )
  const request = fc
    .tuple(
      fc.constantFrom(
        ...([
          { verb: 'lease.manifest', manifest: workload },
          { verb: 'lease.file', sha256, sizeBytes: code.length },
          { verb: 'lease.run' },
          { verb: 'lease.exec', command: ['sh'] },
          { verb: 'lease.logs', follow: true, fromByte: { stdout: 0, stderr: 0 } },
          { verb: 'lease.results' },
          { verb: 'lease.fetch', path: '../../machine.key', fromByte: 0 },
          { verb: 'lease.stop' },
        ] as const),
      ),
      fc.constantFrom(leaseId, '2', '999999'),
      anyToken,
    )
    .map(([body, id, token]) => ({ ...body, leaseId: id, token }) as Request)
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      await expect(ask(one)).rejects.toMatchObject({ exitCode: expect.any(Number) })
    }),
    { numRuns: 150 },
  )
  expect(driver.calls).toEqual([])
  expect(ledger.sent).toEqual([])
  expect(Object.values(loop.state.leases).every((lease) => lease.step === 'confirmed' && !lease.stopRequested)).toBe(
    true,
  )
})

test('made-up lease numbers cause only so many look-ups', async () => {
  const { ledger, ask, token, clock } = await createRoom()
  const good = await token('1000')
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      ask({ verb: 'lease.status', leaseId: String(1000 + index), token: good }).catch((error) => error.name),
    ),
  )
  expect(answers.filter((name) => name === 'Agent.BusyError')).toHaveLength(10)
  clock.advance(1_000)
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const { replies } = await ask({ verb: 'lease.status', leaseId, token: await token(leaseId) })
  expect(replies).toMatchObject([{ value: { state: 'confirmed' } }])
})
