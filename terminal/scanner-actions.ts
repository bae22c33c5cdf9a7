import type { CommandResult } from '../drivers/capabilities.ts';
import type { Scanner } from '../drivers/scanner.ts';

/** What an operator may ask of the scanner of a running terminal. */
export const SCANNER_ACTIONS = ['beep', 'trigger', 'info'] as const;
export type ScannerAction = (typeof SCANNER_ACTIONS)[number];

/** Which scanner did what and what it says, or a sentence why it was not done. */
export type ActionAnswer =
  | { readonly ok: true; readonly scanner: string; readonly done: ScannerAction; readonly version?: string }
  | { readonly ok: false; readonly error: string };

/** Lets the first scanner that can do it do it. What a triggered scanner reads goes the way of every scan. */
export async function actOnScanner(
  scanners: readonly Scanner[],
  action: ScannerAction,
): Promise<ActionAnswer> {
  for (const { id, capabilities } of scanners) {
    const run = commandFor(capabilities, action);
    if (!run) continue;
    const result = await run();
    if (!result.ok) return { ok: false, error: `${id}: ${action}: ${result.reason}: ${result.detail}` };
    return { ok: true, scanner: id, done: action, ...result.value };
  }
  return {
    ok: false,
    error: `no scanner of this terminal has a command for ${action}: name its module where it has one, such as ?module=newland`,
  };
}

function commandFor(
  { beep, trigger, info }: Scanner['capabilities'],
  action: ScannerAction,
): Run | undefined {
  switch (action) {
    case 'beep':
      return beep && (() => saysNothing(beep.beep()));
    case 'trigger':
      return trigger && (() => saysNothing(trigger.start()));
    case 'info':
      return info?.read;
    default:
      return action satisfies never;
  }
}

type Run = () => Promise<CommandResult<{ readonly version?: string }>>;

async function saysNothing(done: Promise<CommandResult>): Promise<CommandResult<object>> {
  const result = await done;
  return result.ok ? { ok: true, value: {} } : result;
}
