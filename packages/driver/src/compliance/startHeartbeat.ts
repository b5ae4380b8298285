const beatMs = 50

/** Beats like an agent that has to answer; `stop` gives the longest time in which it could not. */
export function startHeartbeat(): { stop(): number } {
  let lastMs = performance.now()
  let longestMs = 0
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs - beatMs)
    lastMs = performance.now()
  }, beatMs)
  return {
    stop() {
      clearInterval(timer)
      return longestMs
    },
  }
}
