import { EVENT_BYTES } from '../framing/keys/key-framing.ts';
import { ENTER, keyOf, LEFT_SHIFT, TAB } from '../framing/keys/us-keyboard.ts';

/**
 * The events by which a scanner in keyboard mode types a text on a US keyboard: `\r` is Enter, `\t` Tab.
 *
 * @throws for a character that a US keyboard hasn't got
 */
export function keyEvents(text: string): Uint8Array {
  return Buffer.concat([...text].flatMap(typeCharacter));
}

/** One event with its SYN_REPORT, as the kernel sends them. @param value 1 down, 0 up, 2 repeated */
export function keyEvent(key: number, value: number): Uint8Array {
  return Buffer.concat([inputEvent(EV_KEY, key, value), inputEvent(EV_SYN, 0, 0)]);
}

/** One `struct input_event` at a time that doesn't matter. */
export function inputEvent(type: number, code: number, value: number): Uint8Array {
  const event = Buffer.alloc(EVENT_BYTES);
  event.writeBigInt64LE(1_700_000_000n, 0);
  event.writeBigInt64LE(123_456n, 8);
  event.writeUInt16LE(type, 16);
  event.writeUInt16LE(code, 18);
  event.writeInt32LE(value, 20);
  return event;
}

/** The kernel's own buffer ran over. */
export function droppedEvents(): Uint8Array {
  return inputEvent(EV_SYN, SYN_DROPPED, 0);
}

const EV_SYN = 0;
const EV_KEY = 1;
const SYN_DROPPED = 3;

function typeCharacter(character: string): Uint8Array[] {
  if (character === '\r') return press(ENTER);
  if (character === '\t') return press(TAB);
  const found = keyOf(character);
  if (!found) throw new Error(`a US keyboard has no key for ${JSON.stringify(character)}`);
  const { key, shift } = found;
  return shift ? [keyEvent(LEFT_SHIFT, 1), ...press(key), keyEvent(LEFT_SHIFT, 0)] : press(key);
}

function press(key: number): Uint8Array[] {
  return [keyEvent(key, 1), keyEvent(key, 0)];
}
