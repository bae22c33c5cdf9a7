import { parseAggregation } from '../../../licence/status/aggregation.ts';
import { LIST_URI } from '../../../licence/testing/demo-issuer.ts';
import {
  demoCatalogue,
  demoCityKeys,
  fullCatalogue,
  toJsonBytes,
} from '../../../licence/testing/demo-trust.ts';
import { parseCatalogue } from '../../../licence/trust/catalogue.ts';
import { parseCityKeys, toCityKeysJson } from '../../../licence/trust/city-keys.ts';
import { encodeIssuers, type Issuer, parseIssuers } from '../../../licence/trust/issuers.ts';
import { sameBytes } from '../cbor-tree.ts';
import { ISSUERS, TWO_BIT_URI } from '../fuzz-world.ts';
import { mutateCbor } from '../mutate-cbor.ts';
import { mutateJson, parseJson } from '../mutate-json.ts';
import type { Answer, Target } from '../target.ts';
import { KEYS } from '../vocabulary.ts';

/** The files inside the trust metadata, as an insider with a signing key could make them wrong. */
export function trustTargetTargets(): readonly Target[] {
  return [
    {
      name: 'issuers',
      weight: 1,
      patienceMs: ISSUERS_PATIENCE_MS,
      seeds: [encodeIssuers(ISSUERS), encodeIssuers(ISSUERS.slice(0, 1)), encodeIssuers([])],
      mutate: mutateCbor,
      run(bytes) {
        const issuers = parseIssuers(bytes);
        if (typeof issuers === 'string') return { taken: false, said: issuers.slice(0, 60) };
        return { taken: true, said: 'issuers', broken: issuersBreach(issuers) };
      },
    },
    {
      name: 'catalogue',
      weight: 1.5,
      seeds: [demoCatalogue(), fullCatalogue()].map(toJsonBytes),
      mutate: mutateJson,
      run: (bytes) => judge(parseCatalogue(parseJson(bytes)), bytes, (one) => one),
    },
    {
      name: 'city-keys',
      weight: 0.5,
      seeds: [toJsonBytes(toCityKeysJson(demoCityKeys()))],
      mutate: mutateJson,
      run(bytes) {
        const keys = parseCityKeys(parseJson(bytes));
        if (typeof keys === 'string') return { taken: false, said: keys.slice(0, 60) };
        const sound = keys.auditKey.length === 32 && keys.keys.every(({ x }) => isSound(x));
        return { taken: true, said: 'keys', broken: sound ? undefined : 'a key nobody may hold' };
      },
    },
    {
      name: 'aggregation',
      weight: 1.5,
      seeds: [toJsonBytes({ status_lists: [LIST_URI, TWO_BIT_URI] })],
      mutate: mutateJson,
      run(bytes) {
        const parsed = parseAggregation(bytes);
        if (!parsed.ok) return { taken: false, said: parsed.detail };
        const { value } = parsed;
        const held =
          new Set(value).size === value.length &&
          value.length <= 1024 &&
          value.every((uri) => uri.length > 0);
        return { taken: true, said: 'lists', broken: held ? undefined : 'a list of lists past its limits' };
      },
    },
  ];
}

/** Read when trust changes: each key costs 0.1 ms to admit, and mutations make up to 600 of them, read twice here. */
const ISSUERS_PATIENCE_MS = 500;

/** What is accepted holds nothing but what was written: no key is dropped, none is made up. */
function judge<T extends object>(parsed: T | string, bytes: Uint8Array, toJson: (one: T) => unknown): Answer {
  if (typeof parsed === 'string') return { taken: false, said: parsed.slice(0, 60) };
  const same = canonical(toJson(parsed)) === canonical(parseJson(bytes));
  return { taken: true, said: 'ok', broken: same ? undefined : 'something other than what was written' };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) => {
    // as an object of its bytes it would take longer than the whole run may
    if (one instanceof Uint8Array) return Buffer.from(one).toString('hex');
    const isRecord = typeof one === 'object' && one !== null && !Array.isArray(one);
    return isRecord ? Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)) : one;
  });
}

function issuersBreach(issuers: readonly Issuer[]): string | undefined {
  const again = parseIssuers(encodeIssuers(issuers));
  if (canonical(again) !== canonical(issuers)) return 'issuers that read otherwise the second time';
  const names = issuers.flatMap(({ iss, statusLists }) => [
    `iss ${iss}`,
    ...statusLists.map(({ uri }) => `uri ${uri}`),
  ]);
  if (new Set(names).size < names.length) return 'one name for two';
  const lists = issuers.flatMap(({ statusLists }) => statusLists);
  if (!lists.every(({ entries }) => entries > 0 && entries <= 2 ** 20))
    return 'a list of more than 2^20 entries';
  return issuers.flatMap(({ keys }) => keys).every(({ x }) => isSound(x))
    ? undefined
    : 'a key nobody may hold';
}

function isSound(x: Uint8Array): boolean {
  return x.length === 32 && !KEYS.slice(0, 3).some((weak) => sameBytes(weak, x));
}
