import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Every file of the repository that git tracks or would track, relative to its root. */
export function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed.split('\n').filter((path) => path !== '' && isThere(path))
}

export function readText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8')
}

/** What a package says of itself. */
export type Package = {
  path: string
  name: string
  exports: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

/** All workspaces: packages, apps, examples, contracts. */
export function listPackages(): Package[] {
  const manifests = listFiles().filter((path) =>
    /^((packages|apps|examples)\/[^/]+|contracts)\/package\.json$/.test(path),
  )
  return manifests.map((path) => {
    const manifest = JSON.parse(readText(path))
    return { exports: {}, dependencies: {}, devDependencies: {}, ...manifest, path: path.replace('/package.json', '') }
  })
}

function isThere(path: string): boolean {
  try {
    readFileSync(`${root}${path}`)
    return true
  } catch {
    return false
  }
}
