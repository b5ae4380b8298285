import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatError } from '@hotaru/base'
import { hashWorkload } from '@hotaru/protocol'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packWorkload } from './packWorkload.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-pack-test-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
}

const description = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'job', driver: 'deno', entry: 'main.ts', ...changes })

/** What packing says, with this test's directory as DIR. */
async function failure(path = directory): Promise<string> {
  const error = await packWorkload(path).then(
    () => 'packed',
    (thrown: unknown) => formatError(thrown),
  )
  return error.replaceAll(directory, 'DIR')
}

describe('packWorkload', () => {
  test('one file is a workload of its own', async () => {
    await write({ 'Hello World.ts': 'console.log(1)' })
    const { manifest, digest } = await packWorkload(join(directory, 'Hello World.ts'))
    expect(manifest).toMatchObject({ name: 'hello-world', program: { driver: 'deno', entry: 'Hello World.ts' } })
    expect(manifest.files).toHaveLength(1)
    expect(digest).toBe(hashWorkload(manifest))
  })

  test('a directory is sent without its description, dot files, modules and old results', async () => {
    await write({ 'workload.json': description(), 'main.ts': '', 'data/a.bin': 'a', '.env': 'SECRET', 'out/old': 'x' })
    await write({ 'node_modules/x/index.js': '' })
    const { manifest } = await packWorkload(directory)
    expect(manifest.files.map(({ path }) => path)).toEqual(['data/a.bin', 'main.ts'])
  })

  test('prepare fills the directory; what it wrote is gone after dispose', async () => {
    await write({
      'workload.json': description({ prepare: 'prepare.mjs', limits: { memoryBytes: 64 * 2 ** 20 } }),
      'prepare.mjs': `import { writeFile } from 'node:fs/promises'
        export const prepare = (directory) => writeFile(directory + '/main.ts', 'prepared')`,
    })
    const bundle = await packWorkload(directory)
    expect(bundle.manifest.limits.memoryBytes).toBe(64 * 2 ** 20)
    const read = async () => {
      const chunks = []
      for await (const chunk of bundle.open(bundle.manifest.files[0]?.sha256 ?? '')) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    }
    expect(await read()).toBe('prepared')
    await bundle.dispose()
    await bundle.dispose()
    await expect(read()).rejects.toThrow('ENOENT')
  })

  const anyName = fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => name !== 'out')
  const anyFiles = fc.dictionary(
    fc.array(anyName, { minLength: 1, maxLength: 3 }).map((parts) => `d/${parts.map((part) => `${part}_`).join('/')}f`),
    fc.string({ maxLength: 20 }),
    { maxKeys: 6 },
  )
  test('the digest depends on content alone, and every path stays inside', async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const pack = async () => {
          await write({ 'workload.json': description(), 'main.ts': '', ...files })
          return packWorkload(directory)
        }
        const first = await pack()
        const second = await pack()
        await rm(join(directory, 'd'), { recursive: true, force: true })
        expect(second.digest).toBe(first.digest)
        expect(first.manifest.files.map(({ path }) => path)).toEqual(['main.ts', ...Object.keys(files)].sort())
        for (const { path } of first.manifest.files) expect(path).not.toMatch(/^\/|(^|\/)\.\.?(\/|$)/)
      }),
      { numRuns: 20 },
    )
  })

  test('a link inside is followed, a link out is refused', async () => {
    await write({ 'workload.json': description(), 'main.ts': '', 'data/a': 'a' })
    await symlink('data', join(directory, 'alias'))
    expect((await packWorkload(directory)).manifest.files.map(({ path }) => path)).toContain('alias/a')
    await symlink('/etc/passwd', join(directory, 'users'))
    expect(await failure()).toMatchInlineSnapshot(`
      "error: Cannot pack the workload: link "DIR/users" leads to "/etc/passwd", expected a file inside the directory

      hint: copy the file into the directory instead of linking it"
    `)
  })

  test('a link to the directory above it ends', async () => {
    await write({ 'workload.json': description(), 'main.ts': '', 'a/b': '' })
    await symlink('..', join(directory, 'a', 'up'))
    expect((await packWorkload(directory)).manifest.files.length).toBeLessThan(10)
  })

  test('missing, in every way', async () => {
    expect(await failure(join(directory, 'nowhere'))).toContain('"DIR/nowhere" does not exist')
    expect(await failure()).toMatchInlineSnapshot(`
      "error: Cannot read the workload: directory "DIR" has no "workload.json", expected one
        because: ENOENT: no such file or directory, open 'DIR/workload.json'

      hint: the shape is {"name":"job","driver":"deno","entry":"main.ts"}; examples/bunny/workload.json is a whole one"
    `)
    await write({ 'workload.json': description() })
    expect(await failure()).toMatchInlineSnapshot(`
      "error: Cannot pack the workload: its entry "main.ts" is not among the files, expected it there
        files  0

      hint: correct "entry" in workload.json, or let "prepare" write that file"
    `)
  })

  test('not what it says', async () => {
    await write({ 'a.wasm': 'not wasm', 'b.ts': new Uint8Array([0, 1, 2]), 'c.exe': 'MZ' })
    expect(await failure(join(directory, 'a.wasm'))).toMatchInlineSnapshot(`
      "error: Cannot run "DIR/a.wasm": it is not WebAssembly, expected the magic number "\\0asm"

      hint: give a program, or a directory with a workload.json that names one as its "entry""
    `)
    expect(await failure(join(directory, 'b.ts'))).toContain('it is a binary file, expected a text of code')
    expect(await failure(join(directory, 'c.exe'))).toContain('its name ends in ".exe"')
    await write({ 'workload.json': '{' })
    expect(await failure()).toContain('"DIR/workload.json" is not valid (it is not JSON)')
    await write({ 'workload.json': description({ entry: 7 }) })
    expect(await failure()).toContain('field "entry"')
    await write({ 'workload.json': description({ name: 'Not A Name' }), 'main.ts': '' })
    expect(await failure()).toContain('field "name" is not valid')
    await write({ 'workload.json': description({ prepare: 'p.mjs' }), 'p.mjs': 'export const other = 1' })
    expect(await failure()).toContain('exports no function "prepare"')
    await write({ 'workload.json': description({ prepare: 'q.mjs' }), 'q.mjs': 'export const prepare = () => nothing' })
    expect(await failure()).toContain('nothing is not defined')
  })

  test('too large', async () => {
    await write({
      'workload.json': description({ limits: { diskBytes: 2 ** 20 } }),
      'main.ts': '',
      'big.bin': new Uint8Array(2 ** 20 + 1),
    })
    expect(await failure()).toMatchInlineSnapshot(`
      "error: Cannot pack the workload "job": its files have "1048577" bytes, expected at most "1048576"
        largest  big.bin
        size     1 MiB

      hint: raise "limits.diskBytes" in workload.json, or leave files out"
    `)
  })
})
