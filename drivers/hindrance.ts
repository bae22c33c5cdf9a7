/** Why a device can't be used just now. */
export interface Hindrance {
  /** The system's or the library's own words. */
  readonly detail: string;
  /** What someone on site can do about it. */
  readonly cure: string;
}

export interface Hindered extends Hindrance {
  readonly ok: false;
}
