import type { Image } from '../image/images.ts'

/**
 * Variables that tell the host's GPU hooks what to inject, or which library every program loads first.
 *
 * Hooks of vendors run as root on the host with the image's environment; a library named there ran as root in
 * CVE-2025-23266. The visible devices are no trickery, every CUDA image names them: those are overruled.
 */
const hostile =
  /^(LD_PRELOAD|LD_AUDIT|GCONV_PATH|NVIDIA_(MIG_CONFIG_DEVICES|MIG_MONITOR_DEVICES|IMEX_CHANNELS|DISABLE_REQUIRE|FABRIC_DEVICES))=/

/** Why an image must not run here, as the end of a sentence; undefined when it may. */
export function judgeImage(image: Pick<Image, 'Config'>): string | undefined {
  const found = (image.Config?.Env ?? []).find((variable) => hostile.test(variable))
  return found === undefined ? undefined : `its image sets "${found.split('=')[0]}", which host hooks would obey`
}

/** Folders the image wants as volumes: each would be a writable folder on the host's disk that no limit counts. */
export function volumesOf(image: Pick<Image, 'Config'>): string[] {
  return Object.keys(image.Config?.Volumes ?? {}).filter((path) => path.startsWith('/') && path !== '/workload')
}
