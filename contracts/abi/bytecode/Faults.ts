export const faultsBytecode =
  '0x' as const
