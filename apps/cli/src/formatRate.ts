/** A rate for people, in three digits and a unit of thousands: `42.5 G`. */
export function formatRate(perSecond: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(perSecond, 1)) / 3)))
  return `${(perSecond / 1000 ** step).toPrecision(3)} ${units[step]}`.trim()
}

const units = ['', 'k', 'M', 'G', 'T', 'P'] as const
