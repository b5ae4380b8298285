export const ordersBytecode =
  '0x' as const
