import type { CommandResult, Lit, ReadingMode } from '../capabilities.ts';
import type { Ask, SettingReport, WantedSettings } from './module.ts';
import { type Coding, notOffered, type Setting, type SettingValue } from './setting.ts';

/** The wanted settings a family has; those that are absent can't be reached in it. */
export interface FamilySettings {
  readonly mode?: Setting<ReadingMode>;
  readonly light?: Setting<Lit>;
  readonly aim?: Setting<Lit>;
  readonly beep?: Setting<boolean>;
  readonly sameCodeMs?: Setting<number>;
}

/**
 * Writes every wanted setting durably and reads each back. One that reads as wanted is written all the same: what is
 * read may be a temporary value. A setting that the module keeps silent about is 'unread', one without a command 'not-offered'; fails
 * where it keeps silent about all of them, or is gone.
 */
export function setUpAll(
  ask: Ask,
  settings: FamilySettings,
  wanted: WantedSettings,
): Promise<CommandResult<readonly SettingReport[]>> {
  return inOrder([
    setUpStep(ask, 'mode', settings.mode, wanted.mode),
    setUpStep(ask, 'light', settings.light, wanted.light),
    setUpStep(ask, 'aim', settings.aim, wanted.aim),
    setUpStep(ask, 'beep', settings.beep, wanted.beep),
    setUpStep(ask, 'same code', settings.sameCodeMs, wanted.sameCodeMs),
  ]);
}

export interface SetUpStep {
  /** What is reported where nothing was heard. */
  readonly otherwise: SettingReport;
  /** Absent where the family has no such setting. */
  readonly run?: () => Promise<CommandResult<SettingReport>>;
}

export async function inOrder(steps: readonly SetUpStep[]): Promise<CommandResult<readonly SettingReport[]>> {
  const reports: SettingReport[] = [];
  let silence: Failed | undefined;
  let heard = false;
  for (const { run, otherwise } of steps) {
    const report = await run?.();
    if (report?.ok === false) {
      if (report.reason !== 'no-answer') return report;
      silence = report;
    }
    heard ||= report?.ok ?? false;
    reports.push(report?.ok ? report.value : otherwise);
  }
  return silence && !heard ? silence : { ok: true, value: reports };
}

export function setUpStep<V extends SettingValue>(
  ask: Ask,
  name: string,
  setting: Setting<V> | undefined,
  value: V,
): SetUpStep {
  const blank = { setting: name, wanted: inWords(value) };
  return setting
    ? { otherwise: { ...blank, done: 'unread' }, run: () => setUpOne(ask, name, setting, value) }
    : { otherwise: { ...blank, done: 'not-offered' } };
}

async function setUpOne<V extends SettingValue>(
  ask: Ask,
  name: string,
  setting: Setting<V>,
  value: V,
): Promise<CommandResult<SettingReport>> {
  const wanted = inWords(value);
  const { coding } = setting;
  const was = await setting.read(ask);
  if (isDead(was)) return was;
  const wire = coding.toWire(value);
  const written = wire === undefined ? notOffered(wanted) : await setting.write(ask, wire, 'for-good');
  if (isDead(written)) return written;
  const is = await setting.read(ask);
  if (isDead(is)) return is;
  const asWanted = is.ok && coding.fromWire(is.value) === coding.fromWire(wire ?? Number.NaN);
  return {
    ok: true,
    value: {
      setting: name,
      wanted,
      ...(was.ok ? { was: wordsOf(coding, was.value) } : {}),
      ...(is.ok ? { is: wordsOf(coding, is.value) } : {}),
      done: is.ok || !written.ok ? written.ok && asWanted : 'unread',
    },
  };
}

type Failed = Extract<CommandResult, { readonly ok: false }>;

/** Not even a no: to ask on about this setting would only take time. */
function isDead<T>(result: CommandResult<T>): result is Failed {
  return !result.ok && result.reason !== 'refused' && result.reason !== 'unknown-answer';
}

function wordsOf<V extends SettingValue>(coding: Coding<V>, wire: number): string {
  const value = coding.fromWire(wire);
  return value === undefined ? `unknown (${wire})` : inWords(value);
}

function inWords(value: SettingValue): string {
  switch (typeof value) {
    case 'number':
      return `${value} ms`;
    case 'boolean':
      return value ? 'on' : 'off';
    case 'string':
      return value;
    default:
      return value satisfies never;
  }
}
