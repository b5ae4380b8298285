import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Digits, encodeDigits, pixels, type Split } from './program/digits.ts'

/** One image in five is never shown to the network until it is judged. */
const heldOutEvery = 5

/**
 * Fills `directory` with exactly the files a lease needs to train on handwritten digits: program, job, images.
 *
 * Runs outside the lease, where packages can be read.
 */
export async function prepare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const program = join(import.meta.dirname, 'program')
  const names = (await readdir(program)).filter((name) => !name.endsWith('.test.ts'))
  await Promise.all(names.map((name) => copyFile(join(program, name), join(directory, name))))
  await writeFile(join(directory, 'digits.bin'), encodeDigits(split(await Promise.all(readClasses()))))
}

function readClasses(): Promise<Uint8Array[]>[] {
  const { resolve } = createRequire(import.meta.url)
  return Array.from({ length: 10 }, async (_, label) => {
    const text = await readFile(resolve(`mnist/src/digits/${label}.json`), 'utf8')
    const { data }: { data: number[] } = JSON.parse(text)
    const ink = Uint8Array.from(data, (share) => Math.round(share * 255))
    return Array.from({ length: Math.trunc(ink.length / pixels) }, (_, index) =>
      ink.subarray(index * pixels, (index + 1) * pixels),
    )
  })
}

type Labelled = { label: number; image: Uint8Array }

/** Sets aside the same share of every class; an image that comes twice is kept once, so none is in both parts. */
function split(classes: readonly Uint8Array[][]): Split {
  const seen = new Set<string>()
  const train: Labelled[] = []
  const heldOut: Labelled[] = []
  for (const [label, images] of classes.entries()) {
    let place = 0
    for (const image of images) {
      const key = Buffer.from(image).toString('latin1')
      if (seen.has(key)) continue
      seen.add(key)
      place++
      const part = place % heldOutEvery === 0 ? heldOut : train
      part.push({ label, image })
    }
  }
  return { train: gather(train), heldOut: gather(heldOut) }
}

function gather(part: readonly Labelled[]): Digits {
  const images = new Uint8Array(part.length * pixels)
  for (const [index, { image }] of part.entries()) images.set(image, index * pixels)
  return { labels: Uint8Array.from(part, ({ label }) => label), images }
}
