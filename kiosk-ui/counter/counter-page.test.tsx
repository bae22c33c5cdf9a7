import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test } from 'vitest';
import { type Command, type PastVerdict, type Screen, type View, wording } from '../../terminal/contract.ts';
import { REASONS } from '../kit/fixtures/reasons.ts';
import { SAMPLE_FIELDS, SAMPLE_KIND, sampleVerdict, sampleView } from '../kit/fixtures/sample-view.ts';
import { CounterPage } from './counter-page.tsx';

const words = wording.zh.counter;

afterEach(() => {
  render(null, document.body);
});

test.each(REASONS)('$reason is named by its words and by its code', ({ reason, outcome }) => {
  const page = draw(sampleVerdict({ reason, outcome, fields: [] }));
  expect(page.querySelector('main')?.dataset).toMatchObject({ screen: 'verdict', outcome, reason });
  expect(page.querySelector('.reason-code code')?.textContent).toBe(reason);
  expect(page.querySelector('main')?.textContent).toContain(wording.zh.staff.reasons[reason].title);
  expect(page.querySelector('main')?.textContent).toContain(wording.zh.staff.reasons[reason].todo);
});

test('staff see the fields they are sent', () => {
  const page = draw(sampleVerdict());
  expect(page.querySelectorAll('dd')).toHaveLength(SAMPLE_FIELDS.length);
});

test('a number that fails its check character is something to look at twice', () => {
  const page = draw(sampleVerdict({ doubtful: ['holder-code'] }));
  expect(page.querySelector('.doubtful')?.textContent).toBe(wording.zh.staff.doubtful['holder-code']);
  expect(page.querySelector('main')?.dataset.outcome).toBe('accepted');
});

test('Esc clears a verdict, and only a verdict', () => {
  const commands: Command[] = [];
  draw({ name: 'inviting' }, {}, commands);
  pressEscape();
  expect(commands).toEqual([]);
  draw(sampleVerdict(), {}, commands);
  pressEscape();
  expect(commands).toEqual([{ type: 'dismiss' }]);
});

test.each(['not-enrolled', 'unknown-service', 'no-scanner', 'store-failed', 'store-full'] as const)(
  'out of service: %s tells the clerk what to do',
  (cause) => {
    const page = draw({ name: 'out-of-service', cause });
    expect(page.textContent).toContain(wording.zh.staff.outOfService[cause].sentence);
    expect(page.textContent).toContain(wording.zh.staff.outOfService[cause].todo);
  },
);

test('a lost terminal does not send the clerk to another counter', () => {
  const commands: Command[] = [];
  void act(() =>
    render(
      <CounterPage
        shown={{ link: 'lost', settings: { language: 'zh', largeText: false } }}
        onCommand={(command) => commands.push(command)}
        onLogin={() => expect.unreachable()}
        onLogOut={() => expect.unreachable()}
      />,
      document.body,
    ),
  );
  expect(document.body.textContent).toContain(wording.zh.staff.notAnswering.todo);
  expect(document.body.textContent).not.toContain('人工窗口');
});

test('the latest checks are listed with outcome, kind, reason and code', () => {
  const history: readonly PastVerdict[] = [
    { number: 2, at: 1_760_000_000_000, outcome: 'rejected', reason: 'code-expired', kind: SAMPLE_KIND },
    { number: 1, at: 1_759_999_000_000, outcome: 'accepted', reason: 'accepted', kind: SAMPLE_KIND },
  ];
  const page = draw({ name: 'inviting' }, { history });
  const items = [...page.querySelectorAll('.history li')].map((item) => item.textContent ?? '');
  expect(items[0]).toContain(wording.zh.outcomes.rejected.short);
  expect(items[0]).toContain(SAMPLE_KIND.zh);
  expect(items[0]).toContain(wording.zh.staff.reasons['code-expired'].title);
  expect(items[0]).toContain('code-expired');
  expect(items[1]).toContain(SAMPLE_KIND.zh);
});

test('an empty list says so', () => {
  expect(draw({ name: 'inviting' }).querySelector('.history')?.textContent).toContain(words.historyEmpty);
});

test('the state of scanner, city and status list is in words', () => {
  const page = draw(
    { name: 'inviting' },
    { scanner: { state: 'searching', device: 'DX8100' }, city: { connected: false } },
  );
  const text = page.querySelector('.terminal-state')?.textContent;
  expect(text).toContain(words.scannerStates.searching);
  expect(text).toContain(words.scannerAdvice.searching);
  expect(text).toContain('DX8100');
  expect(text).toContain(words.disconnected);
  expect(text).toContain(words.noStatusList);
});

test('a scanner that works needs no advice', () => {
  const page = draw({ name: 'inviting' }, { scanner: { state: 'ready', device: 'DX8100' } });
  expect(page.querySelector('.advice')).toBeNull();
});

test('the age of the status list is told', () => {
  const page = draw(
    { name: 'inviting' },
    { city: { connected: true, listSignedAt: Date.now() - 17 * 60_000 } },
  );
  expect(page.querySelector('.terminal-state')?.textContent).toContain('17 分钟前更新');
});

function draw(screen: Screen, change: Partial<View> = {}, commands: Command[] = []): HTMLElement {
  const view = sampleView(screen, { face: 'counter', ...change });
  void act(() =>
    render(
      <CounterPage
        shown={{ link: 'live', settings: view.settings, view }}
        onCommand={(command) => commands.push(command)}
        onLogin={() => expect.unreachable()}
        onLogOut={() => expect.unreachable()}
      />,
      document.body,
    ),
  );
  return document.body;
}

function pressEscape(): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
}
