import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandResult } from '../capabilities.ts';
import type { ScannerFault } from '../scanner.ts';
import { Dialogue, MAX_WAITING_COMMANDS } from './dialogue.ts';
import type { Command, Pacing } from './module.ts';

const PACING: Pacing = { timeoutMs: 300, tries: 3, gapMs: 50 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function openDialogue(write: (bytes: Uint8Array) => Promise<void> = () => Promise.resolve()) {
  const sent: { readonly text: string; readonly at: number }[] = [];
  const faults: ScannerFault[] = [];
  const start = performance.now();
  const dialogue = new Dialogue({
    pacing: PACING,
    onFault: (fault) => faults.push(fault),
    write(bytes) {
      sent.push({ text: Buffer.from(bytes).toString(), at: performance.now() - start });
      return write(bytes);
    },
  });
  return { dialogue, sent, faults, answer: (text: string) => dialogue.answered(Buffer.from(text)) };
}

/** Asks `name` and is answered by `name!`, or refused by `name?`. */
function question(name: string): Command<string> {
  return {
    name,
    bytes: Buffer.from(name),
    read(answer) {
      const text = Buffer.from(answer).toString();
      if (text === `${name}!`) return { ok: true, value: text };
      return text === `${name}?` ? { ok: false, reason: 'refused', detail: 'it said no' } : undefined;
    },
  };
}

const UNANSWERED: Command<void> = { name: 'beep', bytes: Buffer.from('beep') };

/** Reads a result without waiting for it. */
function watch<T>(result: Promise<CommandResult<T>>): { value?: CommandResult<T> } {
  const seen: { value?: CommandResult<T> } = {};
  void result.then((value) => {
    seen.value = value;
  });
  return seen;
}

test('an answer is given at once to who asked', async () => {
  const { dialogue, answer, faults } = openDialogue();
  const result = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(10);
  answer('A!');
  await vi.advanceTimersByTimeAsync(0);
  expect(result.value).toEqual({ ok: true, value: 'A!' });
  expect(faults).toEqual([]);
});

test('a command that nothing answers succeeds once it is sent', async () => {
  const { dialogue, sent } = openDialogue();
  expect(await dialogue.ask(UNANSWERED)).toEqual({ ok: true, value: undefined });
  expect(sent).toHaveLength(1);
});

test('a command is repeated after the gap until it is answered', async () => {
  const { dialogue, answer, sent } = openDialogue();
  const result = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(2 * (300 + 50) + 10);
  answer('A!');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.map(({ at }) => at)).toEqual([0, 350, 700]);
  expect(result.value?.ok).toBe(true);
});

test('silence in all tries is said so, and nothing more is sent', async () => {
  const { dialogue, sent } = openDialogue();
  const result = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(3 * 350);
  expect(result.value).toMatchObject({ ok: false, reason: 'no-answer' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(3);
});

test('a no is not asked again', async () => {
  const { dialogue, answer, sent } = openDialogue();
  const result = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(0);
  answer('A?');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(result.value).toEqual({ ok: false, reason: 'refused', detail: 'it said no' });
  expect(sent).toHaveLength(1);
});

test('commands are sent one at a time, in order, with the gap between them', async () => {
  const { dialogue, answer, sent } = openDialogue();
  void dialogue.ask(question('A'));
  void dialogue.ask(question('B'));
  await vi.advanceTimersByTimeAsync(100);
  answer('A!');
  await vi.advanceTimersByTimeAsync(49);
  expect(sent.map(({ text }) => text)).toEqual(['A']);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([
    { text: 'A', at: 0 },
    { text: 'B', at: 150 },
  ]);
});

test('an answer nobody understands is a fault, not a yes', async () => {
  const { dialogue, answer, faults } = openDialogue();
  const result = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(0);
  answer('B!');
  expect(faults).toMatchObject([{ name: 'unknown-answer' }]);
  await vi.advanceTimersByTimeAsync(3 * 350);
  expect(result.value).toMatchObject({ ok: false, reason: 'no-answer' });
});

test('an answer nobody asked for is a fault', () => {
  const { answer, faults } = openDialogue();
  answer('A!');
  expect(faults).toMatchObject([{ name: 'unknown-answer' }]);
});

test('a fault shows the beginning of an answer only', () => {
  const { answer, faults } = openDialogue();
  answer('A'.repeat(500));
  expect(faults[0]?.detail).toMatch(/^nobody asked for (41 ){2}… \(500 bytes\)$/);
});

test('the late answer to a try before is not taken for the next command’s', async () => {
  const { dialogue, answer, sent } = openDialogue();
  const anyAnswer: Command<string> = { ...question('B'), read: () => ({ ok: true, value: 'taken' }) };
  void dialogue.ask(question('A'));
  const next = watch(dialogue.ask(anyAnswer));
  // both answers come 320 ms late: the first while the second try waits
  await vi.advanceTimersByTimeAsync(360);
  answer('A!');
  await vi.advanceTimersByTimeAsync(310);
  answer('A!');
  expect(next.value).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent.map(({ text }) => text).slice(0, 3)).toEqual(['A', 'A', 'B']);
  expect(next.value).not.toEqual({ ok: true, value: 'taken' });
});

test('a command may take longer than the module’s others', async () => {
  const { dialogue, answer, sent } = openDialogue();
  const result = watch(dialogue.ask({ ...question('A'), timeoutMs: 2_000 }));
  await vi.advanceTimersByTimeAsync(1_999);
  answer('A!');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(1);
  expect(result.value?.ok).toBe(true);
});

test('bytes that can not be sent are said so, and the next command is tried', async () => {
  let broken = true;
  const { dialogue, sent } = openDialogue(async () => {
    if (broken) throw new Error('the port is closed');
  });
  const first = watch(dialogue.ask(question('A')));
  await vi.advanceTimersByTimeAsync(1_000);
  broken = false;
  expect(first.value).toMatchObject({ ok: false, reason: 'write-failed' });
  expect(await dialogue.ask(UNANSWERED)).toMatchObject({ ok: true });
  expect(sent).toHaveLength(2);
});

test('a caller gone mad gets a refusal instead of memory', async () => {
  const { dialogue } = openDialogue();
  for (let i = 0; i < MAX_WAITING_COMMANDS; i++) void dialogue.ask(question('A'));
  expect(await dialogue.ask(question('A'))).toMatchObject({ ok: false, reason: 'not-ready' });
});

test('a command answered makes room for another', async () => {
  const { dialogue } = openDialogue();
  for (let i = 0; i < MAX_WAITING_COMMANDS; i++) void dialogue.ask(UNANSWERED);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await dialogue.ask(UNANSWERED)).toMatchObject({ ok: true });
});

test('who waits when the connection ends is told at once, and nothing more is sent', async () => {
  const { dialogue, sent } = openDialogue();
  const asked = [watch(dialogue.ask(question('A'))), watch(dialogue.ask(question('B')))];
  await vi.advanceTimersByTimeAsync(100);
  dialogue.end();
  await vi.advanceTimersByTimeAsync(0);
  for (const { value } of asked) expect(value).toMatchObject({ ok: false, reason: 'not-ready' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(1);
  expect(await dialogue.ask(question('C'))).toMatchObject({ ok: false, reason: 'not-ready' });
});

test('no timer outlives an answer and the connection', async () => {
  const { dialogue, answer } = openDialogue();
  void dialogue.ask({ ...question('A'), timeoutMs: 60_000 });
  await vi.advanceTimersByTimeAsync(1);
  answer('A!');
  await vi.advanceTimersByTimeAsync(0);
  dialogue.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});
