/**
 * The typ header (RFC 9596) of every signed object: CoAP content-formats of the experimental range, and the media
 * type the status list standard gives.
 */
export const TYP = {
  licence: 65001,
  presentation: 65002,
  delegation: 65003,
  statusDelta: 65004,
  resolveAnswer: 65005,
  auditBatch: 65006,
  auditReceipt: 65007,
  terminalRequest: 65008,
  timeAnswer: 65009,
  maintenanceGrant: 65010,
  statusList: 'application/statuslist+cwt',
} as const;

export type Typ = (typeof TYP)[keyof typeof TYP];
