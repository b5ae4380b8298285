// Loads what an agent loads later than its first lines, so that its compiled code is there when the first one starts.
import '@hotaru/driver-container'
import '@hotaru/driver-deno'
import { createLinkHost } from '@hotaru/link'

const host = await createLinkHost({
  key: `0x${'11'.repeat(32)}`,
  listen: ['/ip4/127.0.0.1/tcp/0'],
  handler: async () => {},
})
await host.stop()
