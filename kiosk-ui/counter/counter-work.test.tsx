import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test } from 'vitest';
import { type Command, type Login, type Screen, type View, wording } from '../../terminal/contract.ts';
import {
  SAMPLE_CASE,
  SAMPLE_DESK,
  SAMPLE_DESK_CLOSED,
  SAMPLE_SCREENS,
  sampleVerdict,
  sampleView,
} from '../kit/fixtures/sample-view.ts';
import type { Remark } from '../kit/terminal-page.tsx';
import { CounterPage } from './counter-page.tsx';

const words = wording.zh.desk;
const screens = SAMPLE_SCREENS;
const ALL_OFFERS = ['choose-business', 'hand-on', 'add-another', 'reveal'] as const;

afterEach(() => {
  render(null, document.body);
});

describe('with nobody logged in', () => {
  const desk = SAMPLE_DESK_CLOSED;

  test.each([
    { name: 'inviting' } as const,
    sampleVerdict({ offers: ALL_OFFERS, case: SAMPLE_CASE }),
    screens.scanning,
    screens.choosing,
  ])('$name has nothing that only staff may do', (screen) => {
    const { page } = draw(screen, { desk });
    expect(page.querySelector('input, details')).toBeNull();
    const shown = buttons(page).join();
    for (const staffOnly of [words.handOn.title, words.addAnother, words.reveal.button, '营业执照', '核发']) {
      expect(shown).not.toContain(staffOnly);
    }
  });

  test('id and PIN log somebody in; the PIN leaves the field', async () => {
    const { page, logins } = draw({ name: 'inviting' }, { desk });
    await press(page, words.login.open);
    expect(document.activeElement).toBe(field(page, words.login.id));
    await type(page, words.login.id, ' w01 ');
    await type(page, words.login.pin, '493817');
    await press(page, words.login.submit);
    expect(logins).toEqual([{ as: 'staff', id: 'w01', pin: '493817' }]);
    expect(field(page, words.login.pin).value).toBe('');
  });

  test('maintenance may hand in the grant of the city', async () => {
    const { page, logins } = draw({ name: 'inviting' }, { desk });
    await press(page, words.login.open);
    await press(page, words.login.roles.maintenance);
    await type(page, words.login.id, 'm01');
    await type(page, words.login.pin, '493817');
    await press(page, words.login.submit);
    await type(page, words.login.pin, '493817');
    await type(page, words.login.grant, 'LZG1:ABC');
    await press(page, words.login.submit);
    expect(logins).toEqual([
      { as: 'maintenance', id: 'm01', pin: '493817' },
      { as: 'maintenance', id: 'm01', pin: '493817', grant: 'LZG1:ABC' },
    ]);
  });

  test('a badge is spoken of, and Esc leaves the panel without clearing anything', async () => {
    const { page, commands } = draw(sampleVerdict(), { desk });
    await press(page, words.login.open);
    expect(page.textContent).toContain(words.login.badgeHint);
    await pressEscape(field(page, words.login.pin));
    expect(buttons(page)).toContain(words.login.open);
    expect(commands).toEqual([]);
  });
});

test('whoever is logged in is named and can leave', async () => {
  const { page, loggedOut } = draw({ name: 'inviting' });
  expect(page.querySelector('.staff-name')?.textContent).toContain('李敏');
  await press(page, words.login.logOut);
  expect(loggedOut).toHaveLength(1);
});

test('a case begins with its matter', async () => {
  const { page, commands } = draw({ name: 'inviting' });
  await press(page, '竣工验收备案');
  expect(commands).toEqual([{ type: 'begin-case', matter: 'completion' }]);
});

test('a look-up needs a whole number and the consent, asked for anew each time', async () => {
  const { page, commands } = draw({ name: 'inviting' });
  expect(page.textContent).toContain('是否同意本次查询？');
  await press(page, words.lookUp.numbers.id);
  await type(page, words.lookUp.numbers.id, '11010519491231002x');
  const submit = page.querySelector<HTMLButtonElement>('.look-up [type="submit"]');
  expect(submit?.disabled).toBe(true);
  const consent = page.querySelector<HTMLInputElement>('.consent input');
  await act(() => consent?.click());
  await press(page, words.lookUp.submit);
  expect(commands).toEqual([{ type: 'look-up', by: 'id', value: '11010519491231002X', consent: true }]);
  expect(consent?.checked).toBe(false);
  expect(submit?.disabled).toBe(true);
});

