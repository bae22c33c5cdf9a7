import { PageKeyboardScanner } from '../drivers/page-keyboard-scanner.ts';
import type { Scanner } from '../drivers/scanner.ts';
import { SimulatedScanner } from '../drivers/simulated-scanner.ts';
import type { View } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';

/** The scanner a screen speaks of: the one on a wire, which staff can plug in again, where there is one. */
export function scannerView(scanners: readonly Scanner[]): View['scanner'] {
  const wired = scanners.find((scanner) => !isFed(scanner)) ?? scanners[0];
  if (!wired) return { state: 'fault', device: '' };
  return { state: wired.state.name === 'ready' ? 'ready' : 'searching', device: wired.id };
}

/** How the terminal stands with its city. */
export function cityView(knowledge: CityKnowledge, connected: boolean): View['city'] {
  const signed = knowledge.statusLists.map((list) => list.iat * 1000);
  return { connected, ...(signed.length > 0 ? { listSignedAt: Math.min(...signed) } : {}) };
}

/** Page and simulation have no wire: they are always there. */
function isFed(scanner: Scanner): boolean {
  return scanner instanceof SimulatedScanner || scanner instanceof PageKeyboardScanner;
}
