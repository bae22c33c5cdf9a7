import { AGENT_RULES } from './agent-findings.ts';
import { BRIDGE_RULES } from './bridge-findings.ts';
import { DISK_RULES } from './disk-findings.ts';
import { applyRules, bySeverity, type Finding, type Rule } from './finding.ts';
import type { HealthDocument } from './health-document.ts';
import { LIST_RULES } from './list-findings.ts';
import { SCANNER_RULES } from './scanner-findings.ts';
import { SET_ASIDE_RULES, STORE_RULES } from './store-findings.ts';
import { CLOCK_RULES, TRUST_RULES } from './trust-findings.ts';

/** Every rule, in the order its findings are read within one level. */
export const RULES: readonly Rule[] = [
  ...CLOCK_RULES,
  ...TRUST_RULES,
  ...LIST_RULES,
  ...SCANNER_RULES,
  ...STORE_RULES,
  ...SET_ASIDE_RULES,
  ...DISK_RULES,
  ...AGENT_RULES,
  ...BRIDGE_RULES,
];

/** Everything that is not as it should be: what fails first, then what is to be watched. */
export function findingsOf(document: HealthDocument): readonly Finding[] {
  return bySeverity(applyRules(RULES, document));
}
