import { BaseError } from '@hotaru/base'

/** An image by its content: where it may be pulled from, if anywhere, and the digest it must have. */
export type ImageReference = {
  /** `registry.example/name`; undefined for an image that is brought along. */
  repository: string | undefined
  /** `sha256:…` of the manifest, or of the image's configuration. */
  digest: string
}

/** Reads `name@sha256:…` or `sha256:…`; a tag alone can be swapped for another image and is refused. */
export function parseImageReference(text: string): ImageReference {
  const match = /^(?:([a-z0-9][a-z0-9.:/_-]*)@)?(sha256:[0-9a-f]{64})$/.exec(text)
  const digest = match?.[2]
  if (digest === undefined) throw new ImageNotPinnedError({ image: text })
  return { repository: match?.[1], digest }
}

/** The image is named by something that can mean another image tomorrow. */
export class ImageNotPinnedError extends BaseError {
  override readonly name = 'Image.NotPinnedError'

  constructor({ image }: { image: string }) {
    super(`Cannot use image "${image}": a tag can be swapped, expected "name@sha256:…" or "sha256:…"`, {
      hint: 'docker image inspect --format "{{index .RepoDigests 0}}" NAME prints the digest',
      exitCode: 2,
    })
  }
}
