import { expect, test } from 'vitest';
import { ENTER, KEYPAD_ENTER, keyMeaning, keyOf, LEFT_SHIFT, RIGHT_SHIFT, TAB } from './us-keyboard.ts';

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));

test('every printable ASCII character has a key, and that key types it', () => {
  for (const character of PRINTABLE) {
    const found = keyOf(character);
    if (!found) throw new Error(`no key types ${character}`);
    const meaning = keyMeaning(found.key);
    expect(meaning).toMatchObject({ [found.shift ? 'shifted' : 'plain']: character.charCodeAt(0) });
  }
});

// input-event-codes.h
test.each([
  ['KEY_1', 2, '1', '!'],
  ['KEY_0', 11, '0', ')'],
  ['KEY_EQUAL', 13, '=', '+'],
  ['KEY_Q', 16, 'q', 'Q'],
  ['KEY_RIGHTBRACE', 27, ']', '}'],
  ['KEY_A', 30, 'a', 'A'],
  ['KEY_APOSTROPHE', 40, "'", '"'],
  ['KEY_GRAVE', 41, '`', '~'],
  ['KEY_BACKSLASH', 43, '\\', '|'],
  ['KEY_Z', 44, 'z', 'Z'],
  ['KEY_SLASH', 53, '/', '?'],
  ['KEY_KPASTERISK', 55, '*', '*'],
  ['KEY_SPACE', 57, ' ', ' '],
  ['KEY_KP7', 71, '7', '7'],
  ['KEY_KPMINUS', 74, '-', '-'],
  ['KEY_KPPLUS', 78, '+', '+'],
  ['KEY_KP0', 82, '0', '0'],
  ['KEY_KPDOT', 83, '.', '.'],
  ['KEY_KPSLASH', 98, '/', '/'],
])('%s (%i) types %s, with shift %s', (_name, key, plain, shifted) => {
  expect(keyMeaning(key)).toEqual({
    name: 'character',
    plain: plain.charCodeAt(0),
    shifted: shifted.charCodeAt(0),
  });
});

test.each([
  ['KEY_RESERVED', 0],
  ['KEY_ESC', 1],
  ['KEY_BACKSPACE', 14],
  ['KEY_LEFTCTRL', 29],
  ['KEY_LEFTALT', 56],
  ['KEY_CAPSLOCK', 58],
  ['KEY_F1', 59],
  ['KEY_SCROLLLOCK', 70],
  ['KEY_102ND', 86],
  ['KEY_RIGHTCTRL', 97],
  ['KEY_RIGHTALT', 100],
  ['none that exists', 0xffff],
])('%s (%i) types nothing', (_name, key) => {
  expect(keyMeaning(key)).toEqual({ name: 'none' });
});

test('Enter, the keypad Enter and Tab end a code, and both shift keys shift', () => {
  expect([ENTER, KEYPAD_ENTER, TAB].map((key) => keyMeaning(key).name)).toEqual(['end', 'end', 'end']);
  expect([LEFT_SHIFT, RIGHT_SHIFT].map((key) => keyMeaning(key).name)).toEqual(['shift', 'shift']);
});
