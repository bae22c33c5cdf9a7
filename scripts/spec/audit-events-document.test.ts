import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { AUDIT_EVENTS } from '../../terminal/audit-events.ts';
import { auditEventsDocument } from './audit-events-document.ts';
import { tableUnder } from './spec-document.ts';

const document = readFileSync(new URL('../../docs/audit-events.md', import.meta.url), 'utf8');

test('the document is what the code gives (else: npm run spec)', () => {
  expect(document).toBe(auditEventsDocument());
});

describe.each(Object.entries(AUDIT_EVENTS))('%s', (name, event) => {
  it('has a row for every member, each with its type and its meaning', () => {
    const rows = tableUnder(document, `## ${name}\n\n${event.about}\n`);
    expect(rows.map(([member]) => member)).toEqual(
      Object.keys(event.public.shape).map((member) => `\`${member}\``),
    );
    for (const row of rows) expect(row.every((cell) => cell !== '')).toBe(true);
  });

  it('says what is sealed', () => {
    expect(document).toContain(`Sealed: ${event.sealed ?? 'nothing'}.`);
  });
});
