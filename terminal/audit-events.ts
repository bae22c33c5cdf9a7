import { z } from 'zod';
import type { CborMap, CborValue } from '../licence/cbor/decode.ts';

/**
 * Every event the audit log knows, in one place: what it says of itself, and what its public part may hold. Types, the
 * check before writing and docs/audit-events.md all come from here. Public parts hold nothing personal; what is, is
 * sealed to the city's audit key.
 */
export const AUDIT_EVENTS = {
  verification: {
    about: 'A code was judged. Written before anybody is told the verdict.',
    public: z.strictObject({
      outcome: z.enum(['accepted', 'rejected', 'undetermined']).describe('the answer'),
      reason: z.string().describe('the one reason for it, as in docs/licence-code.md'),
      device: z.string().describe('the scanner it came from, `look-up` for one the staff looked up'),
      tookMs: z.int().min(0).describe('from the last byte to the verdict, ms'),
      trust: z.int().min(0).describe('version of the trust targets it was judged by; 0 without any'),
      service: z.string().optional().describe('the service it was judged for'),
      kind: z.string().optional().describe('kind of the licence, once its signature held'),
      issuer: z.string().optional().describe('its issuer, once its signature held'),
      statusIat: z.int().optional().describe('when the status list used was signed, unix seconds'),
      reference: z.string().optional().describe('pattern of the reference code the city was asked about'),
      delegationIssuer: z.string().optional().describe('who signed the delegation it was shown under'),
      alarm: z.string().optional().describe('what an operator must look into'),
    }),
    sealed:
      'sub, cti and status entry of the licence and of its delegation; which of its numbers are doubtful',
  },
  'hand-on': {
    about: 'Licences were handed on to a business system: the archive record of a case.',
    public: z.strictObject({
      service: z.string().describe('the service they were checked for'),
      client: z.string().describe('which business system took them'),
      businessType: z.string().optional().describe('the code of the business, such as 01301'),
      matter: z.string().optional().describe('the matter (事项) of the case'),
      kinds: z.array(z.string()).describe('the kinds handed on, in order'),
      staff: z.string().optional().describe('who handed them on; absent at a kiosk'),
    }),
    sealed: 'case number; sub and cti of each licence',
  },
  'look-up': {
    about: 'Staff asked the city for the licences of a number, with the consent of its holder.',
    public: z.strictObject({
      service: z.string().describe('the service they were looked up for'),
      by: z.enum(['uscc', 'id']).describe('what kind of number'),
      found: z.int().min(0).describe('how many licences the city answered with'),
      outcome: z.string().describe('`answered`, or why not'),
      staff: z.string().describe('who asked'),
    }),
    sealed: 'the number',
  },
  reveal: {
    about: 'Staff had a masked field shown whole. Written before it is shown.',
    public: z.strictObject({
      staff: z.string().describe('who'),
      service: z.string().describe('at which service'),
      kind: z.string().describe('of which kind of licence'),
      label: z.int().describe('which field'),
      reason: z.string().describe('why, one of the reasons offered'),
    }),
    sealed: 'sub and cti of the licence',
  },
  'staff-login': {
    about: 'Somebody logged in, tried to, or logged out.',
    public: z.strictObject({
      staff: z.string().describe('who; `unknown` for an id nobody has'),
      role: z.enum(['staff', 'maintenance', 'unknown']).describe('as whom'),
      by: z.enum(['pin', 'badge', 'none']).describe('what was shown; none for a logout'),
      result: z.string().describe('`logged-in`, `logged-out`, `timed-out`, or why it was refused'),
    }),
    sealed: null,
  },
  maintenance: {
    about: 'Maintenance began or ended.',
    public: z.strictObject({
      staff: z.string().describe('who'),
      action: z.enum(['begun', 'ended']).describe('which of the two'),
      grant: z.enum(['city', 'offline', 'none']).describe('whether the city had granted it'),
    }),
    sealed: null,
  },
  'config-change': {
    about: 'Configuration, staff or clients of the bridge are not what they were.',
    public: z.strictObject({
      what: z.string().describe('which part'),
      change: z.string().describe('what about it, without secrets'),
    }),
    sealed: null,
  },
  started: {
    about: 'The terminal process began to work.',
    public: z.strictObject({
      version: z.string().describe('of the firmware'),
      service: z.string().describe('what it is for'),
      lastEnd: z.enum(['stopped', 'unknown', 'first']).describe('`unknown`: it was killed or lost its power'),
    }),
    sealed: null,
  },
  stopped: {
    about: 'The terminal process ended in order.',
    public: z.strictObject({ upSeconds: z.int().min(0).describe('for how long it had worked') }),
    sealed: null,
  },
  'scanner-fault': {
    about: 'A scanner went, came, or said something that is none of its words.',
    public: z.strictObject({
      device: z.string().describe('which'),
      fault: z.string().describe('`lost`, `found`, or the fault’s name'),
    }),
    sealed: null,
  },
  'clock-jump': {
    about: 'The wall clock was set, or contradicts a time that was had.',
    public: z.strictObject({
      byMs: z.int().describe('by how much it moved against the monotonic clock, ms'),
      trusted: z.boolean().describe('whether codes are still judged by it'),
    }),
    sealed: null,
  },
  'list-change': {
    about: 'Another status list or another trust set is in use.',
    public: z.strictObject({
      what: z.enum(['status-list', 'trust']).describe('which of them'),
      name: z.string().describe('uri of the list, or `targets`'),
      version: z.int().describe('iat of the list in unix seconds, or version of the targets'),
    }),
    sealed: null,
  },
  store: {
    about: 'What happened to the audit store itself.',
    public: z.strictObject({
      event: z
        .enum(['set-aside', 'rows-missing', 'level', 'aid-failed', 'events-lost'])
        .describe(
          'a broken one put aside; rows not there any more; room or use of it; its aids; events lost',
        ),
      detail: z.string().describe('in words'),
    }),
    sealed: null,
  },
} as const satisfies Record<string, AuditEventKind>;

interface AuditEventKind {
  /** One sentence or two, for the documentation. */
  readonly about: string;
  readonly public: z.ZodObject;
  /** What the sealed part holds; null where the event has none. */
  readonly sealed: string | null;
}

export type AuditEventName = keyof typeof AUDIT_EVENTS;
export type AuditEventPublic<N extends AuditEventName> = Readonly<
  z.infer<(typeof AUDIT_EVENTS)[N]['public']>
>;

/**
 * The public part as it is written.
 *
 * @throws ZodError for a part the event doesn't have: whoever made the event made a mistake.
 */
export function publicPart<N extends AuditEventName>(name: N, facts: AuditEventPublic<N>): CborMap {
  const checked: Record<string, CborValue | undefined> = AUDIT_EVENTS[name].public.parse(facts);
  const stated = Object.entries(checked).filter(
    (entry): entry is [string, CborValue] => entry[1] !== undefined,
  );
  return new Map(stated);
}
