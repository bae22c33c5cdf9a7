import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Command, type Screen, type View, wording } from '../../terminal/contract.ts';
import { REASONS } from '../kit/fixtures/reasons.ts';
import { SAMPLE_FIELDS, SAMPLE_KIND, sampleVerdict, sampleView } from '../kit/fixtures/sample-view.ts';
import type { Shown } from '../kit/link-state.ts';
import type { Remark } from '../kit/terminal-page.tsx';
import { KioskPage } from './kiosk-page.tsx';

afterEach(() => {
  render(null, document.body);
});

describe.each(['zh', 'en'] as const)('the kiosk in %s', (language) => {
  const words = wording[language];
  const settings = { language, largeText: false };

  test.each(REASONS)('$reason says what it is, what it means and what to do', ({ reason, outcome }) => {
    const page = draw(live(sampleVerdict({ reason, outcome, fields: [] }), { settings }));
    const main = page.querySelector('main');
    expect(main?.dataset).toMatchObject({ screen: 'verdict', outcome, reason });
    expect(main?.querySelector('h1')?.textContent).toBe(
      words.outcomes[outcome].headline + words.outcomes[outcome].aside,
    );
    expect(main?.textContent).toContain(words.reasons[reason].title);
    expect(main?.textContent).toContain(words.reasons[reason].sentence);
    expect(main?.textContent).toContain(words.reasons[reason].todo);
    expect(main?.querySelector(`.seal .icon-${outcome}`)).not.toBeNull();
  });

  test.each(['not-enrolled', 'unknown-service', 'no-scanner', 'store-failed', 'store-full'] as const)(
    'out of service: %s',
    (cause) => {
      const page = draw(live({ name: 'out-of-service', cause }, { settings }));
      expect(page.textContent).toContain(words.outOfService[cause].sentence);
      expect(page.textContent).toContain(words.outOfService[cause].todo);
    },
  );

  test('the invitation says how to hold the phone', () => {
    const page = draw(live({ name: 'inviting' }, { settings }));
    expect(page.querySelector('h1')?.textContent).toBe(words.inviting.headline.join(''));
    expect(page.textContent).toContain(words.inviting.hold);
    expect(page.textContent).toContain(words.inviting.brightness);
  });
});

test('an undetermined outcome never reads as invalid', () => {
  const page = draw(live(sampleVerdict({ outcome: 'undetermined', reason: 'needs-network', fields: [] })));
  expect(page.querySelector('h1')?.textContent).toBe('暂时无法核验（不代表证照无效）');
});

test('an accepted licence shows its fields as they come, and that parts are hidden', () => {
  const page = draw(live(sampleVerdict()));
  expect([...page.querySelectorAll('dd')].map((value) => value.textContent)).toEqual(
    SAMPLE_FIELDS.map((field) => field.value),
  );
  expect(page.textContent).toContain(SAMPLE_KIND.zh);
  expect(page.textContent).toContain(wording.zh.verdict.masked);
});

test('many fields make the answer step back; a few leave it large', () => {
  const many = Array.from({ length: 10 }, (_, row) => ({
    label: { zh: `项目${row}`, en: `Field ${row}` },
    value: String(row),
  }));
  expect(draw(live(sampleVerdict())).querySelector('.verdict-compact')).toBeNull();
  expect(draw(live(sampleVerdict({ fields: many }))).querySelector('.verdict-compact')).not.toBeNull();
});

test('a licence that does not fit says how much more there is and turns its pages', () => {
  const undo = layRowsOut({ rowPx: 50, windowPx: 120 });
  try {
    const fields = Array.from({ length: 5 }, (_, row) => ({
      label: { zh: `项目${row}`, en: `Field ${row}` },
      value: String(row),
    }));
    const page = draw(live(sampleVerdict({ fields })));
    const drawn = () =>
      [...page.querySelectorAll('.field:not(.field-undrawn) dd')].map((value) => value.textContent);
    const turn = (words: string) => {
      void act(() => {
        press(page, words);
        page.querySelector('.licence-window')?.dispatchEvent(new Event('scroll'));
      });
    };
    expect(drawn()).toEqual(['0', '1']);
    turn(wording.zh.verdict.more(3));
    expect(drawn()).toEqual(['2', '3']);
    turn(wording.zh.verdict.more(1));
    expect(drawn()).toEqual(['4']);
    turn(wording.zh.verdict.backToFirst);
    expect(drawn()).toEqual(['0', '1']);
  } finally {
    undo();
  }
});

