import fc from 'fast-check';
import { expect, test } from 'vitest';
import { masked } from './masking.ts';

test('a name keeps its first character', () => {
  expect(masked('张三丰', 'name')).toBe('张**');
  expect(masked('Zhang San', 'name')).toBe('Z********');
});

test('a name of one character does not say that it is one', () => {
  expect(masked('张', 'name')).toBe('张*');
});

test('a name is cut between characters, not within one', () => {
  expect(masked('𠮷田', 'name')).toBe('𠮷*');
});

test('an ID number keeps three characters in front and four behind', () => {
  expect(masked('11010519491231002X', 'identifier')).toBe('110***********002X');
});

test('a telephone number keeps three digits in front and four behind', () => {
  expect(masked('13812341234', 'phone')).toBe('138****1234');
});

test('a short identifier loses everything', () => {
  expect(masked('12345678', 'identifier')).toBe('********');
});

test('at least three characters of an identifier stay hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('1', '9', 'X'), minLength: 3 }), (value) => {
      const shown = masked(value, 'identifier') ?? '';
      expect(shown).toHaveLength(value.length);
      expect(shown.split('*').length - 1).toBeGreaterThanOrEqual(3);
    }),
  );
});

test('a field shown whole is not changed', () => {
  expect(masked('杭州市', 'whole')).toBe('杭州市');
});

test('what would turn the writing direction or steer a terminal shows as a mark of its own', () => {
  expect(masked('a\u202eb\u009bc\nd', 'whole')).toBe('a\ufffdb\ufffdc\ufffdd');
});

test('a field that is never shown is not there at all, not even as stars', () => {
  expect(masked('低保对象', 'never')).toBeUndefined();
});
