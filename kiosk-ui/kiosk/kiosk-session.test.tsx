import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test } from 'vitest';
import { type Command, type Remaining, type Screen, type View, wording } from '../../terminal/contract.ts';
import { SAMPLE_DESK, SAMPLE_SCREENS, sampleVerdict, sampleView } from '../kit/fixtures/sample-view.ts';
import type { Remark } from '../kit/terminal-page.tsx';
import { KioskPage } from './kiosk-page.tsx';

const words = wording.zh.session;
const screens = SAMPLE_SCREENS;

/** Everything a person can be looking at. */
/** A terminal sends the two of staff at work to no kiosk. */
const STAFF_ONLY = ['choosing', 'scanning'];
const PERSON_SCREENS: readonly Extract<Screen, Remaining>[] = [
  sampleVerdict(),
  ...Object.values(screens)
    .filter((screen) => 'clearsInMs' in screen)
    .filter(({ name }) => !STAFF_ONLY.includes(name)),
];

afterEach(() => {
  render(null, document.body);
});

test('an accepted licence with something to choose leads there', () => {
  const { page, commands } = draw(sampleVerdict({ offers: ['choose-business'] }));
  press(page, words.business.choose);
  expect(commands).toEqual([{ type: 'choose-business' }]);
});

test('nothing is offered that the terminal does not offer', () => {
  const { page } = draw(sampleVerdict({ offers: [] }));
  expect(buttons(page)).not.toContain(words.business.choose);
});

test('what only staff may do is not drawn, whatever comes', () => {
  const { page } = draw(sampleVerdict({ offers: ['choose-business', 'hand-on', 'add-another', 'reveal'] }), {
    desk: SAMPLE_DESK,
  });
  expect(page.querySelector('input, form, details')).toBeNull();
  expect(buttons(page)).toEqual(
    expect.not.arrayContaining([
      wording.zh.desk.handOn.title,
      wording.zh.desk.addAnother,
      wording.zh.desk.reveal.button,
    ]),
  );
});

test.each(PERSON_SCREENS)('$name has a way out: done, or a staffed counter', (screen) => {
  const { page, commands } = draw(screen);
  press(page, wording.zh.verdict.done);
  expect(commands).toEqual([{ type: 'dismiss' }]);
  if (screen.name === 'staffed-counter') return;
  press(page, words.askForStaff);
  expect(commands.at(-1)).toEqual({ type: 'ask-for-staff' });
});

test('a code being checked holds nobody: there is a way back, and to a staffed counter', () => {
  const { page, commands } = draw({ name: 'verifying' });
  press(page, words.back);
  press(page, words.askForStaff);
  expect(commands).toEqual([{ type: 'back' }, { type: 'ask-for-staff' }]);
});

test.each([sampleVerdict(), screens['choosing-business'], screens['staffed-counter']])(
  '$name has a way back',
  (screen) => {
    const { page, commands } = draw(screen);
    press(page, words.back);
    expect(commands).toEqual([{ type: 'back' }]);
  },
);

test('each business is one press, in the words of the catalogue', () => {
  const { page, commands } = draw(screens['choosing-business']);
  for (const { names } of screens['choosing-business'].businesses) press(page, names.zh);
  expect(commands).toEqual([
    { type: 'business', business: '01101' },
    { type: 'business', business: '01301' },
    { type: 'business', business: '01302' },
  ]);
});

test('what was handed on says who has it, what for, and what to do now', () => {
  const { page } = draw(screens['handed-on']);
  const values = [...page.querySelectorAll('dd')].map(({ textContent }) => textContent);
  expect(values).toEqual(['市第一人民医院', '费用结算']);
  expect(page.textContent).toContain(words.handedOn.todo);
});

test.each(['asked', 'no-receiver'] as const)('the staffed counter says why: %s', (why) => {
  const { page } = draw({ ...screens['staffed-counter'], why });
  expect(page.querySelector('h1')?.textContent).toBe('请到人工窗口办理');
  expect(page.textContent).toContain(words.staffedCounter[why].sentence);
});

test('clearing says that everything is gone, and shows nothing of it', () => {
  const { page } = draw(screens.clearing);
  expect(page.querySelector('h1')?.textContent).toBe('已清除');
  expect(page.querySelector('main button')).toBeNull();
});

test('maintenance sends the next person to a staffed counter and does not name who is at work', () => {
  const { page } = draw(screens.maintenance);
  expect(page.textContent).toContain(words.maintenance.todo);
  expect(page.textContent).not.toContain(screens.maintenance.staff);
});

test.each([screens.scanning, screens.choosing])(
  'of the work of staff a patient sees nothing personal: $name',
  (screen) => {
    const { page } = draw(screen);
    expect(page.textContent).not.toMatch(/有限公司|张\*|370/);
  },
);

describe.each(PERSON_SCREENS)('before $name goes', (screen) => {
  test('there is a question, in words, and a button for more time', () => {
    const { page, commands } = draw({ ...screen, warns: true });
    const question = page.querySelector('[role="alertdialog"]');
    expect(question?.textContent).toContain('还需要更多时间吗？');
    expect(document.activeElement?.textContent).toBe(words.moreTime.button);
    press(page, words.moreTime.button);
    expect(commands).toEqual([{ type: 'more-time' }]);
  });

  test('and once it cannot be put off any more, it says that instead', () => {
    const { page } = draw({ ...screen, warns: true, extensions: 0 });
    expect(page.querySelector('.time-warning[role="status"]')?.textContent).toContain(
      words.moreTime.lastTime,
    );
    expect(buttons(page)).not.toContain(words.moreTime.button);
  });
});

test('nobody is asked while there is time enough', () => {
  expect(draw(sampleVerdict()).page.querySelector('.time-warning')).toBeNull();
});

test('the sentence a service wants in view is on every screen of it', () => {
  const notice = { zh: '不得以未携带实体证照给予处罚', en: 'No paper, no ground for a penalty' };
  const service = { ...sampleView(screens.clearing).service, notice };
  for (const screen of [...PERSON_SCREENS, screens.clearing]) {
    expect(draw(screen, { service }).page.textContent).toContain(notice.zh);
  }
});

test('what was pressed and not done is said in a sentence', () => {
  const { page } = draw(sampleVerdict(), {}, { ok: false, reason: 'no-receiver' });
  expect(page.querySelector('.notices')?.textContent).toBe(words.refusals['no-receiver']);
});

function draw(screen: Screen, change: Partial<View> = {}, remark?: Remark) {
  const commands: Command[] = [];
  const view = sampleView(screen, change);
  const clears = 'clearsInMs' in screen ? { clearsAt: performance.now() + screen.clearsInMs } : {};
  void act(() =>
    render(
      <KioskPage
        shown={{ link: 'live', settings: view.settings, view, ...clears }}
        remark={remark}
        onCommand={(command) => commands.push(command)}
        onLogin={() => expect.unreachable()}
        onLogOut={() => expect.unreachable()}
      />,
      document.body,
    ),
  );
  return { page: document.body, commands };
}

function buttons(page: HTMLElement): (string | null)[] {
  return [...page.querySelectorAll('button')].map(({ textContent }) => textContent);
}

function press(page: HTMLElement, label: string): void {
  const button = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === label);
  if (!button) throw new Error(`no button ${label}`);
  button.click();
}
