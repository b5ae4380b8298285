import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, openHost } from '../linkFixture.ts'
import { fetchFile, measureFile, receiveFile, sendFile } from './index.ts'
import { type DataSource, receiveInto } from './receiveInto.ts'

let directory: string
let from: string
let to: string
const content = randomBytes(900_001)
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-link-'))
  from = join(directory, 'from')
  to = join(directory, 'to')
  await writeFile(from, content)
})
afterEach(() => rm(directory, { recursive: true }))

/** A source of this data that then ends, or breaks. */
function sourceOf(bytes: Uint8Array, end: () => undefined = () => undefined): DataSource {
  let at = 0
  return {
    async readData() {
      if (at >= bytes.byteLength) return end()
      return bytes.subarray(at, (at += 100_000))
    },
  }
}
const lost = () => {
  throw new Error('lost')
}
const others = async () => (await readdir(directory)).filter((name) => name !== 'from')

test('a file goes over the link whole, and comes back', async () => {
  const promised = await measureFile(from)
  const target = await openHost(async (request, exchange) => {
    if (request.verb === 'lease.file') {
      await receiveFile(exchange, { to, sizeBytes: request.sizeBytes, sha256: request.sha256 })
      await exchange.sendReply({ type: 'ok' })
    } else if (request.verb === 'lease.fetch') {
      await sendFile(exchange, to, { sizeBytes: promised.sizeBytes, fromByte: request.fromByte })
    }
  })
  const connection = await connect(target)
  const upload = await connection.open({ verb: 'lease.file', leaseId: '1', token: null, ...promised })
  await sendFile(upload, from, promised)
  await upload.readOk()
  expect(content.equals(await readFile(to))).toBe(true)

  const back = join(directory, 'back')
  const openAt = (fromByte: number) =>
    connection.open({ verb: 'lease.fetch', leaseId: '1', token: null, path: 'x', fromByte })
  await fetchFile({ to: back, ...promised, openAt })
  expect(content.equals(await readFile(back))).toBe(true)
})

test('an upload that is wrong, too long, too short or cut off leaves nothing behind', async () => {
  const promised = await measureFile(from)
  const receive = (source: DataSource, change = {}) => receiveFile(source, { to, ...promised, ...change })
  const wrong = Uint8Array.from(content)
  wrong[5] = (wrong[5] ?? 0) ^ 1
  await expect(receive(sourceOf(wrong))).rejects.toMatchObject({ name: 'Link.FileMismatchError' })
  await expect(receive(sourceOf(content), { sizeBytes: 450_000 })).rejects.toMatchObject({ name: 'Link.FileSizeError' })
  await expect(receive(sourceOf(content.subarray(0, 450_000)))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Link.FileSizeError: Cannot accept the file: "450000" bytes came, expected "900001"]`,
  )
  await expect(receive(sourceOf(content.subarray(0, 450_000), lost))).rejects.toThrow('lost')
  expect(await others()).toEqual([])
})

test('a bad upload does not harm the file that is there', async () => {
  await writeFile(to, 'before')
  const promised = await measureFile(from)
  await expect(receiveFile(sourceOf(new Uint8Array(1)), { to, ...promised })).rejects.toThrow('"1" bytes came')
  expect(await readFile(to, 'utf8')).toBe('before')
})

test('a full disk is said to be full', async () => {
  const full = await open('/dev/full', 'w').catch(() => undefined)
  if (!full) return
  const promised = await measureFile(from)
  await expect(receiveInto(full, sourceOf(content), { promised })).rejects.toMatchObject({
    name: 'Link.DiskFullError',
    retry: 'later',
  })
  await full.close()
})

test('a folder that is not there is said by its code', async () => {
  const promised = await measureFile(from)
  const missing = receiveFile(sourceOf(content), { to: join(directory, 'no', 'to'), ...promised })
  await expect(missing).rejects.toMatchObject({ name: 'Link.DiskError', facts: { code: 'ENOENT' } })
})

test('a fetch that is cut off goes on where it was', async () => {
  const promised = await measureFile(from)
  const asked: number[] = []
  const openCut = async (fromByte: number) => {
    asked.push(fromByte)
    return sourceOf(content.subarray(fromByte, fromByte + 300_000), lost)
  }
  const fetch = () => fetchFile({ to, ...promised, openAt: openCut })
  for (const _ of [1, 2, 3]) await expect(fetch()).rejects.toThrow('lost')
  expect(await others()).toEqual(['to.part'])
  await fetch()
  expect(asked).toEqual([0, 300_000, 600_000, 900_000])
  expect(content.equals(await readFile(to))).toBe(true)
  expect(await others()).toEqual(['to'])
})

test('a part that is not of the file is found out and thrown away', async () => {
  const promised = await measureFile(from)
  const openAt = async (fromByte: number) => sourceOf(content.subarray(fromByte))
  await writeFile(`${to}.part`, randomBytes(1000))
  await expect(fetchFile({ to, ...promised, openAt })).rejects.toMatchObject({ name: 'Link.FileMismatchError' })
  expect(await others()).toEqual([])
  await writeFile(`${to}.part`, randomBytes(promised.sizeBytes + 1))
  await fetchFile({ to, ...promised, openAt })
  expect(content.equals(await readFile(to))).toBe(true)
})

test('a whole part needs no data, an empty file neither', async () => {
  const promised = await measureFile(from)
  const openAt = async () => sourceOf(new Uint8Array())
  await writeFile(`${to}.part`, content)
  await fetchFile({ to, ...promised, openAt })
  expect(content.equals(await readFile(to))).toBe(true)
  const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  await fetchFile({ to, sizeBytes: 0, sha256, openAt })
  expect((await readFile(to)).byteLength).toBe(0)
})

test('a file that shrinks while it is sent is noticed', async () => {
  const sink = { sendData: async () => {} }
  await expect(sendFile(sink, from, { sizeBytes: content.byteLength + 1 })).rejects.toMatchObject({
    name: 'Link.FileChangedError',
  })
})
