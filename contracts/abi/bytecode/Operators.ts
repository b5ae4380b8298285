export const operatorsBytecode =
  '0x' as const
