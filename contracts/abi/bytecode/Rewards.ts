export const rewardsBytecode =
  '0x' as const
