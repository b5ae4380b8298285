export type { Attack, Finding } from './Attack.ts'
export { attacks } from './attacks.ts'
export { measureAttack } from './measureAttack.ts'
