import type { Task } from '../Driver.ts'

/** A program small enough to be a sentence: what to start, and the files that must lie in its directory. */
export type LittleProgram = {
  program: Task['program']
  files?: Readonly<Record<string, string>> | undefined
}

/** A command for `exec`, and the files that must lie in the directory of the workload. */
export type LittleCommand = { command: readonly string[]; files?: Readonly<Record<string, string>> | undefined }

/** How a driver says the programs that the compliance suite runs. Each does exactly what its line says. */
export type CompliancePrograms = {
  /** Prints `hello` on stdout and `trouble` on stderr, one line each, and exits with code 3. */
  hello(): LittleProgram
  /** Prints `ready`, waits until the file `go` is in its directory, and exits with code 7. */
  untilGo(): LittleProgram
  /** Ends with code 9 when asked (SIGTERM); prints `ready` when it is prepared to be asked, and waits for ever. */
  polite(): LittleProgram
  /** Does not end when asked (SIGTERM); prints `ready` when it is prepared to be asked, and waits for ever. */
  stubborn(): LittleProgram
  /** Writes `made here` into `out/result.txt` of its directory and exits with code 0. */
  makeFile(): LittleProgram
  /** Prints `line 0` to `line 99`, a few milliseconds apart, on stdout and exits with code 0. */
  count(): LittleProgram
  /** Prints `ready` and waits for ever with `marker` on the command line of each of its processes. */
  marked(marker: string): LittleProgram
  /** Takes and touches `bytes` of memory in buffers, then prints `took it all` and exits with code 0. */
  takeMemory(bytes: number): LittleProgram
  /** Starts `count` processes or threads that stay, then prints `started all` and waits for ever. */
  multiply(count: number): LittleProgram
  /** Writes `bytes` into its directory, no file above 8 MiB, then prints `wrote it all` and exits with code 0. */
  fillDisk(bytes: number): LittleProgram
  /** Writes `bytes` bytes in long lines on stdout, as fast as it can, and exits with code 0. */
  flood(bytes: number): LittleProgram
  /** Prints `ready` and keeps a processor busy for ever. */
  spin(): LittleProgram
  /** A command that copies its stdin to its stdout and exits with code 4. */
  copyStdin(): LittleCommand
}
