import { PageKeyboardScanner } from '../drivers/fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from '../drivers/fed/simulated-scanner.ts';
import type { Scanner } from '../drivers/scanner.ts';
import type { View } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';

/** The scanner a screen speaks of: the one on a wire, which staff can plug in again, where there is one. */
export function scannerView(scanners: readonly Scanner[]): View['scanner'] {
  const shown = scanners.find(isExpected) ?? scanners[0];
  if (!shown) return { state: 'fault', device: '' };
  return { state: shown.state.name === 'ready' ? 'ready' : 'searching', device: shown.id };
}

/** How the terminal stands with its city. */
export function cityView(knowledge: CityKnowledge, connected: boolean): View['city'] {
  const signed = knowledge.statusLists.map((list) => list.iat * 1000);
  return { connected, ...(signed.length > 0 ? { listSignedAt: Math.min(...signed) } : {}) };
}

/** Page and simulation have no wire, and a scanner that was only looked for isn't missed before it was there once. */
function isExpected(scanner: Scanner): boolean {
  if (scanner instanceof SimulatedScanner || scanner instanceof PageKeyboardScanner) return false;
  const { name } = scanner.state;
  return !scanner.id.startsWith('auto:') || name === 'ready' || scanner.statistics.connections > 0;
}
