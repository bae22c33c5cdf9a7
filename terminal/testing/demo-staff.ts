import Database from 'better-sqlite3';
import { hashPin } from '../staff/pin-hash.ts';
import type { StaffRole } from '../staff/staff-register.ts';
import { NOW_MS } from './demo-city.ts';
import type { DemoTerminal } from './demo-terminal.ts';

/** Of `wang`, who may log in once added. */
export const STAFF_PIN = '140236';
/** Many tests log in, and what makes a PIN dear to guess makes them slow. */
const CHEAP = { logN: 4, r: 1, p: 1 };

/** Adds `wang` to a terminal, and logs them in. */
export async function logInAs(role: StaffRole, { terminal, folder }: DemoTerminal): Promise<void> {
  const pin = await hashPin(STAFF_PIN, CHEAP);
  const db = new Database(folder.auditDb);
  db.prepare('INSERT INTO staff (id, name, role, pin, created_at) VALUES (?, ?, ?, ?, ?)').run(
    ...['wang', '王芳', role, pin, NOW_MS],
  );
  db.close();
  const answer = await terminal.login({ as: role, id: 'wang', pin: STAFF_PIN });
  if (!answer.ok) throw new Error(`wang was not logged in: ${answer.reason}`);
}
