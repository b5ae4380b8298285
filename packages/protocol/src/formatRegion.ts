/** Where a verifier says it looks from, by the table of docs/ledger.md; a number that is not in it stays one. */
export function formatRegion(region: number): string {
  return regions[region] ?? `number ${region}`
}

const regions = [
  ...['not said', 'Europe, west', 'Europe, east', 'North America, east', 'North America, west', 'South America'],
  ...['Africa', 'Middle East', 'South Asia', 'East Asia', 'South-East Asia', 'Oceania'],
]
