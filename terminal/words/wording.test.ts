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
  for (const { staff } of CATALOGUES) {
    const notices = [staff.starting, staff.notAnswering, ...Object.values(staff.outOfService)];
    const texts = [...Object.values(staff.reasons), ...notices].flatMap((words) =>
      Object.values<string>({ ...words }),
    );
    for (const text of texts) expect(text).not.toMatch(/人工窗口|staffed counter|工作人员|call staff/);
  }
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
  for (const catalogue of CATALOGUES) {
    const parts = [
      catalogue.reasons,
      catalogue.outOfService,
      catalogue.staff.reasons,
      catalogue.staff.outOfService,
    ].flatMap((part) => Object.values(part));
    for (const words of parts) {
      for (const text of Object.values<string>({ ...words })) expect(text.trim()).not.toBe('');
    }
  }
});
