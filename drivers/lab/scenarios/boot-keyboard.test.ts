import { expect, test } from 'vitest';
import { typed } from './boot-keyboard.ts';

test('a character is a key pressed and let go, with shift where the US layout has it', () => {
  const pressed = typed('a1A:$]').filter((_, i) => i % 2 === 0);
  expect(pressed.map(([modifiers, , key]) => [modifiers, key])).toEqual([
    [0, 0x04],
    [0, 0x1e],
    [2, 0x04],
    [2, 0x33],
    [2, 0x21],
    [0, 0x30],
  ]);
  expect(typed('a')[1]).toEqual(new Uint8Array(8));
});
