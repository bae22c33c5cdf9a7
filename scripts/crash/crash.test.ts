import { expect, it } from 'vitest';
import { tempFolder } from '../../terminal/testing/temp-folder.ts';
import { crashRun } from './crash-run.ts';

/** `npm run crash` kills a thousand times. */
const KILLS = 12;
const SEED = 20_261_123;
/** A child starts in a third of a second, on a busy machine in a second or two. */
const LIMIT_MS = 60_000;

it('a terminal killed while it scans has every row it acknowledged, once, in order', {
  timeout: LIMIT_MS,
}, async () => {
  const figures = await crashRun({ root: tempFolder(), kills: KILLS, seed: SEED });
  expect(figures).toMatchObject({ kills: KILLS, findings: [] });
  expect(figures.acknowledged).toBeGreaterThan(KILLS);
});

it('a terminal that acknowledges before the row is on disk is caught', { timeout: LIMIT_MS }, async () => {
  const { findings } = await crashRun({ root: tempFolder(), kills: KILLS, seed: SEED, mutate: 'ack-first' });
  expect(findings.map(({ promise }) => promise)).toContain('lost');
});
