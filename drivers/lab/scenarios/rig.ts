/** A scanner made of virtual hardware, and the hand that plugs it in and shows codes to it. */
export interface Rig {
  readonly name: string;
  /** How the product is told of it. */
  readonly address: string;
  /** How long a code the endurance shows: the most that this wire can carry in the time there is. */
  readonly codeLength: number;
  /** The device's node, whatever its number is this time; undefined while it is unplugged. */
  node(): string | undefined;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Reads a code of ASCII text, an AIM identifier in front of it or not, and sends it whole. */
  show(code: string): Promise<void>;
  /** Sends the first half of what it would send. */
  showHalf(code: string): Promise<void>;
  /** Unplugs it and leaves nothing behind. */
  close(): Promise<void>;
}

/** The first half of what a code is sent in: reports, or bytes. */
export function firstHalf<T>(whole: readonly T[]): readonly T[] {
  return whole.slice(0, whole.length >> 1);
}
