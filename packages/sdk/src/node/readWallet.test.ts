import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatError } from '@hotaru/base'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { readWallet } from './readWallet.ts'

test('reads a wallet of mode 600, and never shows its key', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-wallet-'))
  const path = join(directory, 'wallet.json')
  const privateKey = generatePrivateKey()
  const { address } = privateKeyToAccount(privateKey)
  const read = () => readWallet(path).then(({ address }) => address, formatError)
  expect(await read()).toContain('there is no file')
  await writeFile(path, JSON.stringify({ address, privateKey }), { mode: 0o600 })
  expect(await read()).toBe(address)
  await chmod(path, 0o644)
  expect(await read()).toContain(`hint: chmod 600 ${path}`)
  await chmod(path, 0o600)
  for (const wallet of [
    { address: `0x${'00'.repeat(20)}`, privateKey },
    { address, privateKey: `${privateKey}00` },
    7,
  ]) {
    await writeFile(path, JSON.stringify(wallet))
    const said = await read()
    expect(said).toContain('is not valid')
    expect(said).not.toContain(privateKey.slice(2, 20))
  }
  await rm(directory, { recursive: true })
})
