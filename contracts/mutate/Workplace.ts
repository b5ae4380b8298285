import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { captureForge, type ForgeRun } from '../forge.ts'
import { applyMutant, type Mutant } from './findMutants.ts'

/** What became of a mutant: seen by a test, not seen, or no program at all. */
export type Verdict = 'killed' | 'survived' | 'invalid'

/** The folder of the contracts, and the repository's. */
const contracts = join(import.meta.dirname, '..')
const repository = join(contracts, '..')

/** The folders of Solidity: without one of them nothing compiles. */
export const sources = ['src', 'test', 'examples']

/** What tests read outside the contracts: fs_permissions of foundry.toml. */
const read = ['packages/proof/vectors']

/** A mutant may loop until its gas is gone; a test that long has noticed. */
const timeoutMs = 600_000

/** The same draws for every mutant, or luck would decide which survive. Warnings do not count: a mutant may have some. */
const env = { FOUNDRY_FUZZ_SEED: '0x686f74617275', FOUNDRY_DENY: 'never' }

/** Gas is no behaviour, and its tests write files. */
const behaviour = ['test', '--fail-fast', '--no-match-path', 'test/gas/*']

/**
 * A copy of the contracts in which mutants are tried one after the other. It has the compiler's output of its own, so
 * that a mutant costs the compilation of its file and of what inherits from it, and no test is compiled anew.
 */
export class Workplace {
  readonly #home: string
  readonly #folder: string

  /** Copies the contracts, with what is compiled of them, into `home`. */
  constructor(home: string) {
    this.#home = home
    this.#folder = join(home, 'contracts')
    mkdirSync(home, { recursive: true })
    symlinkSync(join(repository, 'node_modules'), join(home, 'node_modules'), 'dir')
    for (const path of read) cpSync(join(repository, path), join(home, path), { recursive: true })
    this.#copy(contracts, repository)
  }

  /** Another one in `home` with everything that this one has compiled. */
  clone(home: string): Workplace {
    const copy = new Workplace(home)
    copy.#copy(this.#folder, this.#home)
    return copy
  }

  /** Runs all tests on the sources as they are. */
  runAll(): Promise<ForgeRun> {
    return this.#forge(behaviour)
  }

  /** Puts a mutant in the place of its file, runs the file's own tests, then all, and puts the file back. */
  async judge(mutant: Mutant): Promise<Verdict> {
    const path = join(this.#folder, 'src', mutant.file)
    const source = readFileSync(path, 'utf8')
    writeFileSync(path, applyMutant(source, mutant))
    try {
      const own = [
        'test',
        '--fail-fast',
        '--match-path',
        `test/{unit,fuzz,attack}/${this.#ownTests(mutant.file)}.t.sol`,
      ]
      for (const args of [own, behaviour]) {
        const { status, stdout, stderr } = await this.#forge(args)
        if (status === 0) continue
        const seen = status === 124 || `${stdout}${stderr}`.includes('Suite result: FAILED')
        return seen ? 'killed' : 'invalid'
      }
      return 'survived'
    } finally {
      writeFileSync(path, source)
    }
  }

  #ownTests(file: string): string {
    const tests = ['unit', 'fuzz', 'attack'].flatMap((folder) => {
      const path = join(this.#folder, 'test', folder)
      return existsSync(path) ? readdirSync(path) : []
    })
    return ownTests(basename(file, '.sol'), tests)
  }

  #forge(args: readonly string[]): Promise<ForgeRun> {
    return captureForge(args, { cwd: this.#folder, env, timeoutMs })
  }

  /**
   * Brings sources and compiled output. In forge's cache the packages have absolute paths: with those of this copy it is
   * as good as new. Not so where it names the folder of all packages itself: that one it has followed to its real place.
   */
  #copy(from: string, itsHome: string): void {
    for (const name of [...sources, 'foundry.toml', 'solc', 'out', 'cache']) {
      const path = join(from, name)
      if (existsSync(path)) cpSync(path, join(this.#folder, name), { recursive: true, preserveTimestamps: true })
    }
    const cache = join(this.#folder, 'cache', 'solidity-files-cache.json')
    if (!existsSync(cache)) return
    const [old, own] = [join(itsHome, 'node_modules', '/'), join(this.#home, 'node_modules', '/')]
    writeFileSync(cache, readFileSync(cache, 'utf8').replaceAll(old, own))
  }
}

/**
 * The pattern of a contract's own tests: those that begin with its name, or with the longest part of it that any
 * begins with (`LeaseBook` has `Lease*`, `Stakes` has `Stakes*`); all where none does.
 */
export function ownTests(name: string, tests: readonly string[]): string {
  const words = name.match(/[A-Z][a-z0-9]*|[a-z0-9]+/g) ?? [name]
  const parts = words.map((_, i) => words.slice(0, words.length - i).join(''))
  const found = parts.flatMap((part) => [part, part.replace(/s$/, '')])
  return `${found.find((part) => tests.some((test) => test.startsWith(part))) ?? ''}*`
}
