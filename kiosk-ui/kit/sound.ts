/** A note: pitch in hertz, start and length in seconds. */
export interface Note {
  readonly hertz: number;
  readonly at: number;
  readonly length: number;
}

export type SoundName = 'accepted' | 'rejected' | 'undetermined';

/**
 * Told apart by shape as well as by pitch, for ears that have lost the high notes: two rising, three falling and low,
 * one note twice. All lie between 220 and 1,100 Hz.
 */
export const SOUNDS: Record<SoundName, readonly Note[]> = {
  accepted: [
    { hertz: 659.3, at: 0, length: 0.16 },
    { hertz: 1046.5, at: 0.13, length: 0.42 },
  ],
  rejected: [
    { hertz: 349.2, at: 0, length: 0.2 },
    { hertz: 277.2, at: 0.2, length: 0.2 },
    { hertz: 220, at: 0.4, length: 0.4 },
  ],
  undetermined: [
    { hertz: 493.9, at: 0, length: 0.18 },
    { hertz: 493.9, at: 0.3, length: 0.28 },
  ],
};

const LOUDNESS = 0.35;
const ATTACK_SECONDS = 0.012;

export interface SoundPlayer {
  readonly play: (name: SoundName) => void;
}

/**
 * Plays the product's sounds. A browser may forbid sound until somebody has touched the page, or have none at all:
 * then a sound is left out, because a verdict is always on the screen too, and the next touch opens the way for the rest.
 */
export function createSoundPlayer(
  page: EventTarget,
  openAudio: () => AudioContext = () => new AudioContext(),
): SoundPlayer {
  let audio: AudioContext | undefined;

  const wake = async (): Promise<AudioContext | undefined> => {
    try {
      audio ??= openAudio();
      // In a browser that waits for a gesture `resume` stays pending; whoever waits for it waits with it.
      if (audio.state === 'suspended') await audio.resume();
      return audio;
    } catch (error) {
      console.warn('this browser plays no sound', error);
      return undefined;
    }
  };
  const onGesture = () => {
    void wake();
  };
  page.addEventListener('pointerdown', onGesture);
  page.addEventListener('keydown', onGesture);

  return {
    play: (name) => {
      const askedAt = performance.now();
      void wake().then((context) => {
        // A sound held back until a gesture would come at the wrong moment.
        if (context && performance.now() - askedAt < 500) sound(context, SOUNDS[name]);
      });
    },
  };
}

function sound(context: AudioContext, notes: readonly Note[]): void {
  for (const note of notes) {
    const start = context.currentTime + note.at;
    const end = start + note.length;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = 'triangle';
    oscillator.frequency.setValueAtTime(note.hertz, start);
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + ATTACK_SECONDS);
    gain.gain.exponentialRampToValueAtTime(0.001, end);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
