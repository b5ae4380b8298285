import type { CompliancePrograms, LittleProgram } from '@hotaru/driver/compliance'

/** The compliance suite's little programs, in TypeScript for Deno. */
export const programs: CompliancePrograms = {
  hello: () => say(`console.log('hello'); console.error('trouble'); Deno.exit(3)`),
  untilGo: () =>
    say(`console.log('ready')
      const isThere = () => { try { return Deno.statSync('go').isFile } catch { return false } }
      while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20))
      Deno.exit(7)`),
  polite: () => say(`Deno.addSignalListener('SIGTERM', () => Deno.exit(9)); ${stay}`),
  stubborn: () => say(`Deno.addSignalListener('SIGTERM', () => {}); ${stay}`),
  makeFile: () => say(`Deno.mkdirSync('out'); Deno.writeTextFileSync('out/result.txt', 'made here')`),
  count: () =>
    say(`for (let line = 0; line < 100; line++) {
      console.log('line ' + line)
      await new Promise((resolve) => setTimeout(resolve, 4))
    }`),
  marked: (marker) => say(stay, marker),
  takeMemory: (bytes) =>
    say(`const taken = []
      for (let bytes = 0; bytes < ${bytes}; bytes += 2 ** 22) taken.push(new Uint8Array(2 ** 22).fill(1))
      console.log('took it all')`),
  multiply: (count) =>
    say(`const started = []
      for (let index = 0; index < ${count}; index++) {
        const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
        started.push(new Promise((resolve) => worker.onmessage = resolve))
      }
      await Promise.all(started)
      console.log('started all')
      await new Promise(() => setInterval(() => {}, 1e6))`),
  fillDisk: (bytes) =>
    say(`const piece = new Uint8Array(2 ** 23).fill(7)
      for (let bytes = 0; bytes < ${bytes}; bytes += piece.length) Deno.writeFileSync('file-' + bytes, piece)
      console.log('wrote it all')`),
  flood: (bytes) =>
    say(`const line = new TextEncoder().encode('x'.repeat(1023) + '\\n')
      for (let bytes = 0; bytes < ${bytes}; bytes += line.length) Deno.stdout.writeSync(line)`),
  spin: () => say(`console.log('ready'); for (;;) {}`),
  copyStdin: () => ({
    command: ['copy.ts'],
    files: { 'copy.ts': `for await (const bytes of Deno.stdin.readable) Deno.stdout.writeSync(bytes); Deno.exit(4)` },
  }),
}

const stay = `console.log('ready'); await new Promise(() => setInterval(() => {}, 1e6))`

/** A script, and beside it the worker that some of them start. */
export function say(script: string, ...words: string[]): LittleProgram {
  return {
    program: { driver: 'deno', entry: 'main.ts', arguments: words },
    files: { 'main.ts': script, 'worker.ts': `postMessage('here'); setInterval(() => {}, 1e6)` },
  }
}
