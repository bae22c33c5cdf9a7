import { publicPart } from '../../../terminal/audit-events.ts';
import type { AuditEvent } from '../../../terminal/store/audit-log.ts';

/** An accepted code's verification, with a personal part of the size a sealed one has. @param number sets it off from others. */
export function acceptedEvent(number: number): AuditEvent {
  const sealed = new Uint8Array(SEALED_BYTES);
  new DataView(sealed.buffer).setUint32(0, number);
  return { event: 'verification', unixMs: BEGAN_MS + number * 1000, public: ACCEPTED, sealed };
}

/** A code's that was no licence. */
export function rejectedEvent(number: number): AuditEvent {
  return { event: 'verification', unixMs: BEGAN_MS + number * 1000, public: REJECTED, sealed: null };
}

/** Measured at a medical insurance of the demo. */
const SEALED_BYTES = 196;
const BEGAN_MS = Date.UTC(2026, 0, 1);

const ACCEPTED = publicPart('verification', {
  outcome: 'accepted',
  reason: 'accepted',
  device: 'auto:?role=main',
  tookMs: 9,
  trust: 3,
  service: 'medical-insurance',
  kind: 'medical-insurance',
  issuer: 'demo-province-medical-insurance',
  statusIat: 1_767_225_600,
});

const REJECTED = publicPart('verification', {
  outcome: 'rejected',
  reason: 'malformed',
  device: 'auto:?role=main',
  tookMs: 1,
  trust: 3,
  service: 'medical-insurance',
});
