export const committeesBytecode =
  '0x' as const
