import type { CompliancePrograms, LittleProgram } from './Programs.ts'

/**
 * How a driver says the probes of the sandbox suite: programs that try to get out. Each prints a line `through WHAT`
 * for everything it got at, then `done`, and exits with code 0 whatever was refused.
 */
export type SandboxPrograms = Pick<CompliancePrograms, 'takeMemory' | 'multiply' | 'fillDisk' | 'spin' | 'hello'> & {
  /** `through PATH` for every path that it can read, or list. */
  readPaths(paths: readonly string[]): LittleProgram
  /** `through capabilities` with any effective capability, `through privileges` when it could gain some. */
  seePrivileges(): LittleProgram
  /** `through unshare` when it could make a namespace. */
  callKernel(): LittleProgram
  /** `through HOST:PORT` for every address that takes a TCP connection within a second. */
  connect(addresses: readonly { host: string; port: number }[]): LittleProgram
  /** `through NAME` for every name that it can find out an address of. */
  resolveNames(names: readonly string[]): LittleProgram
  /** `through NAME` for every variable of the environment that it has. */
  seeEnvironment(names: readonly string[]): LittleProgram
  /** `through PATH` for every path of its own directory that it can read, `through PATH` for each it can write to. */
  followLinks(read: readonly string[], write: readonly string[]): LittleProgram
}