test('each choice of a look-up shows what tells it apart, and is one press', async () => {
  const { page, commands } = draw(screens.choosing);
  const found = [...page.querySelectorAll<HTMLButtonElement>('.choices button')];
  expect(found.map(({ textContent }) => textContent)).toEqual([
    '营业执照姓名 张*证件号码 370***********1234通过',
    '营业执照姓名 张*证件号码 370***********1234不通过',
  ]);
  await act(() => found[1]?.click());
  expect(commands).toEqual([{ type: 'choose', id: '2' }]);
});

test('all that a look-up found can be taken into the case by one press, where the terminal offers it', async () => {
  const { page, commands } = draw(screens.choosing);
  await press(page, words.choosing.all);
  expect(commands).toEqual([{ type: 'choose-all' }]);
  const { page: single } = draw({ ...screens.choosing, takesAll: false });
  expect(buttons(single).join()).not.toContain(words.choosing.all);
});

test('a look-up can be made for an open case', () => {
  const { page } = draw(screens.scanning);
  expect(page.querySelector('.look-up')).not.toBeNull();
});

test('the open case is a checklist of what it holds and lacks', () => {
  const { page } = draw(screens.scanning);
  const have = [...page.querySelectorAll('.case-have')].map(({ textContent }) => textContent);
  const missing = [...page.querySelectorAll('.case-missing')].map(({ textContent }) => textContent);
  expect(have).toEqual(['已有建设用地规划许可证山东****有限公司']);
  expect(missing).toEqual(['项目核准文件还缺', '法人授权还缺']);
});

test('a case that lacks nothing says so; one without a matter has nothing to lack', () => {
  const { matter: _, ...loose } = SAMPLE_CASE;
  const complete = { ...screens.scanning, case: { ...SAMPLE_CASE, lacks: [] } };
  expect(draw(complete).page.textContent).toContain(words.case.complete);
  const withoutMatter = { ...screens.scanning, case: { ...loose, lacks: [] } };
  expect(draw(withoutMatter).page.textContent).not.toContain(words.case.complete);
});

test('the case stays in sight beside the verdict of its next licence', () => {
  const { page } = draw(sampleVerdict({ case: SAMPLE_CASE }));
  expect(page.querySelector('.side .case-panel')?.textContent).toContain('施工许可证核发');
});

test('a case is handed on with the number of the business system, or without one', async () => {
  const { page, commands } = draw(screens.scanning);
  await press(page, words.handOn.title);
  await type(page, `${words.handOn.caseNo} (${words.handOn.optional})`, ' 2026-0017 ');
  await press(page, words.handOn.title);
  expect(commands).toEqual([{ type: 'hand-on' }, { type: 'hand-on', caseNo: '2026-0017' }]);
});

test('an empty case has nothing to hand on', () => {
  const { page } = draw({ ...screens.scanning, case: { licences: [], lacks: [] } });
  expect(buttons(page)).not.toContain(words.handOn.title);
});

test('each offer of a verdict has its button, and no other has', async () => {
  const { page, commands } = draw(sampleVerdict({ offers: ALL_OFFERS }));
  await press(page, wording.zh.session.business.choose);
  await press(page, words.addAnother);
  await press(page, words.handOn.title);
  expect(commands.map(({ type }) => type)).toEqual(['choose-business', 'add-another', 'hand-on']);
  expect(draw(sampleVerdict({ offers: [] })).page.querySelector('.desk-actions')).toBeNull();
});

test('a masked field is shown whole for a reason, and only then', async () => {
  const { page, commands } = draw(sampleVerdict({ offers: ['reveal'] }));
  const shows = [...page.querySelectorAll<HTMLButtonElement>('dd button')];
  expect(shows).toHaveLength(2);
  await act(() => shows[1]?.click());
  expect(commands).toEqual([]);
  expect(page.querySelector('.reveal')?.textContent).toContain('证件号码');
  await press(page, words.reveal.reasons['compare-with-paper']);
  expect(commands).toEqual([{ type: 'reveal', label: 2, reason: 'compare-with-paper' }]);
  expect(page.querySelector('.reveal')).toBeNull();
});

test('a field without anything to reveal has no button', () => {
  const fields = [{ label: { zh: '发证机关', en: 'Issuer' }, value: '市场监督管理局' }];
  const { page } = draw(sampleVerdict({ offers: ['reveal'], fields }));
  expect(page.querySelector('dd button')).toBeNull();
});

