import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Deno, markFile } from './findDeno.ts'
import type { Vulkan } from './findVulkan.ts'

/** A root directory with exactly what a workload may see of the host's software. */
export type Runtime = { directory: string; deno: string; tools: boolean }

/** The list of what is in a runtime, so that it is known again without asking the linker. */
type Contents = { marks: Readonly<Record<string, string>> }

/**
 * Puts Deno, the libraries it needs and the Vulkan drivers into one directory, which a box mounts as its root.
 *
 * A new driver or Deno on the host makes a new one; workloads that run keep theirs. Built once, with copies that share
 * blocks where the disk can, so that nothing that happens to the host's files later reaches a workload.
 */
export async function buildRuntime(parent: string, deno: Deno, vulkan: Vulkan): Promise<Runtime> {
  const tools = await findTools()
  const roots = [deno.path, ...tools, ...vulkan.libraries, ...vulkan.manifests]
  const marks = await Promise.all(roots.map(markFile))
  const key = createHash('sha256')
    .update([deno.sha256, ...marks].join('\n'))
    .digest('hex')
    .slice(0, 16)
  const directory = join(parent, key)
  const runtime = { directory, deno: '/bin/deno', tools: tools.length === toolNames.length }
  if (await isCurrent(directory)) return runtime

  const files = await closure([deno.path, ...tools, ...vulkan.libraries])
  await mkdir(parent, { recursive: true })
  const scratch = await mkdtemp(join(parent, 'building-'))
  for (const name of ['proc', 'dev', 'sys', 'tmp', 'workload', 'bin', 'etc', 'usr/lib']) {
    await mkdir(join(scratch, name), { recursive: true })
  }
  for (const name of ['lib', 'lib64']) await copyLink(name, scratch)
  await put(deno.path, join(scratch, 'bin/deno'))
  for (const tool of tools) await put(tool, join(scratch, 'bin', tool.slice(tool.lastIndexOf('/') + 1)))
  for (const file of [...files, ...vulkan.manifests, '/etc/ld.so.cache']) await put(file, join(scratch, file))
  const listed = [...new Set([...roots, ...files])]
  const contents: Contents = {
    marks: Object.fromEntries(await Promise.all(listed.map(async (file) => [file, await markFile(file)]))),
  }
  await writeFile(join(scratch, listName), JSON.stringify(contents))
  await chmod(scratch, 0o755)
  await rm(directory, { recursive: true, force: true })
  await rename(scratch, directory).catch(async (error: NodeJS.ErrnoException) => {
    await rm(scratch, { recursive: true, force: true })
    // Somebody else built the same one at the same time.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return runtime
}

/** Written last, so a runtime that has it is whole. */
const listName = 'etc/hotaru-runtime.json'

/** Small programs of util-linux that put on limits and take off rights inside the box. */
const toolNames = ['setpriv', 'prlimit'] as const

async function findTools(): Promise<string[]> {
  const found = await Promise.all(
    toolNames.map(async (name) => {
      for (const directory of ['/usr/bin', '/bin', '/usr/sbin', '/sbin']) {
        if (await stat(join(directory, name)).catch(() => undefined)) return join(directory, name)
      }
      return undefined
    }),
  )
  return found.filter((path) => path !== undefined)
}

/** The files and every library they are linked with. */
async function closure(files: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    files.map(async (file) => {
      const { stdout } = await promisify(execFile)('ldd', [file], { env: { PATH: '/usr/bin:/bin' } })
      return stdout.split('\n').flatMap((line) => /(?:=> |^\s)(\/\S+) \(0x/.exec(line)?.[1] ?? [])
    }),
  )
  const libraries = files.filter((file) => /\.so(\.|$)/.test(file))
  return [...new Set([...libraries, ...lists.flat()])].sort()
}

/** Whether the runtime is complete, and the host's files are still those it was made of. */
async function isCurrent(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, listName), 'utf8').catch(() => undefined)
  if (text === undefined) return false
  const { marks }: Contents = JSON.parse(text)
  const same = await Promise.all(
    Object.entries(marks).map(async ([file, mark]) => (await markFile(file).catch(() => '')) === mark),
  )
  return same.every(Boolean)
}

/** Where the host has `/lib` as a link to `usr/lib`, so has the runtime: the same paths lead to the same files. */
async function copyLink(name: string, root: string): Promise<void> {
  const target = await readlink(join('/', name)).catch(() => undefined)
  if (target === undefined) return
  await mkdir(join(root, target), { recursive: true })
  await symlink(target, join(root, name))
}

async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  await chmod(to, ((await stat(from)).mode & 0o111) | 0o644)
}
