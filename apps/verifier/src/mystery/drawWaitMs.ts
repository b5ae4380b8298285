/**
 * How long to wait so that events come at times of chance, one in `everySeconds` on average: when the last one was says
 * nothing of when the next will be, nor does a restart in between.
 *
 * @param random A number of chance from 0 up to 1.
 */
export function drawWaitMs(everySeconds: number, random: () => number): number {
  return Math.min(longestMs, -Math.log(1 - random()) * everySeconds * 1000)
}

/** What a timer can hold: three weeks and a half. */
const longestMs = 2 ** 31 - 1
