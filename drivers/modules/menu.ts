import type { CommandResult } from '../capabilities.ts';
import type { Ask, Command, Reply } from './module.ts';
import type { Coding, Keep, Setting, SettingValue } from './setting.ts';

/**
 * The menu commands of Honeywell and Newland: a three-letter tag, a three-letter sub-tag and data, such as `SCNLED1`.
 * The answer echoes them and adds one byte of status; what surrounds all that differs.
 */
export interface Menu {
  /** The command that sets a menu entry, or runs one. */
  set(code: string, data: string, keep: Keep): Uint8Array;
  /** The command that asks for the current data of a menu entry. */
  query(code: string): Uint8Array;
  /** What an answer echoes, tag to status; undefined where it is no answer of this menu. */
  echoOf(answer: Uint8Array): string | undefined;
}

export const MENU_STATUS = { done: '\x06', badData: '\x15', unknown: '\x05' } as const;

/** A menu entry whose data is a number. */
export function menuSetting<V extends SettingValue>(menu: Menu, code: string, coding: Coding<V>): Setting<V> {
  return {
    coding,
    async read(ask) {
      const data = await ask(menuQuestion(menu, code, menu.query(code)));
      if (!data.ok) return data;
      if (/^\d{1,9}$/.test(data.value)) return { ok: true, value: Number(data.value) };
      return { ok: false, reason: 'unknown-answer', detail: `${code}: its data is no number` };
    },
    write: (ask, wire, keep) => setMenu(ask, menu, code, String(wire), keep),
  };
}

/** Sets a menu entry. An answer that echoes other data is no yes. */
export function setMenu(
  ask: Ask,
  menu: Menu,
  code: string,
  data: string,
  keep: Keep,
): Promise<CommandResult> {
  return ask({
    name: `${code}${data}`,
    bytes: menu.set(code, data, keep),
    read(answer): Reply<void> | undefined {
      const echoed = readEcho(menu.echoOf(answer), code);
      if (!echoed?.ok) return echoed;
      if (echoed.value === data) return { ok: true, value: undefined };
      return { ok: false, reason: 'unknown-answer', detail: `${code}${data}: other data was echoed` };
    },
  });
}

/** A command whose answer is the data of a menu entry. */
export function menuQuestion(menu: Menu, code: string, bytes: Uint8Array): Command<string> {
  return { name: code, bytes, read: (answer) => readEcho(menu.echoOf(answer), code) };
}

function readEcho(echo: string | undefined, code: string): Reply<string> | undefined {
  if (!echo?.startsWith(code)) return undefined;
  const data = echo.slice(code.length, -1);
  switch (echo.at(-1)) {
    case MENU_STATUS.done:
      return { ok: true, value: data };
    case MENU_STATUS.badData:
      return { ok: false, reason: 'refused', detail: `${code}: not with this data` };
    case MENU_STATUS.unknown:
      return { ok: false, reason: 'refused', detail: `${code}: it has no such command` };
    default:
      return { ok: false, reason: 'unknown-answer', detail: `${code}: a status that nobody knows` };
  }
}
