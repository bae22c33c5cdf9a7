import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CodeScreen } from './code-screen.tsx';
import { code, DELEGATED, REVOKED, VALID } from './fixtures.ts';
import { PHONE_ROUTE, type PhoneLicence } from './phone-contract.ts';

let place: HTMLElement;
let asked: { readonly route: string; readonly body: unknown }[];
let answer: (route: string, count: number) => Response;
beforeEach(() => {
  vi.useFakeTimers();
  place = document.createElement('div');
  asked = [];
  answer = (route, count) => Response.json(route === PHONE_ROUTE.scan ? { ok: true } : code(count));
  vi.stubGlobal('fetch', async (route: string, init: RequestInit) => {
    asked.push({ route, body: JSON.parse(String(init.body)) });
    return answer(route, asked.length);
  });
});
afterEach(() => {
  render(null, place);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function show(licence: PhoneLicence, canScan = true): Promise<void> {
  await act(() => render(<CodeScreen licence={licence} language="zh" canScan={canScan} />, place));
  await later(0);
}

/** Lets time pass, and what it sets off happen. */
async function later(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

async function press(words: string): Promise<void> {
  const button = [...place.querySelectorAll('button')].find((one) => one.textContent === words);
  if (!button) throw new Error(`no button ${words}`);
  await act(() => button.click());
  await later(0);
}

const shownText = () => place.querySelector('[data-code-text]')?.getAttribute('data-code-text');

test('the code is there with its whole text', async () => {
  await show(VALID);
  expect(shownText()).toBe('LZ1:1');
  expect(asked).toEqual([{ route: PHONE_ROUTE.present, body: { licence: 'lin-insurance', freeze: false } }]);
});

test('a code renews itself after 30 seconds, and not before', async () => {
  await show(VALID);
  await later(29_900);
  expect(shownText()).toBe('LZ1:1');
  await later(200);
  expect(shownText()).toBe('LZ1:2');
});

test('a screenshot stays what it was', async () => {
  await show(VALID);
  await press('使用截图');
  expect(asked.at(-1)?.body).toEqual({ licence: 'lin-insurance', freeze: true });
  await later(300_000);
  expect(asked.length).toBe(2);
});

test('"scan this" hands over the text that is shown', async () => {
  await show(VALID);
  await press('让终端扫描');
  expect(asked.at(-1)).toEqual({ route: PHONE_ROUTE.scan, body: { text: 'LZ1:1' } });
  expect(place.textContent).toContain('已交给终端');
});

test('a terminal that isn’t running is named', async () => {
  answer = (route, count) =>
    route === PHONE_ROUTE.scan
      ? Response.json({ code: 'terminal-not-running' }, { status: 502 })
      : Response.json(code(count));
  await show(VALID);
  await press('让终端扫描');
  expect(place.textContent).toContain('终端没有运行');
});

test('without a terminal there is no "scan this"', async () => {
  await show(VALID, false);
  expect(place.textContent).not.toContain('让终端扫描');
});

test('a code that can’t be renewed gives way to the fault, and comes back', async () => {
  await show(VALID);
  answer = () => new Response('<html>', { status: 502 });
  await later(30_000);
  expect(shownText()).toBeUndefined();
  expect(place.textContent).toContain('连接不上城市系统');
  answer = (_, count) => Response.json(code(count));
  await later(3000);
  expect(shownText()).toBe('LZ1:3');
});

test('a static code offers no screenshot and is never asked for again', async () => {
  answer = (_, count) => Response.json(code(count, null));
  await show({ ...VALID, condition: 'static' });
  await later(120_000);
  expect(asked.length).toBe(1);
  expect(place.textContent).not.toContain('使用截图');
});

test('the note says what to expect', async () => {
  await show(REVOKED);
  expect(place.querySelector('[data-condition="revoked"]')?.textContent).toContain('发证机关已注销');
});

test('testers get the command that revokes it, where it can be revoked', async () => {
  await show(VALID);
  expect(place.querySelector('pre')?.textContent).toBe(
    'npm run liangzheng -- city revoke 00112233445566778899aabbccddeeff',
  );
  await show({ ...REVOKED });
  expect(place.querySelector('pre')).toBeNull();
});

test('a licence revoked while its code is shown says so, and the code stays', async () => {
  await show(VALID);
  await show({ ...VALID, condition: 'revoked', commands: [] });
  expect(place.querySelector('[data-condition="revoked"]')?.textContent).toContain('发证机关已注销');
  expect([shownText(), asked.length]).toEqual(['LZ1:1', 1]);
  expect(place.querySelector('pre')).toBeNull();
});

test('how dense the symbol is stands below it', async () => {
  await show(VALID);
  expect(place.querySelector('.symbol-size')?.textContent).toBe('QR 1-M · 21×21');
});

test('a licence of another says for whom, what, where and until when it is shown', async () => {
  await show(DELEGATED);
  expect(place.querySelector('.delegation')?.textContent).toBe(
    '代 启航公司 出示授权范围：仅此一张证照；仅限“施工许可”授权有效期至 2027-11-22',
  );
  expect(place.querySelector('[data-condition="valid"]')?.textContent).toContain('接受代办');
});

test('the holder’s own licence says nothing of a delegation', async () => {
  await show(VALID);
  expect(place.querySelector('.delegation')).toBeNull();
});

test('testers see both identifiers of a licence of another', async () => {
  await show(DELEGATED);
  const ctis = [...place.querySelectorAll('[data-cti]')].map((one) => one.getAttribute('data-cti'));
  expect(ctis).toEqual([VALID.cti, DELEGATED.delegation?.cti]);
});

test.each([
  ['suspended', '发证机关已暂停'],
  ['delegation-revoked', '授权已被收回'],
] as const)('%s is said in words', async (condition, words) => {
  await show({ ...DELEGATED, condition });
  expect(place.querySelector(`[data-condition="${condition}"]`)?.textContent).toContain(words);
});
