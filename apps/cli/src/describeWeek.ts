import type { Week } from '@hotaru/protocol'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** The hours of the week in which leases may run: `Mon to Fri 20:00-24:00, Sat to Sun 0:00-24:00 (UTC+2:00)`. */
export function describeWeek({ hours, utcOffsetMinutes }: Week): string {
  const spans = days.map((_, day) => spansOf((hours >> BigInt(day * 24)) & 0xffffffn))
  const parts: string[] = []
  for (let day = 0; day < days.length; ) {
    let last = day
    while (last + 1 < days.length && spans[last + 1] === spans[day]) last++
    if (spans[day]) parts.push(`${nameDays(day, last)} ${spans[day]}`)
    day = last + 1
  }
  return `${parts.join(', ')} (UTC${formatOffset(utcOffsetMinutes)})`
}

function spansOf(day: bigint): string {
  const spans: string[] = []
  for (let hour = 0; hour < 24; hour++) {
    if (!((day >> BigInt(hour)) & 1n)) continue
    const from = hour
    while (hour + 1 < 24 && (day >> BigInt(hour + 1)) & 1n) hour++
    spans.push(`${from}:00-${hour + 1}:00`)
  }
  return spans.join(' ')
}

function nameDays(first: number, last: number): string {
  return first === last ? `${days[first]}` : `${days[first]} to ${days[last]}`
}

function formatOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(rest).padStart(2, '0')}`
}
