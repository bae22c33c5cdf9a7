import { afterEach, expect, test, vi } from 'vitest';
import { createSoundPlayer, SOUNDS } from './sound.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('the three sounds differ in how they move, not only in pitch', () => {
  const moves = Object.values(SOUNDS).map((notes) =>
    notes.slice(1).map((note, index) => Math.sign(note.hertz - (notes[index]?.hertz ?? 0))),
  );
  expect(new Set(moves.map(String)).size).toBe(3);
});

test('a browser without sound throws nothing into the page', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const player = createSoundPlayer(new EventTarget(), () => {
    throw new Error('NotAllowedError');
  });
  player.play('rejected');
  await vi.waitFor(() => expect(warned).toHaveBeenCalled());
});
