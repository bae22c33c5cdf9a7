import { attach } from '../attachment.ts';
import type { DeviceClaims } from '../claims/device-claims.ts';
import { type DeviceUse, hookUp } from '../hook-up.ts';
import type { MonotonicClock } from '../monotonic-clock.ts';
import type { Device } from '../profiles/device.ts';
import type { Profile, Question } from '../profiles/profile.ts';

/**
 * Bridge chips (CH340 and the like) say nothing of what hangs on them, so they are asked, and used only when a module
 * answers its own question. Each is asked once for every time it is plugged in.
 */
export class BridgeQuestions {
  readonly #claims: DeviceClaims;
  readonly #now: MonotonicClock;
  readonly #answers = new Map<string, Promise<DeviceUse | undefined>>();

  constructor(claims: DeviceClaims, now: MonotonicClock) {
    this.#claims = claims;
    this.#now = now;
  }

  /** @returns how it is to be used, or undefined where nothing answered, or `stop` came first. */
  ask(device: Device, profile: Profile, stop: AbortSignal): Promise<DeviceUse | undefined> {
    const asked = this.#answers.get(device.path);
    if (asked !== undefined) return asked;
    const claim = this.#claims.take(device.path);
    if (!claim.ok) return Promise.resolve(undefined); // asked when it is free
    const answer = this.#askAll(device, profile, stop).finally(() => claim.release());
    this.#answers.set(device.path, answer);
    return answer;
  }

  /** A bridge that was unplugged may come back with something else on it. */
  forgetAbsent(devices: readonly Device[]): void {
    const present = new Set(devices.map(({ path }) => path));
    for (const path of this.#answers.keys()) if (!present.has(path)) this.#answers.delete(path);
  }

  async #askAll(device: Device, profile: Profile, stop: AbortSignal): Promise<DeviceUse | undefined> {
    // a module that has just got its power may miss the first round
    for (const question of [...(profile.ask ?? []), ...(profile.ask ?? [])]) {
      const heard = await this.#answersTo(device, question, stop);
      if (heard === 'yes') return { ...question, model: `${question.module} module on ${profile.model}` };
      if (heard === 'not-open' || stop.aborted) {
        // not asked yet: perhaps its rights are still being set
        this.#answers.delete(device.path);
        return undefined;
      }
    }
    return undefined;
  }

  async #answersTo(
    device: Device,
    question: Question,
    stop: AbortSignal,
  ): Promise<'yes' | 'no' | 'not-open'> {
    const hookup = hookUp(device, { ...question, model: question.module }, this.#now);
    const attached = await attach(hookup, {
      // whatever it says beside the answer is nobody's scan
      code: () => undefined,
      discarded: () => undefined,
      fault: () => undefined,
    });
    if (!attached.ok) return 'not-open';
    const { ask, close, ended } = attached.attachment;
    stop.addEventListener('abort', close, { once: true });
    if (stop.aborted) close();
    const answer = ask && hookup.module ? await hookup.module.ping(ask) : undefined;
    stop.removeEventListener('abort', close);
    close();
    await ended;
    return answer?.ok ? 'yes' : 'no';
  }
}
