import type { EngineAddress } from './Engine.ts'
import { type EngineRequest, readText, streamEngine } from './streamEngine.ts'

/** Makes one call and reads the whole answer as JSON; `undefined` where the engine answers with nothing. */
export async function requestEngine<Answer>(engine: EngineAddress, call: EngineRequest): Promise<Answer> {
  const text = await readText(await streamEngine(engine, call)).catch((error) => {
    // A connection that is cut because the caller gave up says "aborted"; he is told his own reason.
    throw call.signal?.aborted ? call.signal.reason : error
  })
  return (text.trim() === '' ? undefined : JSON.parse(text)) as Answer
}
