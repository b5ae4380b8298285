import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { BaseError } from '@hotaru/base'
import { type Bench, percentile, type Row } from './Bench.ts'
import { root, startLocalNetwork } from './localNetwork.ts'

const warmUps = 3
const runs = 20

/** What a renter waits for, from the command to the program's first output, with each part's share. */
export const run: Bench = {
  about: 'from one `hotaru run` to the first byte of output, warm, on the embedded chain with instant blocks',
  async run(say) {
    // What set-up does after an install; the sources may have changed since.
    execFileSync(process.execPath, [join(root, 'apps/cli/src/bundle/main.ts')])
    const network = await startLocalNetwork()
    const scratch = await mkdtemp(join(tmpdir(), 'hotaru-run-'))
    try {
      const program = join(scratch, 'hello.ts')
      await writeFile(program, `console.log('hello')\n`)
      const timings: Timing[] = []
      for (let count = 1; count <= warmUps + runs; count++) {
        const timing = await measure(program, network.home, join(scratch, 'out'))
        if (count > warmUps) timings.push(timing)
        say(`run ${count}: ${Math.round(timing.firstByteMs)} ms`)
      }
      const row = (metric: string, pick: (timing: Timing) => number, p: number): Row => ({
        metric,
        value: percentile(timings.map(pick), p),
        unit: 'ms',
      })
      return [
        { ...row('run.firstByteMs.p50', ({ firstByteMs }) => firstByteMs, 0.5), bar: { max: 1500 } },
        row('run.firstByteMs.p90', ({ firstByteMs }) => firstByteMs, 0.9),
        row('run.processMs.p50', ({ processMs }) => processMs, 0.5),
        row('run.chainMs.p50', ({ chainMs }) => chainMs, 0.5),
        row('run.linkMs.p50', ({ linkMs }) => linkMs, 0.5),
        row('run.driverMs.p50', ({ driverMs }) => driverMs, 0.5),
      ]
    } finally {
      await rm(scratch, { recursive: true, force: true })
      await network.stop()
    }
  },
}

type Timing = { firstByteMs: number; processMs: number; chainMs: number; linkMs: number; driverMs: number }

async function measure(program: string, home: string, output: string): Promise<Timing> {
  const startMs = performance.now()
  const args = [join(root, 'apps/cli/hotaru.mjs'), 'run', program, '--json', '--output', output]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOTARU_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let firstByteMs: number | undefined
  let split: Omit<Timing, 'firstByteMs'> | undefined
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line)
    if (event.type === 'output') firstByteMs ??= performance.now() - startMs
    if (event.type === 'timing') split = event
  }
  const code = await ended
  if (code !== 0 || firstByteMs === undefined || !split) throw new RunFailedError({ code })
  return { ...split, firstByteMs }
}

class RunFailedError extends BaseError {
  override readonly name = 'Bench.RunFailedError'

  constructor({ code }: { code: number | null }) {
    super(`Cannot measure the run: it exited with ${code} and without a first byte, expected 0 and one`)
  }
}
