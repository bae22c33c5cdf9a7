import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SCAN_BYTES } from '../../scanner.ts';
import { feedFraming } from '../../testing/feed-framing.ts';
import { recordFrames } from '../../testing/framing-record.ts';
import { droppedEvents, inputEvent, keyEvent, keyEvents } from '../../testing/key-events.ts';
import { chunksOf, splitsIntoThree, splitsIntoTwo } from '../../testing/splits.ts';
import { MAX_DISCARDED_SHOWN } from '../framing.ts';
import { EVENT_BYTES, KEY_SILENCE_MS, KEY_STALL_MS, keyFraming, keyIdleFraming } from './key-framing.ts';
import { KEYPAD_ENTER, LEFT_SHIFT, RIGHT_SHIFT } from './us-keyboard.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const A = 30;
const B = 48;
const LEFT_ALT = 56;
const LEFT_CTRL = 29;
const CAPS_LOCK = 58;
const NUM_LOCK = 69;

function read(...wire: readonly (string | Uint8Array | number)[]) {
  return recordFrames(feedFraming(keyFraming, wire).frames);
}

const press = (key: number) => Buffer.concat([keyEvent(key, 1), keyEvent(key, 0)]);

test('an event as the kernel writes it is read', () => {
  // 2023-11-14 22:13:20.123456, EV_KEY, KEY_A, down
  const event = Buffer.from(
    '00f1536500000000 40e2010000000000 0100 1e00 01000000'.replaceAll(' ', ''),
    'hex',
  );
  expect(Buffer.from(inputEvent(1, A, 1))).toEqual(event);
  expect(read(event, keyEvents('\r')).codes).toEqual(['a']);
});

test('every character of a US keyboard comes through', () => {
  const every = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
  expect(read(keyEvents(`${every}\r`))).toMatchObject({ codes: [every], discarded: [] });
});

test('Enter, the keypad Enter and Tab end a code', () => {
  expect(read(keyEvents('ONE\rTWO\t3'), press(KEYPAD_ENTER)).codes).toEqual(['ONE', 'TWO', '3']);
});

test('terminators alone make no code', () => {
  expect(read(keyEvents('\r\t\r'))).toMatchObject({ codes: [], discarded: [] });
});

test('without Enter or Tab a silence ends a code where that was asked for, and not before', () => {
  const idle = (wire: Parameters<typeof feedFraming>[1]) =>
    recordFrames(feedFraming(keyIdleFraming, wire).frames);
  expect(idle([keyEvents('LZ1'), KEY_SILENCE_MS - 1, keyEvents(':6')]).codes).toEqual([]);
  expect(idle([keyEvents('LZ1:6'), KEY_SILENCE_MS, keyEvents('B'), KEY_SILENCE_MS]).codes).toEqual([
    'LZ1:6',
    'B',
  ]);
});

test('otherwise a silence ends none, and a code without an end is discarded', () => {
  const { codes, discarded } = read(
    ...[keyEvents('TW'), KEY_SILENCE_MS, keyEvents('O\r')],
    ...[keyEvents('HALF'), KEY_STALL_MS, keyEvents('NEXT\r')],
  );
  expect(codes).toEqual(['TWO', 'NEXT']);
  expect(discarded).toEqual([{ why: 'unfinished', count: 4, bytes: 'HALF' }]);
});

test('a code is the same wherever its events are cut in two', () => {
  for (const chunks of splitsIntoTwo(latin1(keyEvents('Aa\r'))))
    expect(read(...chunks).codes).toEqual(['Aa']);
});

test('an event is the same wherever it is cut in three', () => {
  for (const chunks of splitsIntoThree(latin1(inputEvent(1, A, 1)))) {
    expect(read(...chunks, keyEvents('\r')).codes).toEqual(['a']);
  }
});

test('either shift key shifts, and letting go of one leaves the other', () => {
  const events = Buffer.concat([
    keyEvent(LEFT_SHIFT, 1),
    keyEvent(RIGHT_SHIFT, 1),
    press(A),
    keyEvent(LEFT_SHIFT, 0),
    press(A),
    keyEvent(RIGHT_SHIFT, 0),
    press(A),
  ]);
  expect(read(events, keyEvents('\r')).codes).toEqual(['AAa']);
});

test('a key that repeats itself counts once', () => {
  const events = Buffer.concat([keyEvent(A, 1), keyEvent(A, 2), keyEvent(A, 2), keyEvent(A, 0)]);
  expect(read(events, keyEvents('\r')).codes).toEqual(['a']);
});

test('a shift key that repeats itself is still down', () => {
  const events = Buffer.concat([
    keyEvent(LEFT_SHIFT, 1),
    keyEvent(LEFT_SHIFT, 2),
    press(A),
    keyEvent(LEFT_SHIFT, 0),
  ]);
  expect(read(events, keyEvents('\r')).codes).toEqual(['A']);
});

