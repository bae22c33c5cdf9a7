import { onTestFinished } from 'vitest';
import { TestClock } from '../../core/clock.ts';
import { Recorder } from '../../core/recorder.ts';
import { AuditStore } from '../../store/audit-store.ts';
import { dataFolder } from '../../store/data-folder.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { hashPin } from '../pin-hash.ts';
import { type RecordEvent, StaffDesk, type StaffDeskOptions } from '../staff-desk.ts';
import { StaffRegister } from '../staff-register.ts';

export const NOW_MS = Date.UTC(2026, 10, 23, 8);
/** Of `wang`, who works at the counter. */
export const PIN = '140236';
/** Of `li`, who maintains the device. */
export const OTHER_PIN = '94175028';
/** A test logs in many times. */
const CHEAP = { logN: 4, r: 1, p: 1 };
export const GRANT = 'LZG1:GOOD';

/** A desk over a real store, with one person of each role; what it recorded is in `events` and in the store. */
export async function openDesk(options: Partial<StaffDeskOptions> & { readonly root?: string } = {}) {
  const { root = tempFolder(), ...others } = options;
  const folder = dataFolder(root);
  const store = new AuditStore({ folder, terminalId: new Uint8Array(16), onNews: () => undefined });
  onTestFinished(() => store.close());
  const clock = new TestClock(NOW_MS);
  const faults: string[] = [];
  const recorder = new Recorder({
    store,
    sealer: () => undefined,
    now: () => clock.now(),
    onFault: (fault) => faults.push(fault),
  });
  const events: object[] = [];
  const record: RecordEvent = async (name, facts) => {
    await recorder.record(name, facts);
    events.push({ event: name, ...facts });
  };
  const register = new StaffRegister(store);
  if (register.list().length === 0) {
    const hashes = [await hashPin(PIN, CHEAP), await hashPin(OTHER_PIN, CHEAP)] as const;
    store.run((db) => {
      const add = db.prepare('INSERT INTO staff (id, name, role, pin, created_at) VALUES (?, ?, ?, ?, ?)');
      add.run('wang', '王芳', 'staff', hashes[0], NOW_MS);
      add.run('li', '李明', 'maintenance', hashes[1], NOW_MS);
    });
  }
  const parts: StaffDeskOptions = {
    register,
    clock,
    unixMs: () => clock.now(),
    record,
    connected: () => true,
    checkGrant: (text, staffId) => ({ ok: text === GRANT && staffId === 'li' }),
    onFault: (fault) => faults.push(fault),
    ...others,
  };
  const desk = new StaffDesk(parts);
  return { desk, register, store, clock, events, faults, folder, record: parts.record };
}

/** What `wang` types. */
export function asWang(pin = PIN) {
  return { as: 'staff', id: 'wang', pin } as const;
}

/** What `li` types. */
export function asLi(grant?: string, pin = OTHER_PIN) {
  return { as: 'maintenance', id: 'li', pin, ...(grant === undefined ? {} : { grant }) } as const;
}

/** Four digits of a PIN are right, and the rest isn't. */
export const WRONG_PIN = '140299';
