import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Frame, FramingName, RunningFraming } from './framing.ts';
import { hidPosFraming, statedHidPosFraming } from './hid/hid-pos-framing.ts';
import { LAYOUT_A, LAYOUT_B, LAYOUT_MICROSCAN, LAYOUT_SHIFTED } from './hid/hid-pos-layout.ts';
import { snapiFraming } from './hid/snapi-framing.ts';
import { keyFraming, keyIdleFraming } from './keys/key-framing.ts';
import { dechdrFraming } from './packets/dechdr-framing.ts';
import { ssiFraming } from './packets/ssi-framing.ts';
import { runFraming } from './run-framing.ts';
import { idleFraming } from './serial/idle-framing.ts';
import { LINE_ENDS, LINE_ENDS_AND_TAB, startLineFraming } from './serial/line-framing.ts';

/** Starts the framing of that name for one connection. @param descriptor the HID report descriptor, where known */
export function startFraming(
  name: FramingName,
  descriptor: Uint8Array | undefined,
  now: MonotonicClock,
  onFrame: (frame: Frame) => void,
): RunningFraming {
  switch (name) {
    case 'line':
      return startLineFraming(LINE_ENDS, now, onFrame);
    case 'tab':
      return startLineFraming(LINE_ENDS_AND_TAB, now, onFrame);
    case 'idle':
      return runFraming(idleFraming, now, onFrame);
    case 'ssi':
      return runFraming(ssiFraming, now, onFrame);
    case 'dechdr':
      return runFraming(dechdrFraming, now, onFrame);
    case 'hid-pos':
      return runFraming(statedHidPosFraming(descriptor), now, onFrame);
    case 'hid-pos-a':
      return runFraming(hidPosFraming(LAYOUT_A), now, onFrame);
    case 'hid-pos-b':
      return runFraming(hidPosFraming(LAYOUT_B), now, onFrame);
    case 'hid-pos-shifted':
      return runFraming(hidPosFraming(LAYOUT_SHIFTED), now, onFrame);
    case 'hid-microscan':
      return runFraming(hidPosFraming(LAYOUT_MICROSCAN), now, onFrame);
    case 'snapi':
      return runFraming(snapiFraming, now, onFrame);
    case 'keys':
      return runFraming(keyFraming, now, onFrame);
    case 'keys-idle':
      return runFraming(keyIdleFraming, now, onFrame);
    default:
      return name satisfies never;
  }
}
