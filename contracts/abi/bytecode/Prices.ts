export const pricesBytecode =
  '0x' as const
