import { BaseError, type Clock, type Logger } from '@hotaru/base'
import type { Fingerprint, Handle } from '@hotaru/driver'
import type { Hardware, Offer } from '@hotaru/protocol'
import type { DriverHealth } from '../core/State.ts'
import { detectHardware } from '../hardware/detectHardware.ts'
import type { DriverSet } from '../shell/DriverSet.ts'
import { checkDrivers, listWorkloads } from './checkDrivers.ts'
import { describeMachine } from './describeMachine.ts'
import type { Registration } from './registerOwnMachine.ts'

/** Looks at the machine now and then and keeps what it saw: a look takes seconds and must not be taken for each question. */
export class Lookout {
  readonly #parts: Lookout.Parts
  #hardware: Hardware | undefined
  #drivers: Fingerprint[] = []
  #checkedMs = Number.NEGATIVE_INFINITY
  #checking: Promise<void> | undefined

  constructor(parts: Lookout.Parts) {
    this.#parts = parts
  }

  /** What the last look found; undefined before the first. */
  get hardware(): Hardware | undefined {
    return this.#hardware
  }

  get drivers(): readonly Fingerprint[] {
    return this.#drivers
  }

  /** Tries every driver, unless that was done a moment ago. */
  async checkDrivers(): Promise<DriverHealth[]> {
    this.#checking ??= this.#check().finally(() => (this.#checking = undefined))
    await this.#checking
    return this.#drivers.map(({ driver, ...found }) => ({ name: driver, ...pick(found) }))
  }

  async #check(): Promise<void> {
    if (!this.isStale()) return
    this.#drivers = await checkDrivers(this.#parts.drivers)
    this.#checkedMs = this.#parts.clock.monotonicMs()
    for (const { driver, healthy, reason } of this.#drivers)
      this.#parts.log.info('driver checked', { driver, healthy, reason })
  }

  /** Whether the last look at the drivers is too old to rely on. */
  isStale(): boolean {
    return this.#parts.clock.monotonicMs() - this.#checkedMs > staleMs
  }

  listWorkloads(): Promise<Handle[]> {
    return listWorkloads(this.#parts.drivers, this.#parts.log)
  }

  /** What to register with. @throws `Agent.NothingToOfferError` when no driver works. */
  async describe(at: { endpoint: string; terms: Omit<Offer, 'tier'> }): Promise<Registration> {
    await this.checkDrivers()
    if (!this.#drivers.some((driver) => driver.healthy)) throw new NothingToOfferError({ drivers: this.#drivers })
    return describeMachine(await this.#detect(), this.#drivers, at)
  }

  /** Whether there is a GPU in this machine that anything has seen. */
  async hasGpus(): Promise<boolean> {
    return (await this.#detect()).gpus.length > 0
  }

  /** What anybody may know of the machine. */
  async summary(): Promise<unknown> {
    const drivers = this.#drivers.map(({ driver, tier, healthy, version, devices }) => {
      return { driver, tier, healthy, version, devices: devices.map(({ slot, kind, name }) => ({ slot, kind, name })) }
    })
    return { hardware: await this.#detect(), drivers }
  }

  async #detect(): Promise<Hardware> {
    this.#hardware ??= await detectHardware(this.#parts.directory, this.#parts)
    return this.#hardware
  }
}

export declare namespace Lookout {
  type Parts = { directory: string; drivers: DriverSet; clock: Clock; log: Logger }
}

/** A driver breaks when its engine or a library is changed: rarely, and a failed start tells as well. */
const staleMs = 60 * 60_000

function pick({ healthy, reason, hint, devices }: Omit<Fingerprint, 'driver'>): Omit<DriverHealth, 'name'> {
  return { healthy, reason, hint, devices }
}

export class NothingToOfferError extends BaseError {
  override readonly name = 'Agent.NothingToOfferError'

  constructor({ drivers }: { drivers: readonly Fingerprint[] }) {
    const reasons = drivers.map(({ driver, reason }) => `${driver}: ${reason}`).join('; ')
    super(`Cannot offer this machine: no driver works (${reasons || 'none is turned on'}), expected at least one`, {
      hint: drivers.find(({ hint }) => hint)?.hint ?? 'turn a driver on in the agent file',
    })
  }
}
