import { expect, test } from 'vitest';
import { REJECTED } from '../licence/verdict.ts';
import { badBytes, badTexts } from './testing/bad-codes.ts';
import { phoneCode } from './testing/demo-city.ts';
import { startDemoTerminal } from './testing/demo-terminal.ts';
import { openPipelineBench } from './testing/pipeline-bench.ts';

/** Of each of the two ways in: 200 together. */
const COUNT = 100;

test('each of 100 bad codes gets a named verdict, and the terminal accepts a good one afterwards', async () => {
  const { terminal } = await startDemoTerminal();
  const codes = badTexts(COUNT, phoneCode());
  expect(codes).toHaveLength(COUNT);
  for (const [i, code] of codes.entries()) {
    const screen = await terminal.show(code);
    expect({ code, screen }).toMatchObject({
      screen: { number: i + 1, outcome: 'rejected', reason: expect.toBeOneOf([...REJECTED]) },
    });
  }
  expect(await terminal.show(phoneCode())).toMatchObject({ reason: 'accepted' });
});

test('each of 100 bad byte strings gets a named verdict, and a good code is accepted afterwards', async () => {
  const bench = await openPipelineBench();
  const codes = badBytes(COUNT, phoneCode());
  expect(codes).toHaveLength(COUNT);
  for (const code of codes) await bench.scan(code);
  expect(bench.reasons()).toHaveLength(COUNT);
  for (const reason of bench.reasons()) expect(REJECTED).toContain(reason);
  await bench.scan(phoneCode());
  expect(bench.reasons().at(-1)).toBe('accepted');
});
