import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'

/**
 * Copies a program, and all that it imports, into a directory where no package can be found: what came from packages lies
 * under `lib`, and is imported by path.
 *
 * Knows `import … from`, `export … from` and `new URL('…', import.meta.url)` of a thread. Types are left out.
 */
export async function gatherImports(program: string, entry: string, directory: string): Promise<void> {
  const places = new Map<string, string>()
  const left = [join(program, entry)]
  places.set(join(program, entry), entry)
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    const place = places.get(file) as string
    let text = await readFile(file, 'utf8')
    for (const name of importsOf(text)) {
      const found = name.startsWith('.') ? join(dirname(file), name) : createRequire(file).resolve(name)
      const at = places.get(found) ?? (found.startsWith(program) ? relative(program, found) : await placeIn(found))
      if (!places.has(found)) left.push(found)
      places.set(found, at)
      const path = relative(dirname(place), at)
      text = text.replaceAll(
        new RegExp(`(['"])${quote(name)}\\1`, 'g'),
        `'${path.startsWith('.') ? path : `./${path}`}'`,
      )
    }
    await mkdir(dirname(join(directory, place)), { recursive: true })
    await writeFile(join(directory, place), text)
  }
}

function importsOf(text: string): Set<string> {
  const statements = text.matchAll(/^(?:import|export)(?! type)[^'"]*?\bfrom (['"])(.+?)\1/gm)
  const threads = text.matchAll(/new URL\((['"])(.+?)\1, import\.meta\.url\)/g)
  return new Set([...statements, ...threads].flatMap(([, , name = '']) => (isBuiltin(name) ? [] : [name])))
}

/** `lib/NAME/` and the path inside the package. */
async function placeIn(file: string): Promise<string> {
  for (let root = dirname(file); root !== dirname(root); root = dirname(root)) {
    const about = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}')
    const { name }: { name?: string } = JSON.parse(about)
    if (name !== undefined) return join('lib', name, relative(root, file))
  }
  throw new NoPackageError(file)
}

function quote(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Thrown when a program imports a file of no package. */
export class NoPackageError extends Error {
  override readonly name = 'Acceptance.NoPackageError'
  constructor(file: string) {
    super(`Cannot gather the program: ${file} belongs to no package, expected a package.json above it`)
  }
}
