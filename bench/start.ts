import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import type { Bench } from './Bench.ts'
import { root } from './localNetwork.ts'

/** What a stranger waits for. */
export const start: Bench = {
  about: '`npm start -- --once` from a clean clone with an empty home to the receipt, and a second time',
  async run(say) {
    const home = await mkdtemp(join(tmpdir(), 'hotaru-start-'))
    const clone = join(home, 'hotaru')
    try {
      await seconds('git', ['clone', '--quiet', root, clone], home, home)
      // The package client's settings are the machine's, not the home's.
      await cp(join(process.env.HOME ?? '', '.npmrc'), join(home, '.npmrc')).catch(() => {})
      say('first start, packages and all')
      const first = await seconds('npm', ['start', '--', '--once'], clone, home)
      say(`first start took ${first.toFixed(1)} s; the second`)
      const second = await seconds('npm', ['start', '--', '--once'], clone, home)
      return [
        { metric: 'start.firstSeconds', value: first, unit: 's', bar: { max: 180 } },
        { metric: 'start.secondSeconds', value: second, unit: 's', bar: { max: 20 } },
      ]
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  },
}

function seconds(program: string, args: string[], cwd: string, home: string): Promise<number> {
  const startMs = performance.now()
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'))
  const env = { HOME: home, PATH: path.join(':'), NO_COLOR: '1' }
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve((performance.now() - startMs) / 1000)
      else reject(new CommandFailedError({ command: [program, ...args].join(' '), code }))
    })
  })
}

class CommandFailedError extends BaseError {
  override readonly name = 'Bench.CommandFailedError'

  constructor({ command, code }: { command: string; code: number | null }) {
    super(`Cannot measure "${command}": it exited with ${code}, expected 0`)
  }
}
