/** Says when devices may have come or gone, so that nobody has to ask all the time. */
export interface DeviceWatch {
  /** Resolves at the next change, after `limitMs`, or when aborted; never rejects. */
  nextChange(limitMs: number, stop: AbortSignal): Promise<void>;
  close(): void;
}
