import type { FramingName } from '../framing/framing.ts';
import type { ModuleName } from '../modules/module.ts';
import type { CodeIdName } from '../text/code-id.ts';
import type { Transport } from './device.ts';

/** How one model, or one mode of it, is recognised and used. A row of the table, or an entry of a profile file. */
export interface Profile {
  /** As people call it, such as `Honeywell HID POS`. */
  readonly model: string;
  readonly transport: Transport;
  readonly match: ProfileMatch;
  readonly framing: FramingName;
  readonly module?: ModuleName;
  /** Whose one-letter code ids it sends before each code. */
  readonly codeId?: CodeIdName;
  /** Serial: 9600 where absent. */
  readonly baudRate?: number;
  /** Why it can't be used as it is, and what would help: a scanner in a mode that nobody here speaks. */
  readonly unusable?: string;
  /** A bridge chip that anything may hang on: it is asked by these modules' ping before it is used. */
  readonly ask?: readonly Question[];
}

/** All that is given has to hold; the more is given, the surer (see `identify`). */
export interface ProfileMatch {
  readonly vendorId: number;
  /** Any product of the vendor where absent. */
  readonly productId?: number;
  /** HID usage page, to tell interfaces with the same numbers apart. */
  readonly usagePage?: number;
  /** Part of the manufacturer's or product's name, in any case. */
  readonly named?: string;
  /** Part of the path or stable path. */
  readonly path?: string;
}

export interface Question {
  readonly module: ModuleName;
  readonly framing: FramingName;
  readonly baudRate: number;
}
