import { z } from 'zod';
import { MAX_ROW_BYTES } from '../../licence/audit/row.ts';
import { AUDIT_EVENTS, type AuditEventName } from '../../terminal/audit-events.ts';

/** docs/audit-events.md as terminal/audit-events.ts has it. */
export function auditEventsDocument(): string {
  const sections = Object.entries(AUDIT_EVENTS).map(([name, event]) => section(name, event));
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

type AuditEvent = (typeof AUDIT_EVENTS)[AuditEventName];

const INTRODUCTION = `# Audit events

<!-- written by \`npm run spec\` from terminal/audit-events.ts -->

What a terminal writes to its audit log. A row is the CBOR array \`[version, terminal id, epoch, seq, unix ms, event,
public, sealed]\`, at most ${MAX_ROW_BYTES} bytes. Rows of one epoch are numbered from 1 and chained: h₀ = SHA-256(terminal id ‖
epoch), and after each row h = SHA-256(h ‖ row). A row is on disk before anybody hears of what it records.

**public** is a map with the members below and no others. None of them says whose licence it was; staff go by the id they were
given. **sealed** is HPKE (RFC 9180) to the city's audit key: the terminal can write it and not read it. Where an event has
nothing to seal, or there is no city yet to seal it to, null stands there.

\`liangzheng audit show\` prints rows, \`audit verify\` checks their chains, \`audit export\` hands them to whoever wants to
check for themselves.
`;

function section(name: string, { about, public: members, sealed }: AuditEvent): string {
  const rows = Object.entries(schemaOf(members).properties).map(([field, schema]) => {
    const optional = schemaOf(members).required.includes(field) ? '' : ', may be absent';
    return `| \`${field}\` | ${typeOf(schema)}${optional} | ${schema.description ?? ''} |`;
  });
  return `## ${name}

${about}

| member | type | meaning |
| --- | --- | --- |
${rows.join('\n')}

Sealed: ${sealed ?? 'nothing'}.
`;
}

/** The part of JSON Schema that the events' schemas come to. */
const propertySchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  items: z.object({ type: z.string() }).optional(),
});
const objectSchema = z.object({
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()).default([]),
});

function schemaOf(members: z.ZodObject): z.infer<typeof objectSchema> {
  return objectSchema.parse(z.toJSONSchema(members));
}

/** @throws for a type this document has no words for. */
function typeOf(schema: z.infer<typeof propertySchema>): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  const word = WORDS.get(schema.type ?? '');
  if (schema.type === 'array' && schema.items) return `list of ${WORDS.get(schema.items.type) ?? '?'}s`;
  if (word === undefined) throw new Error(`no words for ${JSON.stringify(schema)}`);
  return schema.type === 'integer' && schema.minimum === 0 ? 'count' : word;
}

const WORDS = new Map([
  ['string', 'text'],
  ['integer', 'integer'],
  ['boolean', 'true or false'],
]);
