import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SSE_DATA, MAX_SSE_LINE, type SseEvent, SseParser } from './sse-parser.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('an event is what stands before an empty line', () => {
  expect(new SseParser().push(bytes('event: list\ndata: {"uri":"a"}\n\n'))).toEqual([
    { event: 'list', data: '{"uri":"a"}' },
  ]);
});

test('comments are heartbeats, not events', () => {
  expect(new SseParser().push(bytes(': still here\n\n'))).toEqual([]);
});

test('several data lines are one data', () => {
  expect(new SseParser().push(bytes('data: a\ndata:b\n\n'))).toEqual([{ event: 'message', data: 'a\nb' }]);
});

test('the same events come out however the bytes are cut and the lines are ended', () => {
  const text = 'event: 清单\ndata: {"uri":"一"}\n\n: x\n\nevent: trust\ndata: {}\n\n';
  const whole = new SseParser().push(bytes(text));
  expect(whole).toHaveLength(2);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 7 })),
      fc.constantFrom('\n', '\r\n', '\r'),
      (cuts, end) => {
        const parser = new SseParser();
        const stream = bytes(text.replaceAll('\n', end));
        const events: SseEvent[] = [];
        let at = 0;
        for (const length of [...cuts, stream.length]) {
          const parsed = parser.push(stream.subarray(at, at + length));
          at = Math.min(at + length, stream.length);
          if (parsed !== 'too-large') events.push(...parsed);
        }
        expect(events).toEqual(whole);
      },
    ),
  );
});

test('a line without an end is given up', () => {
  expect(new SseParser().push(bytes('x'.repeat(MAX_SSE_LINE + 1)))).toBe('too-large');
});

test('an event without an end is given up', () => {
  const line = `data: ${'x'.repeat(1000)}\n`;
  expect(new SseParser().push(bytes(line.repeat(MAX_SSE_DATA / 1000 + 1)))).toBe('too-large');
});
