/** Hundredths of a percent for people: `750` → `7.5 %`. */
export function formatShare(bps: number): string {
  return `${bps / 100} %`
}
