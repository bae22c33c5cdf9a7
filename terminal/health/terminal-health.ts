import type { View } from '../contract.ts';
import type { TerminalParts } from '../parts.ts';
import { queueOf } from './audit-queue.ts';
import { describeHealth } from './describe-health.ts';
import { lookAtFolder } from './folder-look.ts';
import type { HealthDocument } from './health-document.ts';

/**
 * How a terminal of these parts is at this moment.
 *
 * @param startedAt monotonic ms. @param inService whether people can be served.
 */
export function terminalHealth(
  parts: TerminalParts,
  view: View,
  startedAt: number,
  inService: boolean,
): HealthDocument {
  const { folder, terminalId, clock, store, knowledge, scanners, pipeline, bridge, staff } = parts;
  const { clients, listening } = bridge;
  const queue = queueOf(store, (epoch) => knowledge.delivered(epoch));
  return describeHealth({
    ...{ terminalId, knowledge, store, queue, view, inService },
    upMs: clock.monotonic() - startedAt,
    systemMs: clock.now(),
    scanners: scanners.scanners,
    droppedScans: pipeline.dropped,
    audit: store,
    folder: lookAtFolder(folder),
    bridge: {
      clients: clients.all().length,
      listening,
      ...(clients.fault === undefined ? {} : { fault: clients.fault }),
    },
    staff: { loggedIn: staff.current !== undefined },
  });
}
