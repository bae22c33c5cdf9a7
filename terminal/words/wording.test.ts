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

test('no two reasons share a title, so that a photo of the screen names the reason', () => {
  for (const { reasons } of CATALOGUES) {
    const titles = Object.values(reasons).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test('what could not be checked is never called false', () => {
  expect(wording.zh.outcomes.undetermined.headline + wording.zh.outcomes.undetermined.aside).toBe(
    '暂时无法核验（不代表证照无效）',
  );
  for (const reason of UNDETERMINED) {
    const { title, sentence } = wording.zh.reasons[reason];
    expect(title + sentence).not.toMatch(/无效|伪造|虚假|不通过/);
  }
});

test('every text is filled in', () => {
  for (const catalogue of CATALOGUES) {
    for (const words of Object.values(catalogue.reasons)) {
      for (const text of Object.values(words)) expect(text.trim()).not.toBe('');
    }
  }
});
