import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceWatch } from './device-watch.ts';
import { FolderWatch } from './folder-watch.ts';

export interface WatchOptions {
  /** `/dev` where absent. */
  readonly folder?: string;
  /** Told once where changes can't be watched: then `nextChange` comes back at its limit only. */
  readonly onTrouble?: (detail: string) => void;
  /** Which names are devices. */
  readonly relevant?: RegExp;
}

/** Serial ports on USB, HID devices and event devices. */
const DEVICE_NAMES = /^(tty(USB|ACM)|hidraw|event)\d+$/;

/** Made with the first input device and removed with the last. */
const INPUT_FOLDER = 'input';

/** One plugged device makes several changes: node, rights, the next interface. All within this count as one. */
export const COALESCE_MS = 20;

/**
 * Watches /dev with inotify: nothing runs while nothing is plugged. Callers are told apart by their signal: one who comes
 * back with the same signal is told of what changed since he was last answered, even if he was busy then.
 */
export function watchDevices(options: WatchOptions = {}): DeviceWatch {
  const { folder = '/dev', relevant = DEVICE_NAMES } = options;
  let changes = 0;
  const seen = new WeakMap<AbortSignal, number>();
  const waiting = new Set<() => void>();
  let trouble: ((detail: string) => void) | undefined = options.onTrouble;

  function changed(): void {
    changes += 1;
    for (const wake of waiting) wake();
  }
  function failed(detail: string): void {
    trouble?.(`devices are only looked for now and then: ${detail}`);
    trouble = undefined;
  }

  const inputFolder = join(folder, INPUT_FOLDER);
  const inputs = new FolderWatch(inputFolder, {
    isDevice: (name) => relevant.test(name),
    changed,
    // it may go at any time, which is no trouble
    failed: (detail) => existsSync(inputFolder) && failed(detail),
  });
  const nodes = new FolderWatch(folder, {
    isDevice: (name) => name === INPUT_FOLDER || relevant.test(name),
    changed: (name) => {
      if (name === INPUT_FOLDER) watchInputs();
      changed();
    },
    failed,
  });
  function watchInputs(): void {
    if (existsSync(inputFolder)) inputs.open();
    else inputs.close();
  }
  if (process.platform === 'linux') {
    nodes.open();
    watchInputs();
  } else {
    failed(`there is no inotify on ${process.platform}`);
  }

  return {
    nextChange(limitMs, stop) {
      if (stop.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        let settling: NodeJS.Timeout | undefined;
        const answer = () => {
          clearTimeout(limit);
          clearTimeout(settling);
          waiting.delete(wake);
          stop.removeEventListener('abort', answer);
          seen.set(stop, changes);
          resolve();
        };
        const wake = () => {
          settling ??= setTimeout(answer, COALESCE_MS);
        };
        const limit = setTimeout(answer, limitMs);
        waiting.add(wake);
        stop.addEventListener('abort', answer);
        if (changes > (seen.get(stop) ?? 0)) wake();
      });
    },
    close() {
      nodes.close();
      inputs.close();
    },
  };
}
