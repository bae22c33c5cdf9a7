import type { StatusReference } from '../cwt.ts';
import { STATUS, type StatusList, statusAt } from '../status/status-list.ts';
import type { Service } from '../trust/catalogue.ts';

export type StatusCheck =
  | { readonly state: 'valid' | 'revoked' | 'suspended' /** unix seconds */; readonly iat: number }
  | { readonly state: 'status-unavailable'; readonly detail: string; readonly iat?: number }
  | { readonly state: 'status-stale'; readonly detail: string; readonly iat: number };

/** Check 9: what the list held says of an entry, as far as it may be relied on. @param now unix seconds. */
export function checkStatus(
  { idx, uri }: StatusReference,
  statusList: (uri: string) => StatusList | undefined,
  service: Service,
  now: number,
): StatusCheck {
  const list = statusList(uri);
  if (!list) return { state: 'status-unavailable', detail: 'no status list held' };
  const { iat } = list;
  const stale = staleness(list, service, now);
  if (stale) return { state: 'status-stale', detail: stale, iat };
  switch (statusAt(list, idx)) {
    case STATUS.valid:
      return { state: 'valid', iat };
    case STATUS.invalid:
      return { state: 'revoked', iat };
    case STATUS.suspended:
      return { state: 'suspended', iat };
    default:
      return { state: 'status-unavailable', detail: 'the list holds no known status at idx', iat };
  }
}

function staleness(list: StatusList, service: Service, now: number): string | undefined {
  if (now >= list.exp) return 'the status list is past its exp';
  const { maxStatusAgeSeconds } = service;
  if (maxStatusAgeSeconds !== undefined && now - list.iat > maxStatusAgeSeconds) {
    return 'the status list is older than the service allows';
  }
  return undefined;
}
