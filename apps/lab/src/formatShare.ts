/** 0.9732 as `97.3 %`: a tenth is as fine as our trials see. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
