import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Observation } from '@hotaru/chain'
import { writeFileAtomic } from '@hotaru/journal'

/** Where reporters show each other what they signed, so that one of them can post for all. */
export type PriceBoard = {
  put(observation: Observation): Promise<void>
  list(): Promise<Observation[]>
}

/** A board in a folder that the reporters of one machine share; each has a file. */
export function createFolderBoard(folder: string): PriceBoard {
  return {
    async put(observation) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const text = JSON.stringify({ ...observation, usdPerToken: observation.usdPerToken.toString() })
      await writeFileAtomic(join(folder, `${observation.reporter}.json`), text)
    },
    async list() {
      const names = await readdir(folder).catch(() => [])
      const files = names.filter((name) => name.endsWith('.json'))
      return Promise.all(files.map(async (name) => read(await readFile(join(folder, name), 'utf8'))))
    },
  }
}

function read(text: string): Observation {
  const { usdPerToken, ...rest } = JSON.parse(text)
  return { ...rest, usdPerToken: BigInt(usdPerToken) }
}
