import { readFile } from 'node:fs/promises'
import { writeFileAtomic } from '@hotaru/journal'
import { z } from 'zod'

const placeSchema = z.object({
  /** The ledger this is true of. */
  chainId: z.int(),
  machines: z.string(),
  machineId: z.string(),
  slots: z.int().min(1),
  /** Constants of the ledger, which never change. */
  startWindowSeconds: z.int(),
  acceptWindowSeconds: z.int(),
  /** Kept from start to start, so that the address on the ledger stays true. */
  port: z.int().optional(),
})

/** What the agent knows of its place on the ledger, so that it can look after its leases while the chain is away. */
export type Place = z.infer<typeof placeSchema>

/** Reads the file; undefined at the first start, or when it is of another ledger. */
export async function readPlace(
  path: string,
  ledger: { chainId: number; machines: string },
): Promise<Place | undefined> {
  const place = await readAny(path)
  return place?.chainId === ledger.chainId && place.machines === ledger.machines ? place : undefined
}

/** The port that was listened on last, whatever the ledger; undefined at the first start. */
export async function readPort(path: string): Promise<number | undefined> {
  return (await readAny(path))?.port
}

async function readAny(path: string): Promise<Place | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const result = placeSchema.safeParse(text === undefined ? undefined : parseJson(text))
  return result.success ? result.data : undefined
}

export async function writePlace(path: string, place: Place): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(place, null, 2)}\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The file can be made again from the ledger.
    return undefined
  }
}
