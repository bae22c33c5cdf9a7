import type { CommandResult, Scanner } from '../drivers/scanner.ts';

/** What an operator may ask of the scanner of a running terminal. */
export const SCANNER_ACTIONS = ['beep', 'trigger', 'info'] as const;
export type ScannerAction = (typeof SCANNER_ACTIONS)[number];

/** @returns what the scanner says, or a sentence why it was not done. */
export type ActionAnswer =
  | { readonly ok: true; readonly said: string }
  | { readonly ok: false; readonly error: string };

/** Lets the first ready scanner that can do it do it. */
export async function actOnScanner(
  scanners: readonly Scanner[],
  action: ScannerAction,
): Promise<ActionAnswer> {
  for (const { id, capabilities } of scanners) {
    const run = commandFor(capabilities, action);
    if (!run) continue;
    const result = await run();
    if (result.ok) return { ok: true, said: `${id}: ${result.value}` };
    return { ok: false, error: `${id}: ${action}: ${result.reason}: ${result.detail}` };
  }
  return { ok: false, error: `no scanner of this terminal can be asked for ${action} just now` };
}

function commandFor(
  { beep, trigger, info }: Scanner['capabilities'],
  action: ScannerAction,
): (() => Promise<CommandResult<string>>) | undefined {
  switch (action) {
    case 'beep':
      return beep && (() => saying(beep.beep(), 'beeped'));
    case 'trigger':
      return trigger && (() => saying(trigger.start(), 'reads; the terminal shows what'));
    case 'info':
      return info && (async () => withValue(await info.read(), ({ version }) => version));
    default:
      return action satisfies never;
  }
}

async function saying(done: Promise<CommandResult>, said: string): Promise<CommandResult<string>> {
  return withValue(await done, () => said);
}

function withValue<T>(result: CommandResult<T>, to: (value: T) => string): CommandResult<string> {
  return result.ok ? { ok: true, value: to(result.value) } : result;
}
