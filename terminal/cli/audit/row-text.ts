import { type AuditRow, decodeRow } from '../../../licence/audit/row.ts';
import type { CborValue } from '../../../licence/cbor/decode.ts';
import { escapeUnseen } from '../../../licence/cbor/escape-text.ts';
import type { StoredRow } from '../../store/audit-reader.ts';

/** A row as a line for people: when, which, what, and its public part in words. */
export function rowLine({ seq, bytes }: StoredRow): string {
  const number = String(seq).padStart(6);
  const row = decodeRow(bytes);
  if (!row) return `${number}  UNREADABLE (${bytes.length} bytes)`;
  const { unixMs, event, sealed } = row;
  const said = [...row.public].map(([member, value]) => `${wordOf(member)} ${wordOf(value)}`);
  const parts = [...said, ...(sealed ? [`sealed (${sealed.length} bytes)`] : [])];
  const time = new Date(unixMs).toISOString().replace('T', ' ');
  return escapeUnseen(`${number}  ${time}  ${event.padEnd(13)}  ${parts.join(', ')}`);
}

/**
 * A row as one JSON object, with everything it takes to check its chain again: `row` is what was hashed, `head` the
 * chain after it. Bytes are base64url, as they are in `public`.
 */
export function rowJson(epoch: Uint8Array, { seq, bytes, head }: StoredRow): string {
  const row: AuditRow | undefined = decodeRow(bytes);
  return escapeUnseen(
    JSON.stringify({
      epoch: Buffer.from(epoch).toString('hex'),
      seq,
      at: row ? new Date(row.unixMs).toISOString() : null,
      event: row?.event ?? null,
      public: row ? jsonOf(row.public) : null,
      sealed: row?.sealed ? base64url(row.sealed) : null,
      row: base64url(bytes),
      head: base64url(head),
    }),
  );
}

function wordOf(value: CborValue): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(jsonOf(value)) ?? '';
}

function jsonOf(value: CborValue): unknown {
  if (value instanceof Uint8Array) return base64url(value);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), jsonOf(inner)]));
  if (Array.isArray(value)) return value.map(jsonOf);
  return typeof value === 'bigint' ? String(value) : value;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
