import { expect, test } from 'vitest';
import { REJECTED, UNDETERMINED } from '../../licence/verdict.ts';
import { wording } from './wording.ts';

const CATALOGUES = [wording.zh, wording.en];

test('whatever is not accepted ends at a staffed counter', () => {
  for (const reason of [...REJECTED, ...UNDETERMINED]) {
    expect(wording.zh.reasons[reason].todo).toContain('请到人工窗口办理');
    expect(wording.en.reasons[reason].todo).toContain('go to a staffed counter');
  }
});

test('the clerk at the counter is not sent to a staffed counter', () => {
  for (const { staff, desk } of CATALOGUES) {
    for (const text of textsOf(staff))
      expect(text).not.toMatch(/人工窗口|staffed counter|工作人员|call staff/i);
    for (const text of textsOf(desk))
      expect(text).not.toMatch(/人工窗口|staffed counter|联系工作人员|call staff/i);
  }
});

test('a refusal that a patient can meet ends in something to do', () => {
  for (const refusal of ['not-offered', 'unknown', 'no-receiver', 'store-failed'] as const) {
    expect(wording.zh.session.refusals[refusal]).toMatch(/请/);
    expect(wording.en.session.refusals[refusal]).toMatch(/please/);
  }
});

test('no two refusals read the same to a clerk', () => {
  for (const { desk } of CATALOGUES) {
    const sentences = Object.values(desk.refusals);
    expect(new Set(sentences).size).toBe(sentences.length);
  }
});

test('a countdown of minutes is told in minutes', () => {
  expect(wording.zh.desk.case.clearsIn(272)).toContain('4分32秒');
  expect(wording.en.desk.case.clearsIn(272)).toContain('4 min 32 s');
  expect(wording.zh.desk.case.clearsIn(9)).toContain('9秒');
});

test('one of something is not several', () => {
  expect(wording.en.desk.lockedOutFor(1)).toContain('1 minute');
  expect(wording.en.desk.lockedOutFor(1)).not.toContain('minutes');
  expect(wording.en.desk.case.licences(1)).toBe('1 licence');
});

test('no two reasons share a title, so that a photo of the screen names the reason', () => {
  for (const reasons of CATALOGUES.flatMap((catalogue) => [catalogue.reasons, catalogue.staff.reasons])) {
    const titles = Object.values(reasons).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test('what could not be checked is never called false', () => {
  expect(wording.zh.outcomes.undetermined.headline + wording.zh.outcomes.undetermined.aside).toBe(
    '暂时无法核验（不代表证照无效）',
  );
  for (const reason of UNDETERMINED) {
    for (const { title, sentence } of [wording.zh.reasons[reason], wording.zh.staff.reasons[reason]]) {
      expect(title + sentence).not.toMatch(/无效|伪造|虚假|不通过/);
    }
  }
});

test('every text is filled in', () => {
  for (const text of CATALOGUES.flatMap(textsOf)) expect(text.trim()).not.toBe('');
});

/** Every fixed text under `words`, except the asides, which most outcomes have none of. */
function textsOf(words: object): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return key === 'aside' ? [] : [value];
    return typeof value === 'object' && value !== null ? textsOf(value) : [];
  });
}
