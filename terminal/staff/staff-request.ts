import { z } from 'zod';
import { pinFault } from './pin-rules.ts';
import type { RecordEvent, StaffDesk } from './staff-desk.ts';
import {
  MAX_STAFF,
  STAFF_ROLES,
  type StaffFault,
  type StaffRegister,
  type StaffResult,
} from './staff-register.ts';

const command = z.literal('staff');
// only bounded here: the register says what is wrong with them
const id = z.string().max(64);
const pin = z.string().max(64);

/** Over the terminal's control socket: who may log in here. */
export const staffRequestShape = z.discriminatedUnion('action', [
  z.strictObject({ command, action: z.literal('list') }),
  z.strictObject({
    command,
    action: z.literal('add'),
    id,
    name: z.string().max(256),
    role: z.enum(STAFF_ROLES),
    pin,
  }),
  z.strictObject({ command, action: z.literal('remove'), id }),
  z.strictObject({ command, action: z.literal('pin'), id, pin }),
  z.strictObject({ command, action: z.literal('badge'), id }),
  z.strictObject({ command, action: z.literal('unlock'), id }),
]);

export type StaffRequest = z.infer<typeof staffRequestShape>;

/** `staff` in the answer to `list`, `code` in the answer to `badge`. */
export type StaffAnswer =
  | { readonly ok: true; readonly staff?: readonly ListedStaff[]; readonly code?: string }
  | { readonly ok: false; readonly error: string };

export interface ListedStaff {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly badge: boolean;
  /** Wrong PINs in a row. */
  readonly failures: number;
  /** unix ms; absent: not locked. */
  readonly lockedUntil?: number;
}

export interface StaffManagement {
  readonly register: StaffRegister;
  readonly record: RecordEvent;
  /** Whoever is logged in under what was changed is logged out. */
  readonly desk: Pick<StaffDesk, 'revoke'>;
  /** Best or estimated time, unix ms. */
  readonly unixMs: () => number;
}

/** Does what was asked. A change is in the audit log before it is made; a store that fails rejects. */
export async function manageStaff(request: StaffRequest, parts: StaffManagement): Promise<StaffAnswer> {
  if (request.action === 'list') return { ok: true, staff: listed(parts) };
  const fault = faultOf(request, parts.register);
  if (fault) return { ok: false, error: SENTENCE[fault] };
  await parts.record('config-change', { what: 'staff', change: changeOf(request) });
  const result = await changed(request, parts);
  if (!result.ok) return { ok: false, error: SENTENCE[result.reason] };
  if (request.action !== 'unlock') await parts.desk.revoke(request.id);
  return 'code' in result ? { ok: true, code: result.code } : { ok: true };
}

function listed({ register, unixMs }: StaffManagement): readonly ListedStaff[] {
  const now = unixMs();
  return register.list().map(({ id, name, role, hasBadge, failures, lockedUntil }) => ({
    id,
    name,
    role,
    badge: hasBadge,
    failures,
    ...(lockedUntil > now ? { lockedUntil } : {}),
  }));
}

type StaffChange = Exclude<StaffRequest, { readonly action: 'list' }>;

function faultOf(change: StaffChange, register: StaffRegister): StaffFault | undefined {
  switch (change.action) {
    case 'add':
      return register.addFault(change.id, change.name, change.pin);
    case 'pin':
      return register.find(change.id) ? pinFault(change.pin) : 'unknown-id';
    case 'badge':
      return register.badgeFault(change.id);
    case 'remove':
    case 'unlock':
      return register.find(change.id) ? undefined : 'unknown-id';
    default:
      return change satisfies never;
  }
}

/** For the audit log: who and what, and none of the secrets. */
function changeOf(change: StaffChange): string {
  switch (change.action) {
    case 'add':
      return `${change.id} added as ${change.role}`;
    case 'remove':
      return `${change.id} removed`;
    case 'pin':
      return `${change.id} has a new PIN`;
    case 'badge':
      return `${change.id} has a new badge`;
    case 'unlock':
      return `${change.id} unlocked`;
    default:
      return change satisfies never;
  }
}

async function changed(
  change: StaffChange,
  { register, unixMs }: StaffManagement,
): Promise<StaffResult<{ readonly code?: string }>> {
  switch (change.action) {
    case 'add':
      return register.add(change, change.pin, unixMs());
    case 'remove':
      return register.remove(change.id);
    case 'pin':
      return register.setPin(change.id, change.pin);
    case 'badge':
      return register.issueBadge(change.id);
    case 'unlock':
      return register.unlock(change.id);
    default:
      return change satisfies never;
  }
}

const SENTENCE: Readonly<Record<StaffFault, string>> = {
  'pin-form': 'a PIN has 6 to 12 digits',
  'pin-too-simple': 'this PIN is too easy to guess: no run of digits, and not one digit alone',
  'id-form': 'an id has 1 to 32 of A-Z a-z 0-9 . _ -, begins with a letter or a digit, and is not "unknown"',
  'name-form': 'a name has 1 to 64 characters, and none that does not show',
  'id-taken': 'somebody has this id already (capitals make no difference)',
  'too-many': `a terminal has at most ${MAX_STAFF} staff: remove somebody first`,
  'unknown-id': 'nobody here has this id: staff list tells who does',
  'no-badge-for-maintenance': 'maintenance logs in by PIN and the city’s grant, never by badge',
};
