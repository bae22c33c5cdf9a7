/** Routes between terminal and city, version 1 (city-protocol.md). */
export const ROUTE = {
  enrol: '/v1/enrol',
  time: '/v1/time',
  /** followed by a metadata or target file name */
  trust: '/v1/trust/',
  /** followed by the list's uri, percent-encoded */
  status: '/v1/status/',
  audit: '/v1/audit',
  resolve: '/v1/resolve',
  report: '/v1/report',
  changes: '/v1/changes',
} as const;

export const COSE_MEDIA_TYPE = 'application/cose';
