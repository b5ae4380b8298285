export const burnTableBytecode =
  '0x' as const
