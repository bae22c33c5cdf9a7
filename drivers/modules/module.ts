import type { Capabilities, CommandResult, SettingReport, WantedSettings } from '../capabilities.ts';
import type { FramingName } from '../framing/framing.ts';

export { type SettingReport, WANTED_SETTINGS, type WantedSettings } from '../capabilities.ts';

/**
 * A module is a family of scanners that understand one set of commands. It only knows what to say and how answers
 * read; sending, waiting, repeating and pacing is the dialogue's.
 */
export interface ScannerModule {
  readonly name: ModuleName;
  /** The serial framing its codes come in, where it is not lines. */
  readonly framing?: FramingName;
  readonly pacing: Pacing;
  /** How answers are told from codes on a serial wire; absent where the framing itself tells (SSI, HID). */
  readonly answers?: AnswerGrammar;
  /** Makes a HID output report of a command; absent where the module has no commands over HID. */
  readonly hidReport?: (command: Uint8Array) => Uint8Array;
  capabilities(ask: Ask): Capabilities;
  /** A question that any module of this family answers and that changes nothing. */
  ping(ask: Ask): Promise<CommandResult>;
  /** Puts it into the mode we want, durably, and reads every setting back. */
  setUp(ask: Ask, wanted: WantedSettings): Promise<CommandResult<readonly SettingReport[]>>;
}

export const MODULE_NAMES = ['grow', 'newland', 'honeywell', 'ssi', 'datalogic'] as const;
export type ModuleName = (typeof MODULE_NAMES)[number];

export interface Pacing {
  /** How long an answer may take. */
  readonly timeoutMs: number;
  /** How often a command is sent in all. */
  readonly tries: number;
  /** Between the end of one exchange and the next command. */
  readonly gapMs: number;
  /** Sent before a command is repeated, for modules that may have been asleep. */
  readonly wake?: { readonly bytes: Uint8Array; readonly waitMs: number };
}

/**
 * Says of the bytes at the beginning of a frame whether they are an answer of this module. More bytes behind a whole
 * answer, or behind what is none, change nothing. It costs no more than a look at some 1,000 bytes.
 */
export type AnswerGrammar = (bytes: Uint8Array) => AnswerMatch;

export type AnswerMatch =
  | { readonly name: 'whole'; readonly length: number }
  /** It may become one. */
  | { readonly name: 'part' }
  | { readonly name: 'none' };

export interface Command<T> {
  /** For messages, such as `trigger on`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What an answer says to this command; undefined where it is no answer to it. Absent: nothing answers. */
  readonly read?: (answer: Uint8Array) => Reply<T> | undefined;
  /** Whether an answer that `read` doesn't know is a part of what was asked for, before the end of it. */
  readonly part?: (answer: Uint8Array) => boolean;
  /** In place of the module's own, for slow ones. */
  readonly timeoutMs?: number;
}

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: 'refused' | 'unknown-answer'; readonly detail: string };

/** Sends a command and waits for its answer; one at a time, in order. A command without `read` succeeds once sent. */
export type Ask = <T>(command: Command<T>) => Promise<CommandResult<T>>;
