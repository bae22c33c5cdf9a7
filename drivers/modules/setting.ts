import type { CommandResult, Lit, ReadingMode } from '../capabilities.ts';
import type { Ask } from './module.ts';

/** One setting of a module: how it is read and written as a number, and what the numbers mean. */
export interface Setting<V extends SettingValue> {
  readonly coding: Coding<V>;
  read(ask: Ask): Promise<CommandResult<number>>;
  write(ask: Ask, wire: number, keep: Keep): Promise<CommandResult>;
}

export type SettingValue = ReadingMode | Lit | boolean | number;

/** Flash memory wears out: what a caller switches to and fro is not kept. */
export type Keep = 'until-power-off' | 'for-good';

export interface Coding<V> {
  /** Undefined where the family has no such choice. */
  toWire(value: V): number | undefined;
  /** Undefined where nobody knows what the number means. */
  fromWire(wire: number): V | undefined;
}

/** Of several numbers for one value the first is written, all are understood. */
export function choices<V extends SettingValue>(pairs: readonly (readonly [V, number])[]): Coding<V> {
  return {
    toWire: (value) => pairs.find(([known]) => known === value)?.[1],
    fromWire: (wire) => pairs.find(([, known]) => known === wire)?.[0],
  };
}

/** A number of milliseconds, as it is. */
export const MILLISECONDS: Coding<number> = { toWire: (ms) => ms, fromWire: (wire) => wire };

/** Changes a setting until the power goes off. */
export async function change<V extends SettingValue>(
  ask: Ask,
  setting: Setting<V>,
  value: V,
): Promise<CommandResult> {
  const wire = setting.coding.toWire(value);
  if (wire === undefined) return notOffered(String(value));
  return setting.write(ask, wire, 'until-power-off');
}

/** What a setting is now, in our words. */
export async function current<V extends SettingValue>(
  ask: Ask,
  setting: Setting<V>,
): Promise<CommandResult<V>> {
  const wire = await setting.read(ask);
  if (!wire.ok) return wire;
  const value = setting.coding.fromWire(wire.value);
  if (value !== undefined) return { ok: true, value };
  return {
    ok: false,
    reason: 'unknown-answer',
    detail: `it is ${wire.value}, and nobody knows what that means`,
  };
}

/** A choice that this family's manual doesn't have: nothing is sent. */
export function notOffered(what: string): CommandResult<never> {
  return { ok: false, reason: 'refused', detail: `${what} is not among this family's choices` };
}
