/** What a module can do on request. A part that is absent isn't there; nothing pretends. */
export interface Capabilities {
  /** Starts and ends one reading, as the button does. */
  readonly trigger?: {
    start(): Promise<CommandResult>;
    stop(): Promise<CommandResult>;
  };
  readonly beep?: { beep(): Promise<CommandResult> };
  readonly light?: { set(when: Lit): Promise<CommandResult> };
  readonly aim?: { set(when: Lit): Promise<CommandResult> };
  readonly led?: { set(on: boolean): Promise<CommandResult> };
  readonly info?: { read(): Promise<CommandResult<ModuleInfo>> };
  readonly modes?: {
    get(): Promise<CommandResult<ReadingMode>>;
    set(mode: ReadingMode): Promise<CommandResult>;
  };
  /** Puts the module into the mode a terminal wants, durably, and reads every setting back. */
  readonly setup?: { apply(wanted: WantedSettings): Promise<CommandResult<readonly SettingReport[]>> };
}

export type Lit = 'off' | 'on' | 'while-reading';

/** When a module looks for a code: when triggered, always, or when something is held in front of it. */
export type ReadingMode = 'trigger' | 'continuous' | 'sense';

export interface ModuleInfo {
  /** What the module says of itself: firmware, model, serial; as it says it. */
  readonly version: string;
}

/** What a terminal wants of its scanner. */
export interface WantedSettings {
  readonly mode: ReadingMode;
  readonly light: Lit;
  readonly aim: Lit;
  readonly beep: boolean;
  /** The module itself keeps quiet about the same code for this long. */
  readonly sameCodeMs: number;
}

export const WANTED_SETTINGS: WantedSettings = {
  mode: 'sense',
  light: 'while-reading',
  aim: 'while-reading',
  beep: true,
  sameCodeMs: 1_000,
};

/** One setting, as it was, as it should be and as it was read back. */
export interface SettingReport {
  readonly setting: string;
  readonly was?: string;
  readonly wanted: string;
  /** As read back; absent where the module can't be asked for it. */
  readonly is?: string;
  /** Whether it is as wanted; 'unread' where the module kept silent, 'not-offered' where its commands have no such setting. */
  readonly done: boolean | 'unread' | 'not-offered';
}

/** What became of a command. Every failure is a value with its name and a sentence. */
export type CommandResult<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: CommandFailure; readonly detail: string };

export type CommandFailure =
  /** The scanner isn't there just now. */
  | 'not-ready'
  /** Nothing came back, in all tries. */
  | 'no-answer'
  /** The module understood and said no. */
  | 'refused'
  /** Something came back that this module's manual doesn't know. */
  | 'unknown-answer'
  | 'write-failed';
