import type { Hardware } from '@hotaru/protocol'

/** A GPU as one source saw it; the ids tell which of two sources mean the same card. */
export type SeenGpu = Hardware['gpus'][number] & { vendorId: number | null; deviceId: number | null }
