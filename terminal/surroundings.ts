import { PageKeyboardScanner } from '../drivers/fed/page-keyboard-scanner.ts';
import { SimulatedScanner } from '../drivers/fed/simulated-scanner.ts';
import type { Scanner } from '../drivers/scanner.ts';
import type { View } from './contract.ts';
import type { CityKnowledge } from './core/city-knowledge.ts';
import { serviceOf } from './core/service-of.ts';
import type { Surroundings } from './core/view.ts';
import { deskFor } from './desk.ts';
import type { TerminalParts } from './parts.ts';

/** What a view of this moment needs besides the session. @param serviceId what the terminal is for. */
export function surroundingsOf(
  { knowledge, scanners, staff, clock }: TerminalParts,
  serviceId: string,
  connected: boolean,
): Surroundings {
  const catalogue = knowledge.trust?.catalogue;
  const service = catalogue && serviceOf(catalogue, serviceId);
  const { current } = staff;
  return {
    service: {
      id: serviceId,
      names: service?.names ?? PRODUCT_NAMES,
      ...(service?.notice ? { notice: service.notice } : {}),
    },
    scanner: scannerView(scanners.scanners),
    city: cityView(knowledge, connected),
    desk: deskFor(catalogue, service),
    ...(current?.role === 'staff' ? { staff: { id: current.id, name: current.name } } : {}),
    monotonicMs: clock.monotonic(),
  };
}

const PRODUCT_NAMES = { zh: '亮证', en: 'Liangzheng' };

/** The scanner a screen speaks of: the one on a wire, which staff can plug in again, where there is one. */
function scannerView(scanners: readonly Scanner[]): View['scanner'] {
  const shown = scanners.find(isExpected) ?? scanners[0];
  if (!shown) return { state: 'fault', device: '' };
  return { state: shown.state.name === 'ready' ? 'ready' : 'searching', device: shown.id };
}

/** How the terminal stands with its city. */
function cityView(knowledge: CityKnowledge, connected: boolean): View['city'] {
  const signed = knowledge.statusLists.map((list) => list.iat * 1000);
  return { connected, ...(signed.length > 0 ? { listSignedAt: Math.min(...signed) } : {}) };
}

/** Page and simulation have no wire, and a scanner that was only looked for isn't missed before it was there once. */
function isExpected(scanner: Scanner): boolean {
  if (scanner instanceof SimulatedScanner || scanner instanceof PageKeyboardScanner) return false;
  const { name } = scanner.state;
  return !scanner.id.startsWith('auto:') || name === 'ready' || scanner.statistics.connections > 0;
}
