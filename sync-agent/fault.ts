/** What can go wrong between this terminal and its city, by name. `detail` is for operators and holds nothing personal. */
export type Fault =
  | { readonly name: FaultName; readonly detail: string }
  | {
      readonly name: 'refused';
      readonly detail: string;
      readonly status: number;
      /** Stable code of the city's problem+json; null where something else answered. */
      readonly code: string | null;
      /** Of a `gap`: the signed receipt with the position the city expects. */
      readonly receipt: Uint8Array | null;
    }
  | { readonly name: 'busy'; readonly detail: string; readonly retryAfterMs: number };

export type FaultName =
  /** The city's address is neither https nor loopback. */
  | 'address'
  | 'offline'
  | 'timeout'
  | 'certificate'
  /** Something answered that doesn't speak the protocol: a captive portal, a proxy, another server. */
  | 'not-the-city'
  | 'too-large'
  | 'cancelled'
  | 'malformed'
  | 'not-signed'
  | 'rollback'
  | 'mix-and-match'
  | 'expired'
  /** Signed at a time that hasn't come yet. */
  | 'future'
  /** The time answer took too long to be worth anything. */
  | 'slow'
  | 'wrong-root'
  | 'wrong-terminal'
  | 'enrolment-file'
  | 'already-enrolled'
  | 'no-trust'
  /** The city holds other rows under the same numbers. */
  | 'fork'
  /** The city asks for audit rows that are no longer here. */
  | 'rows-missing'
  | 'no-progress'
  /** An exception: a bug, or a disk that fails. */
  | 'crashed';

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(name: FaultName, detail: string): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { name, detail } };
}

/** The stable cause written to the store, such as `offline` or `refused:clock`. */
export function causeOf(fault: Fault): string {
  return 'status' in fault ? `refused:${fault.code ?? fault.status}` : fault.name;
}

/** Whether asking the city for the next thing in the same run would only meet the same fault. */
export function stopsRun(fault: Fault): boolean {
  if ('status' in fault) return fault.status === 401 || fault.status >= 500;
  return CITY_OUT_OF_REACH.has(fault.name);
}

const CITY_OUT_OF_REACH: ReadonlySet<Fault['name']> = new Set([
  'address',
  'offline',
  'timeout',
  'certificate',
  'not-the-city',
  'cancelled',
  'busy',
  'no-trust',
]);
