import type { Engine } from '../engine/Engine.ts'
import { judgeVersions, type OpenHole } from './judgeVersions.ts'
import { isFixedByDistribution, readComponents } from './readComponents.ts'

/** Known holes of what runs containers here, so that an owner can be told what he would accept. */
export async function readOpenHoles(engine: Engine): Promise<OpenHole[]> {
  return judgeVersions(await readComponents(engine), { isFixedByDistribution })
}
