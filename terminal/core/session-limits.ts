/** 查询结果将在30秒后清除. */
export const VERDICT_SHOWN_MS = 30_000;
/** Nine businesses are to be read by an elder before one is chosen. */
export const CHOOSING_MS = 60_000;
/** A driver looks for the next of three licences in a car. */
export const CASE_IDLE_MS = 5 * 60_000;
/** One sentence of two lines, and the way to a window. */
export const STAFFED_COUNTER_MS = 30_000;
/** One sentence: who has it now, and for what. */
export const HANDED_ON_MS = 30_000;
/** At least 20 s in which to ask for more (WCAG 2.2, 2.2.1). */
export const WARNED_FOR_MS = 20_000;
/** At least ten times (WCAG 2.2, 2.2.1); not for ever, so that a stuck button can't keep a licence on a screen. */
export const MAX_EXTENSIONS = 10;
/** Long enough to be read, so that a person sees that nothing of them stays. */
export const CLEARING_MS = 1_000;
/** Longer than any verdict takes (`RESOLVE_WITHIN_MS` and the store): then something hangs, and nobody waits for it. */
export const VERIFYING_MS = 30_000;
/** A language chosen by somebody who then walked away. */
export const SETTINGS_KEPT_MS = 60_000;
/** Maintenance that nobody ended. */
export const MAINTENANCE_MS = 10 * 60_000;
/** Verdicts on the counter's list of latest checks. */
export const MAX_HISTORY = 20;
