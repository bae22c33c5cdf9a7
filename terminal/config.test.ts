import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

test('an empty file gives a terminal that can be tried at once', () => {
  expect(parseConfig({})).toEqual({
    service: 'medical-insurance',
    scanners: ['auto:', 'simulated:', 'keyboard:page'],
    port: 7080,
  });
});

test.for([
  [{ serivce: 'x' }, 'serivce'],
  [{ port: 70_000 }, 'port'],
  [{ port: '7080' }, 'port'],
  [{ scanners: [] }, 'scanners'],
  [{ scanners: [7] }, 'scanners[0]'],
  [{ service: '' }, 'service'],
] as const)('%o is refused with a sentence that names %s', ([input, key]) => {
  const sentence = parseConfig(input);
  expect(sentence).toBeTypeOf('string');
  expect(sentence).toContain(key);
});

test.for([[null], [[]], ['text']])('%o is no configuration', ([input]) => {
  expect(parseConfig(input)).toBeTypeOf('string');
});
