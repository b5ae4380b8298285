import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { repository } from './runJob.ts'
import { startNetwork } from './testing/startNetwork.ts'

test('the demonstration mines two programmes, convicts a forger and changes the burn table', async () => {
  const network = await startNetwork()
  try {
    const { code, stdout, stderr } = await demonstrate(network.home)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') })
    const lines = stdout.split('\n')
    expect(lines).toContainEqual(expect.stringMatching(/^programme 1\tLumen: \d+ LUMEN paid, by \d+ points?, /))
    expect(lines).toContainEqual(
      expect.stringMatching(/^programme 2\tRent in HOTA: 0\.0\d+ HOTA paid, by value burnt, /),
    )
    expect(lines).toContain('state\tforged: an entry of its transcript was proved wrong')
    expect(lines).toContainEqual(expect.stringMatching(/^proved by\t0x\w{40}$/))
    expect(lines).toContain('slashed\t50 HOTA')
    expect(lines).toContain('burn share\t7.5 % of the rent of new leases, at 1 verified slot')
    expect(lines).toContain('terms\ton demand, 5 % of the rent burnt')
    expect(lines.filter((line) => line.startsWith('✓ '))).toHaveLength(3)
    const { stdout: leases } = await network.hotaru(['lease', 'list', '--open']).done
    expect(leases).toEqual([])
  } finally {
    await network.stop()
  }
}, 240_000)

test('without a network it says how to start one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'hotaru-no-network-'))
  const { code, stdout, stderr } = await demonstrate(home)
  await rm(home, { recursive: true })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('no local network answers')
  expect(stderr).toContain('hint: start it in another terminal: npm start -- --no-job')
})

async function demonstrate(home: string) {
  const child = spawn(process.execPath, ['apps/network/src/demo/main.ts'], {
    cwd: repository,
    env: { ...process.env, HOTARU_HOME: home, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}
