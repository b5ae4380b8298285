import { BaseError } from '@hotaru/base'
import type { Handle } from '@hotaru/driver'
import { type Container, inspectContainer } from '../engine/containers.ts'
import type { Shop } from './Shop.ts'

/** The container of a task, whatever its state; undefined when there is none of this driver. */
export async function findTask(shop: Shop, taskId: string): Promise<Container | undefined> {
  const container = await inspectContainer(shop.engine, nameOf(shop, taskId))
  return container && isOurs(shop, container) ? container : undefined
}

/** The container a handle speaks of; undefined when it is gone. */
export async function findHandle(shop: Shop, handle: Handle): Promise<Container | undefined> {
  const container = await inspectContainer(shop.engine, containerIdOf(handle))
  return container && isOurs(shop, container) ? container : undefined
}

/** One name a task and driver, so that the engine itself refuses a second container. */
export function nameOf(shop: Shop, taskId: string): string {
  return `hotaru-${shop.label.split('=')[1]}-${taskId}`
}

export function handleOf(taskId: string, containerId: string): Handle {
  return { driver: 'container', taskId, state: { containerId } }
}

/** The engine's id of the container; a handle comes from a journal, so it is checked. */
export function containerIdOf({ taskId, state }: Handle): string {
  const id = state.containerId
  if (typeof id !== 'string' || !/^[0-9a-f]{12,64}$/.test(id)) throw new HandleError({ taskId })
  return id
}

function isOurs(shop: Shop, container: Container): boolean {
  const [name = '', value] = shop.label.split('=')
  return container.Config.Labels?.[name] === value
}

/** The handle is not one this driver gave. */
export class HandleError extends BaseError {
  override readonly name = 'Container.HandleError'

  constructor({ taskId }: { taskId: string }) {
    super(`Cannot find the workload: the handle of task "${taskId}" has no container id, expected one of this driver`)
  }
}
