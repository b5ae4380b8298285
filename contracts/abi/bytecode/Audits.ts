export const auditsBytecode =
  '0x' as const
