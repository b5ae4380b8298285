import { createContainer, removeContainer } from '../engine/containers.ts'
import { requestEngine } from '../engine/requestEngine.ts'
import type { TestEngine } from './testEngine.ts'

/** The test image with a few lines of a Dockerfile applied to its configuration; gives its id. */
export async function changeImage(box: TestEngine, ...lines: string[]): Promise<string> {
  if (!box.engine) throw new Error(box.unavailable)
  const name = `change-${process.pid}-${Math.random().toString(36).slice(2)}`
  const container = await createContainer(box.engine, name, { Image: box.image, Cmd: ['/bin/true'] })
  try {
    const query = { container, changes: lines.join('\n'), pause: false }
    const call = { method: 'POST', path: '/commit', query, body: {} } as const
    return (await requestEngine<{ Id: string }>(box.engine, call)).Id
  } finally {
    await removeContainer(box.engine, container)
  }
}
