import { audits } from './refusals/audits.ts'
import { beacons } from './refusals/beacons.ts'
import { committees } from './refusals/committees.ts'
import { createWords } from './refusals/createWords.ts'
import { faults } from './refusals/faults.ts'
import { governance } from './refusals/governance.ts'
import { guardian } from './refusals/guardian.ts'
import { leases } from './refusals/leases.ts'
import { machines } from './refusals/machines.ts'
import { openzeppelin } from './refusals/openzeppelin.ts'
import { operators } from './refusals/operators.ts'
import { orders } from './refusals/orders.ts'
import { prices } from './refusals/prices.ts'
import { programs } from './refusals/programs.ts'
import { proof } from './refusals/proof.ts'
import type { Description, RefusalsNamed } from './refusals/Refusals.ts'
import { rewards } from './refusals/rewards.ts'
import { stakes } from './refusals/stakes.ts'
import { token } from './refusals/token.ts'
import type { RefusalName } from './toLedgerError.ts'

/** Puts a refusal of the ledger into words. @param values The error's values by their names in Solidity. */
export function describeRefusal(refusal: RefusalName, values: Readonly<Record<string, unknown>>): Description {
  return descriptions[refusal](createWords(values))
}

/** One entry an error of `contracts/src/Errors.sol` and of the libraries below it; the type makes it complete. */
const descriptions: RefusalsNamed<RefusalName> = {
  ...audits,
  ...beacons,
  ...committees,
  ...faults,
  ...governance,
  ...guardian,
  ...leases,
  ...machines,
  ...openzeppelin,
  ...operators,
  ...orders,
  ...prices,
  ...programs,
  ...proof,
  ...rewards,
  ...stakes,
  ...token,
}
