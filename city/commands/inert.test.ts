import { expect, test } from 'vitest';
import { inert } from './inert.ts';

test.each(['\n', '\x1b', '\x7f', '\x9b', '\u2028', '\u202e', '\u{e0001}'])(
  'JSON with %j in it is printed without it and means the same',
  (steering) => {
    const value = { name: `a${steering}b三号厅` };
    const printed = inert(JSON.stringify(value));
    expect(printed).not.toContain(steering);
    expect(printed).toContain('三号厅');
    expect(JSON.parse(printed)).toEqual(value);
  },
);
