import { BaseError } from '@hotaru/base'
import type { Driver } from '@hotaru/driver'

/** The drivers of this machine, by name. */
export class DriverSet {
  readonly #drivers: ReadonlyMap<string, Driver>

  constructor(drivers: readonly Driver[]) {
    this.#drivers = new Map(drivers.map((driver) => [driver.name, driver]))
  }

  get all(): readonly Driver[] {
    return [...this.#drivers.values()]
  }

  /** @throws `Agent.NoDriverError` */
  of(name: string): Driver {
    const driver = this.#drivers.get(name)
    if (!driver) throw new NoDriverError({ name, known: [...this.#drivers.keys()] })
    return driver
  }
}

export class NoDriverError extends BaseError {
  override readonly name = 'Agent.NoDriverError'

  constructor({ name, known }: { name: string; known: readonly string[] }) {
    super(`Cannot use driver "${name}": this agent does not have it, expected one of "${known.join('", "')}"`, {
      hint: 'turn the driver on again in the agent file until its workloads have ended',
      retry: 'later',
    })
  }
}
