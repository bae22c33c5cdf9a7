import { expect, test } from 'vitest';
import { MAX_CASE_NO, MAX_GRANT_TEXT } from '../../contract.ts';
import { commandSchema, loginSchema } from './command-schema.ts';

test.each([
  ['of the longest length', '9'.repeat(MAX_CASE_NO), true],
  ['past it', '9'.repeat(MAX_CASE_NO + 1), false],
  ['of no characters', '', false],
  ['with a character that does not show', '2026\u202e1', false],
])('a case number %s is taken from a screen as from the bridge', (_, caseNo, taken) => {
  expect(commandSchema.safeParse({ type: 'hand-on', caseNo }).success).toBe(taken);
});

test('a grant is taken up to the longest there is', () => {
  const login = (length: number) => ({ as: 'maintenance', id: 'li', pin: '1', grant: 'G'.repeat(length) });
  expect(loginSchema.safeParse(login(MAX_GRANT_TEXT)).success).toBe(true);
  expect(loginSchema.safeParse(login(MAX_GRANT_TEXT + 1)).success).toBe(false);
});
