import { formatUsd, hardwareSchema, type Machine } from '@hotaru/protocol'

/** What the owner says the hardware is, in a few words; nobody vouches for it. */
export function describeClaim(machine: Machine): string {
  const hardware = hardwareSchema.safeParse(parseJson(machine.claim)).data
  if (!hardware) return printable(machine.claim).slice(0, 40)
  if (hardware.gpus.length === 0) return printable(`${hardware.cpu.model} (${hardware.cpu.cores} cores)`)
  const counts = new Map<string, number>()
  for (const { name } of hardware.gpus) counts.set(name, (counts.get(name) ?? 0) + 1)
  return printable([...counts].map(([name, count]) => (count > 1 ? `${count} × ${name}` : name)).join(', '))
}

/** The price of one slot and hour. */
export function describePrice(machine: Machine): string {
  return `${formatUsd(machine.offer.usdPerSlotHour)}/h`
}

/** A stranger's text without anything that could play with a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
