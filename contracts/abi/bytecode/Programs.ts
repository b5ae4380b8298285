export const programsBytecode =
  '0x' as const
