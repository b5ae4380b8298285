import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, type Logger } from '@hotaru/base'
import type { Shutdown } from '@hotaru/base/async'
import {
  buildImage,
  type Engine,
  findEngine,
  ImageBuildError,
  readOpenHoles,
  startEngine,
} from '@hotaru/driver-container'
import { findDeno } from '@hotaru/driver-deno'
import { writeFileAtomic } from '@hotaru/journal'
import type { Network } from './bringUp.ts'
import type { Places } from './Places.ts'
import { type runJob as Run, runJob, writeContainerBunny } from './runJob.ts'
import type { Steps } from './Steps.ts'
import type { ContainerPlan } from './writeConfigs.ts'

/**
 * The container engine of this machine: the one that runs, else Docker's daemon started by hand where it may be.
 *
 * Undefined, with a line that says why, where there is none: the network works without.
 */
export async function startEngineHere(
  places: Places,
  { steps, shutdown, log }: { steps: Steps; shutdown: Shutdown; log: Logger },
): Promise<Engine | undefined> {
  const running = await findEngine()
  if (running) return running
  const may = process.platform === 'linux' && process.getuid?.() === 0 && hasDaemon()
  if (!may) {
    steps.say('- engine     no container engine answers here; workloads run in the Deno box only')
    return undefined
  }
  try {
    const start = async () => {
      const started = await startEngine({ directory: places.engine, logger: log })
      shutdown.add('engine', () => started.stop())
      return started.engine
    }
    return await steps.run('engine', start, ({ kind, version }) => `${kind} ${version}, started for this network`)
  } catch (error) {
    steps.say(`- engine     ${error instanceof Error ? error.message : String(error)}; going on without`)
    return undefined
  }
}

/** The image that was built at an earlier start, if the engine still has it and nothing has to be built. */
export async function findImage(places: Places): Promise<string | undefined> {
  return existsSync(imageNote(places)) ? readFile(imageNote(places), 'utf8') : undefined
}

/**
 * What the agent is told of containers. Debian's engine has known holes that a public machine must not be offered with;
 * on a network of one's own, with one's own programs, they are named and lived with.
 */
export async function planContainers(engine: Engine, image: string, steps: Steps): Promise<ContainerPlan> {
  const acceptedHoles = (await readOpenHoles(engine)).map(({ id }) => id)
  if (acceptedHoles.length > 0)
    steps.say(`- engine     has known holes, accepted on this local network only: ${acceptedHoles.join(', ')}`)
  return { socketPath: engine.socketPath, image, acceptedHoles }
}

/** Renders the bunny once more, in a container of a small image that is built from Debian's packages when it is missing. */
export async function renderInContainer(
  engine: Engine,
  places: Places,
  options: Run.Options & { steps: Steps; network: Network; image: string | undefined },
): Promise<number> {
  const { steps, shutdown, network } = options
  const image = await buildOrSay(engine, places, { steps, shutdown })
  if (image === undefined) return exitCodes.ok
  if (image !== options.image) {
    await writeFileAtomic(imageNote(places), image)
    await steps.run(
      'agent',
      async () => network.restartAgent(await planContainers(engine, image, steps)),
      () => 'started again, now with containers',
    )
  }
  const workload = await writeContainerBunny(join(places.home, 'bunny-container'), image)
  steps.say(`\n$ hotaru run ${workload}`)
  return runJob(workload, { ...options, output: join(options.output, 'container') })
}

/** The image; undefined, with a line that says why, where it cannot be built: the first picture stands without it. */
async function buildOrSay(
  engine: Engine,
  places: Places,
  { steps, shutdown }: { steps: Steps; shutdown: Shutdown },
): Promise<string | undefined> {
  const { path: deno } = await findDeno(join(places.home, 'deno.json'))
  const directory = join(places.home, 'image')
  try {
    return await steps.run(
      'image',
      () => buildImage(engine, { directory, deno, signal: shutdown.signal }),
      (id) => `Debian with Deno, ${id.slice(0, 19)}`,
    )
  } catch (error) {
    if (shutdown.signal.aborted || !(error instanceof ImageBuildError)) throw error
    steps.say(`- image      ${error.message}; not rendered in a container`)
    return undefined
  }
}

function imageNote(places: Places): string {
  return join(places.home, 'image-id')
}

function hasDaemon(): boolean {
  const folders = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`.split(':')
  return folders.some((folder) => existsSync(join(folder, 'dockerd')))
}
