import type { View } from '../contract.ts';
import type { TerminalParts } from '../parts.ts';
import { queueOf } from './audit-queue.ts';
import { describeHealth } from './describe-health.ts';
import { lookAtFolder } from './folder-look.ts';
import type { HealthDocument } from './health-document.ts';

/** How a terminal of these parts is at this moment. @param startedAt monotonic ms. */
export function terminalHealth(parts: TerminalParts, view: View, startedAt: number): HealthDocument {
  const { folder, terminalId, clock, store, knowledge, scanners, pipeline, bridge, staff } = parts;
  const queue = queueOf(store, (epoch) => knowledge.delivered(epoch));
  return describeHealth({
    ...{ terminalId, knowledge, store, queue, view },
    upMs: clock.monotonic() - startedAt,
    systemMs: clock.now(),
    scanners: scanners.scanners,
    droppedScans: pipeline.dropped,
    audit: store,
    folder: lookAtFolder(folder),
    bridge: { clients: bridge.clients.all().length, listening: bridge.listening },
    staff: { loggedIn: staff.current !== undefined },
  });
}
