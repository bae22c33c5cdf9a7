import { describe, expect, it } from 'vitest';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { demoContext } from '../../licence/testing/demo-issuer.ts';
import { verify } from '../../licence/verify.ts';
import { allTargets } from './all-targets.ts';
import { type CampaignPlan, campaign, HANG_MS, MEMORY_BLOCK, MEMORY_GROWTH } from './campaign.ts';
import { verdictBreach } from './code-model.ts';
import { SERVICE } from './fuzz-world.ts';
import type { Answer, Target } from './target.ts';

describe('every target', () => {
  const targets = allTargets(nativeVerifier());

  it.each(targets.map((target) => [target.name, target] as const))(
    '%s takes each of its true objects',
    (_, target) => {
      const refused = target.seeds
        .map((seed) => target.run(seed))
        .filter(({ taken, broken }) => !taken || broken);
      expect(refused).toEqual([]);
    },
  );

  it('has a name of its own', () => {
    expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length);
  });
});

describe('a campaign finds', () => {
  it('what a target throws', () => {
    const found = findings(() => {
      throw new RangeError('too far');
    });
    expect(found).toContainEqual(expect.objectContaining({ promise: 'throws RangeError: too far' }));
  });

  it('an answer that breaks a promise, with its input', () => {
    const found = findings((input) => ({
      taken: true,
      said: 'ok',
      broken: input[0] === 0 ? undefined : 'not zero',
    }));
    expect(found).toEqual([expect.objectContaining({ promise: 'not zero', input: Uint8Array.of(1) })]);
  });

  it('a true object that is refused', () => {
    expect(findings(() => ({ taken: false, said: 'malformed' }))).toEqual([
      expect.objectContaining({ promise: 'a true object is refused: malformed', input: Uint8Array.of(0) }),
    ]);
  });

  it('a run that is slow each time', () => {
    const time = { ms: 0 };
    const clock = () => time.ms;
    const slow = () => {
      time.ms += HANG_MS + 1;
      return TAKEN;
    };
    expect(findings(slow, { clock, processor: clock })).toEqual([
      expect.objectContaining({ promise: `takes more than ${HANG_MS} ms` }),
    ]);
  });

  it('no hang where only the machine was slow', () => {
    const time = { ms: 0 };
    const slow = () => {
      time.ms += HANG_MS + 1;
      return TAKEN;
    };
    expect(findings(slow, { clock: () => time.ms })).toEqual([]);
  });

  it('memory that grows', () => {
    const alive = { bytes: 0 };
    const memory = () => {
      alive.bytes += MEMORY_GROWTH + 1;
      return alive.bytes;
    };
    const found = findings(() => TAKEN, { until: { runs: MEMORY_BLOCK + 1 }, memory });
    expect(found).toEqual([
      expect.objectContaining({ promise: `memory grows by ${MEMORY_GROWTH + 1} bytes` }),
    ]);
  });
});

it('the same seed makes the same inputs', () => {
  const inputs = () => {
    const made: string[] = [];
    campaign({
      ...PLAN,
      targets: allTargets(nativeVerifier()).slice(0, 3),
      announce: (target, input) => made.push(`${target} ${Buffer.from(input).toString('hex')}`),
    });
    return made;
  };
  expect(inputs()).toEqual(inputs());
});

describe('the oracle of codes', () => {
  const code =
    allTargets(nativeVerifier()).find(({ name }) => name === 'presentation')?.seeds[0] ?? new Uint8Array(0);
  const verdict = verify(code, demoContext());

  it('agrees with a true acceptance', () => {
    expect(verdict).toMatchObject({ outcome: 'accepted' });
    expect(verdictBreach(code, verdict, SERVICE, false)).toBeUndefined();
  });

  it.each([
    ['a code whose last bit was turned', code.map((byte, i) => (i === code.length - 1 ? byte ^ 1 : byte))],
    ['a code with a byte more', Uint8Array.of(...code, 0)],
    ['no code at all', new Uint8Array(0)],
  ])('calls it a breach for %s', (_, bytes) => {
    expect(verdictBreach(bytes, verdict, SERVICE, false)).toBeTypeOf('string');
  });

  it('calls it a breach when another licence is shown than was signed', () => {
    const shown = verdict.licence && { ...verdict, licence: { ...verdict.licence, sub: 'somebody else' } };
    expect(shown && verdictBreach(code, shown, SERVICE, false)).toBe('a licence other than the one signed');
  });
});

const TAKEN: Answer = { taken: true, said: 'ok' };

const PLAN: Omit<CampaignPlan, 'targets'> = {
  seed: 1,
  until: { runs: 50 },
  clock: () => 0,
  processor: () => 0,
};

/** What a short campaign finds in a product that answers so; the one true object is a zero. */
function findings(run: (input: Uint8Array) => Answer, changes: Partial<CampaignPlan> = {}) {
  const target: Target = {
    name: 'double',
    weight: 1,
    seeds: [Uint8Array.of(0)],
    mutate: () => Uint8Array.of(1),
    run,
  };
  return campaign({ ...PLAN, targets: [target], ...changes }).findings;
}
