/** Unix seconds as a moment people can read, in UTC; empty for what has not happened. */
export function formatTime(unixSeconds: number): string {
  return unixSeconds === 0 ? '' : `${new Date(unixSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