test('Num Lock is passed over, and keypad digits are digits', () => {
  const events = Buffer.concat([press(NUM_LOCK), press(71), press(82), press(NUM_LOCK)]);
  expect(read(events, keyEvents('\r'))).toMatchObject({ codes: ['70'], discarded: [] });
});

test.each([
  ['Alt', LEFT_ALT],
  ['Ctrl', LEFT_CTRL],
  ['Caps Lock', CAPS_LOCK],
  ['F1', 59],
])('a code with %s in it is discarded up to its end, and the next one is read', (_name, key) => {
  const { codes, discarded } = read(keyEvents('LZ1'), press(key), keyEvents('23\rNEXT\r'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'garbage', count: 6, bytes: 'LZ1?23' }]);
});

test('a code that is discarded ends at a silence too, and its content is in no detail', () => {
  const { frames } = feedFraming(keyFraming, [
    keyEvents('SECRET'),
    press(LEFT_ALT),
    KEY_STALL_MS,
    keyEvents('NEXT\r'),
  ]);
  expect(frames).toMatchObject([{ name: 'discarded' }, { name: 'code' }]);
  const [discarded] = frames;
  expect(discarded).toMatchObject({ detail: expect.stringContaining(`key ${LEFT_ALT} `) });
  expect(discarded).toMatchObject({ detail: expect.not.stringContaining('SECRET') });
});

test('a code of which the system lost keys is discarded up to its end', () => {
  const { codes, discarded } = read(keyEvents('LZ1'), droppedEvents(), keyEvents('23\rNEXT\r'));
  expect(codes).toEqual(['NEXT']);
  // the first key behind the loss belongs to it
  expect(discarded).toEqual([{ why: 'unfinished', count: 4, bytes: 'LZ13' }]);
});

test('a code that is spoilt already stays so where the system loses keys too', () => {
  const { codes, discarded } = read(
    keyEvents('LZ1'),
    press(LEFT_ALT),
    droppedEvents(),
    keyEvents('23\rNEXT\r'),
  );
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'garbage', count: 5, bytes: 'LZ1?3' }]);
});

test('a code whose beginning the system lost is discarded too', () => {
  const { codes, discarded } = read(droppedEvents(), keyEvent(A, 0), keyEvents('LZ1\rNEXT\r'));
  expect(codes).toEqual(['NEXT']);
  expect(discarded).toEqual([{ why: 'unfinished', count: 3, bytes: 'LZ1' }]);
});

test('a shift key let go of while events were lost does not shift the next code', () => {
  const events = Buffer.concat([keyEvent(LEFT_SHIFT, 1), press(A), droppedEvents(), keyEvent(LEFT_SHIFT, 0)]);
  expect(read(events, keyEvents('\r'), press(B), keyEvents('\r')).codes).toEqual(['b']);
});

test('the longest code is read, and a longer one is reported once', () => {
  const longest = 'a'.repeat(MAX_SCAN_BYTES);
  const { codes, discarded } = read(keyEvents(`${longest}\r`), keyEvents(`${longest}aaa\rnext\r`));
  expect(codes).toEqual([longest, 'next']);
  expect(discarded).toEqual([
    { why: 'too-long', count: MAX_SCAN_BYTES + 1, bytes: 'a'.repeat(MAX_DISCARDED_SHOWN) },
  ]);
});

test('half a code is discarded when the connection ends', () => {
  const { state } = feedFraming(keyFraming, [keyEvents('WHOLE\rHALF')]);
  expect(recordFrames(keyFraming.end(state)).discarded).toEqual([
    { why: 'unfinished', count: 4, bytes: 'HALF' },
  ]);
  expect(keyFraming.end(keyFraming.start)).toEqual([]);
});

test('whatever is typed comes out, however its events are cut', () => {
  const typed = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.array(typed, { maxLength: 3 }), fc.array(fc.nat(200)), (texts, sizes) => {
      const sent = latin1(keyEvents(texts.map((text) => `${text}\r`).join('')));
      expect(read(...chunksOf(sent, sizes))).toMatchObject({ codes: texts, discarded: [] });
    }),
    { numRuns: 40 },
  );
});

test('whatever comes, nothing is thrown, and what is kept is bounded', () => {
  const event = fc.tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: 0, max: 110 }),
    fc.integer({ min: -1, max: 3 }),
  );
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    event.map(([type, code, value]) => inputEvent(type, code, value)),
    fc.constant(keyEvents('a'.repeat(300))),
    fc.integer({ min: 1, max: 2 * KEY_STALL_MS }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (wire) => {
      const { cut, shifts, code } = feedFraming(keyFraming, wire).state;
      expect(cut.length).toBeLessThan(EVENT_BYTES);
      expect(shifts.size).toBeLessThanOrEqual(2);
      expect(code.name === 'typed' ? code.text.length : 0).toBeLessThanOrEqual(MAX_SCAN_BYTES);
    }),
    { numRuns: 60 },
  );
});