test('another service is one of those in the menu, without the one in use', async () => {
  const { page, commands } = draw({ name: 'inviting' });
  const listed = [...page.querySelectorAll<HTMLButtonElement>('.service-menu button')];
  expect(listed.map(({ textContent }) => textContent)).toEqual(['工程建设施工许可']);
  await act(() => listed[0]?.click());
  expect(commands).toEqual([{ type: 'switch-service', service: 'construction-permit' }]);
});

test.each([sampleVerdict(), ...Object.values(screens).filter((screen) => 'clearsInMs' in screen)])(
  'Esc clears $name',
  async (screen) => {
    const { page, commands } = draw(screen);
    await pressEscape(page);
    expect(commands).toEqual([{ type: 'dismiss' }]);
  },
);

test('a question for more time takes no focus from what the clerk types', async () => {
  draw({ ...screens.scanning });
  const typing = field(document.body, `${words.handOn.caseNo} (${words.handOn.optional})`);
  typing.focus();
  const { page, commands } = draw({ ...screens.scanning, warns: true });
  expect(document.activeElement).toBe(typing);
  await press(page, wording.zh.session.moreTime.button);
  expect(commands).toEqual([{ type: 'more-time' }]);
});

test('without a business system the clerk is told so, and not sent to a staffed counter', () => {
  const { page } = draw({ ...screens['staffed-counter'], why: 'no-receiver' });
  expect(page.textContent).toContain(words.noReceiver.sentence);
  expect(page.textContent).not.toContain('人工窗口');
});

test('what was handed on names the receiver', () => {
  expect(draw(screens['handed-on']).page.querySelector('main')?.textContent).toContain('市第一人民医院');
});

test('maintenance says who is at work, and ends where it began', async () => {
  const { page, loggedOut } = draw(screens.maintenance);
  expect(page.textContent).toContain('m01');
  await press(page, words.maintenance.end);
  expect(loggedOut).toHaveLength(1);
});

test('a lock-out says how long it lasts', () => {
  const remark: Remark = { ok: false, reason: 'locked-out', waitMs: 250_000 };
  const { page } = draw({ name: 'inviting' }, {}, remark);
  expect(page.querySelector('.notices')?.textContent).toBe(words.lockedOutFor(5));
});

test('the sentence a service wants in view is there while its licence is', () => {
  const notice = { zh: '不得以未携带实体证照给予处罚', en: 'No paper, no ground for a penalty' };
  const service = { ...sampleView(screens.clearing).service, notice };
  expect(draw(sampleVerdict(), { service }).page.textContent).toContain(notice.zh);
});

function draw(screen: Screen, change: Partial<View> = {}, remark?: Remark) {
  const commands: Command[] = [];
  const logins: Login[] = [];
  const loggedOut: true[] = [];
  const view = sampleView(screen, { face: 'counter', desk: SAMPLE_DESK, ...change });
  const clears = 'clearsInMs' in screen ? { clearsAt: performance.now() + screen.clearsInMs } : {};
  void act(() =>
    render(
      <CounterPage
        shown={{ link: 'live', settings: view.settings, view, ...clears }}
        remark={remark}
        onCommand={(command) => commands.push(command)}
        onLogin={(login) => logins.push(login)}
        onLogOut={() => loggedOut.push(true)}
      />,
      document.body,
    ),
  );
  return { page: document.body, commands, logins, loggedOut };
}

function buttons(page: HTMLElement): string[] {
  return [...page.querySelectorAll('button')].map(({ textContent }) => textContent ?? '');
}

async function press(page: HTMLElement, label: string): Promise<void> {
  const button = [...page.querySelectorAll('button')].findLast(({ textContent }) => textContent === label);
  if (!button) throw new Error(`no button ${label} among ${buttons(page).join(', ')}`);
  await act(() => button.click());
}

function field(page: HTMLElement, label: string): HTMLInputElement {
  const found = [...page.querySelectorAll('label')].find(({ textContent }) => textContent === label);
  const input = found && document.getElementById(found.htmlFor);
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`);
  return input;
}

async function type(page: HTMLElement, label: string, text: string): Promise<void> {
  const input = field(page, label);
  await act(() => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function pressEscape(target: HTMLElement): Promise<void> {
  await act(() => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
}
