import { DAY_MS, spanOf } from './ago.ts';
import type { Found, Rule } from './finding.ts';
import type { HealthDocument } from './health-document.ts';
import { ENDS_SOON_MS } from './trust-findings.ts';

/** A list is renewed hourly: one that is a day old has missed many. */
export const LIST_STALE_MS = DAY_MS;

const FETCH = {
  en: 'See to the network and to the sync agent, which fetches status lists.',
  zh: '请检查网络和同步程序，由其取得状态清单。',
};

export const LIST_RULES: readonly Rule[] = [
  {
    code: 'list-missing',
    area: 'lists',
    level: 'fail',
    find: ({ missingLists }) =>
      missingLists.map((about) => ({
        about,
        sentence: {
          en: 'The status list was never fetched: licences on it can’t be judged.',
          zh: '从未取得该状态清单，清单内的证照暂时无法核验。',
        },
        cure: FETCH,
      })),
  },
  {
    code: 'list-expired',
    area: 'lists',
    level: 'fail',
    find: (document) =>
      listsWhere(document, ({ left }) => left <= 0).map(({ uri }) => ({
        about: uri,
        sentence: {
          en: 'The status list has ended: licences on it can’t be judged.',
          zh: '该状态清单已到期，清单内的证照暂时无法核验。',
        },
        cure: FETCH,
      })),
  },
  {
    code: 'list-ends-soon',
    area: 'lists',
    level: 'warn',
    find: (document) =>
      listsWhere(document, (list) => list.left > 0 && endsSoon(list)).map(({ uri, left }): Found => {
        const span = spanOf(left);
        return {
          about: uri,
          sentence: {
            en: `The status list ends in ${span.en} and has not been renewed.`,
            zh: `该状态清单将在 ${span.zh}后到期，尚未更新。`,
          },
          cure: FETCH,
        };
      }),
  },
  {
    code: 'list-stale',
    area: 'lists',
    level: 'warn',
    find: (document) =>
      listsWhere(document, (list) => list.age > LIST_STALE_MS && !endsSoon(list)).map(
        ({ uri, age }): Found => {
          const span = spanOf(age);
          return {
            about: uri,
            sentence: {
              en: `The status list was signed ${span.en} ago: what was revoked since is not known here.`,
              zh: `该状态清单签发于 ${span.zh}前，此后的注销情况本机尚不知晓。`,
            },
            cure: FETCH,
          };
        },
      ),
  },
];

interface ListTimes {
  readonly uri: string;
  /** ms since it was signed. */
  readonly age: number;
  /** ms until it ends. */
  readonly left: number;
}

/** Past three quarters of its life, so that a city whose lists live for a day isn't always warned of. */
function endsSoon({ age, left }: ListTimes): boolean {
  return left <= Math.min(ENDS_SOON_MS, (age + left) / 4);
}

function listsWhere(
  { lists, at }: HealthDocument,
  picks: (list: ListTimes) => boolean,
): readonly ListTimes[] {
  return lists
    .map(({ uri, signed, expires }) => ({
      uri,
      age: at - Date.parse(signed),
      left: Date.parse(expires) - at,
    }))
    .filter(picks);
}
