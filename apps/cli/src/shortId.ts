/** An address or hash cut for a table: `0x12345678`; whole with `--verbose`. */
export function shortId(id: string, isVerbose: boolean | undefined): string {
  return isVerbose ? id : id.slice(0, 10)
}
