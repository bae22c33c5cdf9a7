import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PEOPLE } from './fixtures.ts';
import { PhonePage, type PhonePageProps } from './phone-page.tsx';
import type { PhoneRoute } from './phone-route.ts';

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
});
afterEach(() => render(null, place));

function show(route: PhoneRoute, people: PhonePageProps['people'] = { ok: true, value: PEOPLE }) {
  const onRoute = vi.fn();
  // nothing of this page waits for anything
  void act(() => render(<PhonePage route={route} people={people} onRoute={onRoute} />, place));
  return {
    press: (selector: string) => place.querySelector<HTMLElement>(selector)?.click(),
    onRoute,
  };
}

test('every screen says that it is a demonstration', () => {
  for (const route of [{ language: 'zh' }, { language: 'zh', person: 'lin-xiaotong' }] as const) {
    show(route);
    expect(place.textContent).toContain('演示专用：人物与证照均为虚构');
  }
});

test('a person leads to their licences, a licence to its code', () => {
  const list = show({ language: 'zh' });
  list.press('[data-person="lin-xiaotong"]');
  expect(list.onRoute).toHaveBeenCalledWith({ language: 'zh', person: 'lin-xiaotong' });
  const wallet = show({ language: 'zh', person: 'lin-xiaotong' });
  wallet.press('[data-licence="zhou-insurance"]');
  expect(wallet.onRoute).toHaveBeenCalledWith({
    language: 'zh',
    person: 'lin-xiaotong',
    licence: 'zhou-insurance',
  });
});

test('a licence in the wallet says whose, what and how it stands', () => {
  show({ language: 'en', person: 'lin-xiaotong' });
  expect(place.querySelector('[data-licence="zhou-insurance"]')?.textContent).toBe(
    'Medical insurance e-credentialCancelledDemo City Medical Security BureauValid 2025-10-19 to 2028-11-22',
  );
});

test('a licence of another says so in the wallet', () => {
  show({ language: 'en', person: 'lin-xiaotong' });
  expect(place.querySelector('[data-licence="cheng-permit"]')?.textContent).toContain('Acting for 启航公司');
  expect(place.querySelector('[data-licence="lin-insurance"]')?.textContent).not.toContain('Acting for');
});

test('a wallet says under which number a counter finds what is in it', () => {
  show({ language: 'en', person: 'lin-xiaotong' });
  expect(place.querySelector('[data-number]')?.parentElement?.textContent).toBe(
    'Counters of “Branch registration” find 启航公司 by number: 91990100MA7DEM15XY',
  );
});

test('the other language keeps the place', () => {
  const page = show({ language: 'zh', person: 'lin-xiaotong' });
  page.press('.bar-button[lang="en"]');
  expect(page.onRoute).toHaveBeenCalledWith({ language: 'en', person: 'lin-xiaotong' });
});

test('an address that names nobody shows the list of people', () => {
  show({ language: 'zh', person: 'nobody' });
  expect(place.querySelector('[data-person]')).not.toBeNull();
});

test('a city that can’t be reached is said, not hidden', () => {
  show({ language: 'zh' }, { ok: false, fault: 'unreachable' });
  expect(place.querySelector('[role="status"]')?.textContent).toBe('连接不上城市系统，正在重试');
});
