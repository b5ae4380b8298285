import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createReferenceBackend } from '@hotaru/proof'
import { serveBackend } from '../child/serveBackend.ts'

/** A child with the reference behind it; calls its process number its device, so that tests see when it is gone. */
await serveBackend(
  createReferenceBackend(),
  { device: String(process.pid), kind: 'cpu' },
  {
    input: createInterface({ input: process.stdin }),
    write: async (line) => {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    },
  },
)
