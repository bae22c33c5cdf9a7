import { type CommandAnswer, type Face, type Language, wording } from '../../terminal/contract.ts';

type Refused = Extract<CommandAnswer, { ok: false }>;

const MINUTE_MS = 60_000;

/** Why what was pressed was not done, as one sentence for whoever pressed it. */
export function refusalWords(face: Face, language: Language, { reason, waitMs }: Refused): string {
  const words = wording[language];
  if (face === 'kiosk') return words.session.refusals[reason];
  if (reason === 'locked-out' && waitMs !== undefined) {
    return words.desk.lockedOutFor(Math.max(1, Math.ceil(waitMs / MINUTE_MS)));
  }
  return words.desk.refusals[reason];
}
