import { expect, test } from 'vitest';
import type { Face, Outcome, Reason } from '../contract.ts';
import { SessionRun, shownVerdict } from '../testing/session-run.ts';
import { VERDICT_SHOWN_MS } from './session.ts';

const HOLDER = 'patient A';

test.for<Face>(['kiosk', 'counter'])('at the %s an accepted licence shows kind and fields', (face) => {
  const screen = showing('accepted', 'accepted').view(face).screen;
  expect(screen).toMatchObject({ outcome: 'accepted', kind: { en: 'Medical insurance' } });
  expect(JSON.stringify(screen)).toContain(`region of ${HOLDER}`);
});

test.for<[Outcome, Reason]>([
  ['rejected', 'revoked'],
  ['rejected', 'expired'],
  ['undetermined', 'status-stale'],
])('a patient sees neither kind nor fields of a licence that was %s (%s)', ([outcome, reason]) => {
  const screen = showing(outcome, reason).view('kiosk').screen;
  expect(screen).toMatchObject({ name: 'verdict', outcome, reason, fields: [] });
  expect(screen).not.toHaveProperty('kind');
});

test('staff see kind and masked holder of a refused licence, and no further field', () => {
  const screen = showing('rejected', 'revoked').view('counter').screen;
  expect(screen).toMatchObject({
    kind: { en: 'Medical insurance' },
    fields: [{ label: { en: 'Name' }, value: HOLDER }],
  });
  expect(JSON.stringify(screen)).not.toContain('region');
});

test('a code without a verified licence shows nothing of itself to anybody', () => {
  const { licence: _, ...unverified } = shownVerdict(1, HOLDER, { outcome: 'rejected', reason: 'malformed' });
  const session = new SessionRun().send(
    { type: 'IN_SERVICE' },
    { type: 'SCANNED' },
    { type: 'VERDICT', verdict: unverified },
  );
  for (const face of ['kiosk', 'counter'] as const) {
    expect(session.view(face).screen).not.toHaveProperty('kind');
    expect(session.view(face).screen).toMatchObject({ fields: [] });
  }
});

test('the history is for staff alone', () => {
  const session = showing('accepted', 'accepted');
  expect(session.view('kiosk').history).toEqual([]);
  expect(session.view('counter').history).toHaveLength(1);
});

test('a view says how long its verdict still shows', () => {
  const session = showing('accepted', 'accepted').pass(10_000);
  expect(session.view('kiosk').screen).toMatchObject({ clearsInMs: VERDICT_SHOWN_MS - 10_000 });
});

function showing(outcome: Outcome, reason: Reason): SessionRun {
  return new SessionRun().send(
    { type: 'IN_SERVICE' },
    { type: 'SCANNED' },
    { type: 'VERDICT', verdict: shownVerdict(1, HOLDER, { outcome, reason }) },
  );
}
