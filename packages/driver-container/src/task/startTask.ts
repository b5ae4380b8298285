import { lchown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Handle, StartError, type Task } from '@hotaru/driver'
import { grantDevices } from '../device/grantDevices.ts'
import { createContainer, createOnPodman, removeContainer, startContainer } from '../engine/containers.ts'
import { EngineError } from '../engine/streamEngine.ts'
import { containerConfig } from '../hardening/containerConfig.ts'
import { judgeImage } from '../hardening/judgeImage.ts'
import { podmanSpec } from '../hardening/podmanSpec.ts'
import { writeSeccomp } from '../hardening/writeSeccomp.ts'
import { fetchImage } from '../image/fetchImage.ts'
import { type Image, inspectImage } from '../image/images.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findTask, handleOf, nameOf } from './findTask.ts'
import type { Shop } from './Shop.ts'
import { watchOver } from './watchOver.ts'

/** Who workloads are on the host when the agent is root: nobody, who owns nothing. */
const nobody = 65_534

/** Starts a task, or gives the handle of the one that was started before under the same id. */
export function startTask(shop: Shop, task: Task): Promise<Handle> {
  const underWay = shop.starting.get(task.id)
  if (underWay) return underWay
  const start = begin(shop, task).finally(() => shop.starting.delete(task.id))
  shop.starting.set(task.id, start)
  return start
}

async function begin(shop: Shop, task: Task): Promise<Handle> {
  try {
    return (await resume(shop, task)) ?? (await startNew(shop, task))
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError({ driver: 'container', reason, facts: { taskId: task.id }, cause })
  }
}

/** What an earlier call made of this task: taken as it is when it ever ran, cleared away when it never began. */
async function resume(shop: Shop, task: Task): Promise<Handle | undefined> {
  const container = await findTask(shop, task.id)
  if (container === undefined) return undefined
  const isOver = (await taskRecords.verdict(shop.directory, task.id)) !== undefined
  if (container.State.Status === 'created' && !isOver) {
    await removeContainer(shop.engine, container.Id)
    return undefined
  }
  await watchOver(shop, task.id)
  return handleOf(task.id, container.Id)
}

async function startNew(shop: Shop, task: Task): Promise<Handle> {
  const { engine, directory, without } = shop
  const refuse = (reason: string, hint?: string) => new StartError({ driver: 'container', reason, hint })
  if (task.program.driver !== 'container') throw refuse(`its program is for driver "${task.program.driver}"`)
  const image = await imageFor(shop, task.program.image, task.directory)
  const fault = without.has('environment') ? undefined : judgeImage(image)
  if (fault !== undefined) throw refuse(fault, 'build the image without this variable')
  const devices = task.devices
    .filter(({ kind }) => kind === 'gpu')
    .map(({ id }) => {
      const device = shop.devices.find((one) => one.id === id)
      if (device === undefined) throw refuse(`device "${id}" is not on this machine`)
      return device
    })
  const user = await ownDirectory(task.directory)
  const labels = { [shop.label.split('=')[0] ?? '']: shop.label.split('=')[1] ?? '', 'hotaru.task': task.id }
  const grant = grantDevices(engine, devices)
  const seccompPath = await writeSeccomp(engine, directory)
  const plan = { task, image, grant, labels, user, logLimitBytes: shop.logLimitBytes, seccompPath }
  const body = containerConfig(engine, plan, without)
  const name = nameOf(shop, task.id)
  const isPodman = engine.kind === 'podman'
  const id = isPodman
    ? await createOnPodman(engine, podmanSpec(name, body, grant.cdi))
    : await createContainer(engine, name, body)
  try {
    await taskRecords.remove(directory, task.id)
    await taskRecords.write(directory, {
      taskId: task.id,
      containerId: id,
      directory: task.directory,
      deadlineUnixMs: without.has('deadline') ? Number.MAX_SAFE_INTEGER : task.deadlineUnixMs,
      diskBytes: without.has('disk') ? Number.MAX_SAFE_INTEGER : task.limits.diskBytes,
      nodes: devices.flatMap(({ nodes }) => nodes),
    })
    // Watched before it runs: there is no moment at which it runs and nobody would end it.
    await watchOver(shop, task.id)
    // A workload whose time was over before it could run has had its turn: it ends as one that ran too long.
    const isLate = !without.has('deadline') && task.deadlineUnixMs <= Date.now()
    if (isLate) await taskRecords.judge(directory, task.id, 'deadline')
    else await startContainer(engine, id)
    shop.logger.info('workload started', { taskId: task.id, containerId: id })
    return handleOf(task.id, id)
  } catch (error) {
    await removeContainer(engine, id).catch(() => {})
    await taskRecords.remove(directory, task.id)
    throw commandFault(error) ?? error
  }
}

async function imageFor(shop: Shop, reference: string, directory: string): Promise<Image> {
  if (shop.without.has('pinned')) {
    const image = await inspectImage(shop.engine, reference)
    if (image) return image
  }
  // A renter may bring the image along with the other files.
  const sources = [...shop.sources, join(directory, 'image.tar'), join(directory, 'image')]
  return fetchImage(shop.engine, reference, { sources })
}

/**
 * Makes the task's files the workload's own, and says as whom it runs.
 *
 * An agent that is not root cannot give files away: its workloads run under its own number.
 */
async function ownDirectory(directory: string): Promise<string> {
  const { uid, gid } = await stat(directory)
  if (process.getuid?.() !== 0) return `${process.getuid?.() ?? uid}:${process.getgid?.() ?? gid}`
  await giveAway(directory)
  return `${nobody}:${nobody}`
}

/** Gives a folder and all below it to the workload; never what a link in it points to. */
async function giveAway(folder: string): Promise<void> {
  await lchown(folder, nobody, nobody)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await giveAway(path)
    else await lchown(path, nobody, nobody)
  }
}

/** A command that the image does not have is the renter's mistake, and is said as such. */
function commandFault(error: unknown): StartError | undefined {
  if (!(error instanceof EngineError) || !/executable file not found|no such file or directory/.test(error.message))
    return
  const reason = 'the image does not have the command'
  return new StartError({
    driver: 'container',
    reason,
    hint: 'name a program of the image, with its path',
    cause: error,
  })
}
