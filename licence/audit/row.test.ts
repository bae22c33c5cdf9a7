import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CborValue } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { demoRow } from '../testing/demo-audit.ts';
import { chainNext, chainStart, decodeRow, encodeRow, MAX_ROW_BYTES, MAX_UNIX_MS } from './row.ts';

/** A line of its own, a screen's control sequence, another spelling, none, one too long. */
const BAD_EVENTS = ['verdict\n', '\x1b[2J', 'Verdict', '', 'a'.repeat(65)];

describe('an audit row', () => {
  it('reads back as it was written', () => {
    expect(decodeRow(encodeRow(demoRow(1)))).toEqual(demoRow(1));
  });

  it('may have a sealed part', () => {
    const row = { ...demoRow(1), sealed: Uint8Array.of(1, 2, 3) };
    expect(decodeRow(encodeRow(row))).toEqual(row);
  });

  it('past 4 KiB throws where it is made', () => {
    const row = { ...demoRow(1), sealed: new Uint8Array(MAX_ROW_BYTES) };
    expect(() => encodeRow(row)).toThrow(RangeError);
  });

  it.each([0, MAX_UNIX_MS])('may be of unix ms %d', (unixMs) => {
    const row = { ...demoRow(1), unixMs };
    expect(decodeRow(encodeRow(row))).toEqual(row);
  });

  it.each([-1, 0.5, MAX_UNIX_MS + 1, Number.NaN])('at unix ms %d throws where it is made', (unixMs) => {
    expect(() => encodeRow({ ...demoRow(1), unixMs })).toThrow(RangeError);
  });

  it.each(BAD_EVENTS)('with the event %j throws where it is made', (event) => {
    expect(() => encodeRow({ ...demoRow(1), event })).toThrow(RangeError);
  });

  it.each(BAD_EVENTS)('with the event %j is none', (event) => {
    expect(decodeRow(encodeCbor(fields({ 5: event })))).toBeUndefined();
  });

  it.each<[string, readonly CborValue[]]>([
    ['of another version', fields({ 0: 2 })],
    ['with a member too few', fields({}).slice(1)],
    ['with a member too many', [...fields({}), 0]],
    ['with a terminal id of 8 bytes', fields({ 1: new Uint8Array(8) })],
    ['with an epoch of 16 bytes', fields({ 2: new Uint8Array(16) })],
    ['number 0', fields({ 3: 0 })],
    ['with a time that is text', fields({ 4: '2026-01-01' })],
    ['before 1970', fields({ 4: -1 })],
    ['past the last instant of a Date', fields({ 4: 9e15 })],
    ['without an event', fields({ 5: null })],
    ['with a public part that is a list', fields({ 6: [] })],
    ['with a sealed part that is text', fields({ 7: 'open' })],
  ])('%s is none', (_, row) => {
    expect(decodeRow(encodeCbor(row))).toBeUndefined();
  });

  it('outside the strict profile is none', () => {
    expect(decodeRow(Uint8Array.of(0x9f, 0xff))).toBeUndefined();
  });
});

describe('the chain of rows', () => {
  const { terminalId, epoch } = demoRow(1);

  it('begins with SHA-256(terminalId ‖ epoch)', () => {
    const hash = createHash('sha256').update(terminalId).update(epoch).digest();
    expect(chainStart(terminalId, epoch)).toEqual(new Uint8Array(hash));
  });

  it('goes on with SHA-256(previous ‖ row)', () => {
    const start = chainStart(terminalId, epoch);
    const hash = createHash('sha256')
      .update(start)
      .update(encodeRow(demoRow(1)))
      .digest();
    expect(chainNext(start, encodeRow(demoRow(1)))).toEqual(new Uint8Array(hash));
  });

  it('ends elsewhere when two rows change places', () => {
    const [first, second] = [encodeRow(demoRow(1)), encodeRow(demoRow(2))];
    const start = chainStart(terminalId, epoch);
    expect(chainNext(chainNext(start, first), second)).not.toEqual(
      chainNext(chainNext(start, second), first),
    );
  });

  it('ends elsewhere in another epoch', () => {
    expect(chainStart(terminalId, new Uint8Array(8))).not.toEqual(chainStart(terminalId, epoch));
  });
});

/** The members of a true row, with some changed by place. */
function fields(changes: Readonly<Record<number, CborValue>>): readonly CborValue[] {
  const { terminalId, epoch, seq, unixMs, event, sealed } = demoRow(1);
  const row = [1, terminalId, epoch, seq, unixMs, event, demoRow(1).public, sealed];
  return row.map((value, place) => changes[place] ?? (place in changes ? null : value));
}