test('a licence that fits has no button for more', () => {
  const page = draw(live(sampleVerdict()));
  expect([...page.querySelectorAll('.licence button')]).toEqual([]);
});

test('a verdict without fields has no place for fields', () => {
  const page = draw(live(sampleVerdict({ outcome: 'rejected', reason: 'revoked', fields: [] })));
  expect(page.querySelector('dl')).toBeNull();
  expect(page.textContent).not.toContain(wording.zh.verdict.masked);
});

test('the verdict says when it goes, and Done sends it away now', () => {
  const commands: Command[] = [];
  const page = draw(live(sampleVerdict()), commands);
  expect(page.textContent).toContain('查询结果将在30秒后清除');
  press(page, wording.zh.verdict.done);
  expect(commands).toEqual([{ type: 'dismiss' }]);
});

test('language and large type are asked of the terminal, one at a time', () => {
  const commands: Command[] = [];
  const page = draw(live({ name: 'inviting' }), commands);
  press(page, 'English');
  press(page, '长辈版');
  expect(commands).toEqual([
    { type: 'settings', settings: { language: 'en', largeText: false } },
    { type: 'settings', settings: { language: 'zh', largeText: true } },
  ]);
});

test('the switches show what is set', () => {
  const page = draw(live({ name: 'inviting' }, { settings: { language: 'en', largeText: true } }));
  const pressed = [...page.querySelectorAll('[aria-pressed="true"]')].map((button) => button.textContent);
  expect(pressed).toEqual(['English', 'Large text']);
});

test('a city that is not connected is a small banner over a working screen', () => {
  const page = draw(live({ name: 'inviting' }, { city: { connected: false } }));
  expect(page.querySelector('.notices')?.textContent).toBe(wording.zh.cityNotConnected);
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('inviting');
});

test('a lost terminal takes the verdict down and points to the counter', () => {
  const page = draw({ link: 'lost', settings: { language: 'zh', largeText: false } });
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('not-answering');
  expect(page.textContent).toContain(wording.zh.notAnswering.todo);
});

test('a page that has just opened says the terminal is starting', () => {
  const page = draw({ link: 'opening', settings: { language: 'zh', largeText: false } });
  expect(page.querySelector('main')?.getAttribute('data-screen')).toBe('starting');
});

test('a scan that was too long to be a code is not passed over in silence', () => {
  const page = draw(live({ name: 'inviting' }), [], 'codeTooLong');
  expect(page.querySelector('.notices')?.textContent).toBe(wording.zh.codeTooLong);
});

function live(screen: Screen, change: Partial<View> = {}): Shown {
  const view = sampleView(screen, change);
  return {
    link: 'live',
    settings: view.settings,
    view,
    ...(screen.name === 'verdict' ? { clearsAt: performance.now() + screen.clearsInMs } : {}),
  };
}

function draw(shown: Shown, commands: Command[] = [], remark?: Remark): HTMLElement {
  void act(() =>
    render(
      <KioskPage
        shown={shown}
        remark={remark}
        onCommand={(command) => commands.push(command)}
        onLogin={() => expect.unreachable()}
        onLogOut={() => expect.unreachable()}
      />,
      document.body,
    ),
  );
  return document.body;
}

/** Gives the licence a layout, which happy-dom has none of: rows of one height in a window of another. */
function layRowsOut({ rowPx, windowPx }: { rowPx: number; windowPx: number }): () => void {
  const rect = vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    const scrolled = document.querySelector('.licence-window')?.scrollTop ?? 0;
    const row = [...document.querySelectorAll('.field')].indexOf(this);
    return row < 0 ? new DOMRect(0, 0, 0, windowPx) : new DOMRect(0, row * rowPx - scrolled, 0, rowPx);
  });
  const height = vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(windowPx);
  return () => {
    rect.mockRestore();
    height.mockRestore();
  };
}

function press(page: HTMLElement, words: string): void {
  const button = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words);
  if (!button) throw new Error(`no button ${words}`);
  button.click();
}
