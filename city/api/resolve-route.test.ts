import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldValue } from '../../licence/claims.ts';
import { issueResolveAnswer } from '../../licence/issue/issue-resolve-answer.ts';
import { generateSigningKey } from '../../licence/issue/signing-key.ts';
import type { Service } from '../../licence/trust/catalogue.ts';
import {
  MAX_RESOLVE_ANSWER_BYTES,
  MAX_RESOLVED_LICENCES,
  openResolveAnswer,
  type ResolveAnswer,
} from '../../licence/wire/resolve-answer.ts';
import { COSE_MEDIA_TYPE, ROUTE } from '../../licence/wire/route.ts';
import { openTerminalRequest } from '../../licence/wire/terminal-request.ts';
import { idNumber, uscc } from '../demo/check-characters.ts';
import { SHOWABLE_CODE_BYTES } from '../issuing/code-room.ts';
import { problemOf } from '../testing/problem-code.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';
import { cityServer } from './city-server.ts';
import { RESOLVE_LIMIT } from './resolve-route.ts';

const COMPANY = uscc('91', 'MA7TXT01');
const PERSON = idNumber('19900307', '118');
const NAMES = { zh: '名', en: 'Name' };
const REGISTRY = {
  slug: 'registry',
  iss: 'urn:test:registry',
  names: NAMES,
  kinds: ['business-licence', 'hukou', 'degree'],
  suspends: true,
} as const;
const SERVICE: Service = {
  id: 'branch',
  names: NAMES,
  kinds: ['business-licence', 'hukou'],
  holderProof: 'if-bound',
  freshnessSeconds: 60,
  shownFields: [],
  lookUps: ['uscc', 'id'],
};

let running: TestCity;
let terminal: TestTerminal;
beforeEach(async () => {
  running = await startTestCity(async (city) => {
    await city.issuers.define(REGISTRY);
    const kinds = REGISTRY.kinds.map((id) => ({ id, names: NAMES, fields: [] }));
    const noLookUps = { ...SERVICE, id: 'scan-only', lookUps: [] };
    await city.catalogue.set({ version: 2, kinds, services: [SERVICE, noLookUps] });
  });
  terminal = await TestTerminal.enrolled(running);
});
afterEach(() => running.close());

describe('a number that the holder agreed to look up', () => {
  test('leads to the licence, as its issuer signed it and valid', async () => {
    const { bytes } = await issue({ holder: COMPANY });
    expect(await lookUp()).toMatchObject({ licences: [{ code: bytes, state: 'valid' }] });
  });

  test('leads to licences of the service’s kinds alone', async () => {
    await issue({ holder: PERSON, kind: 'degree' });
    const { bytes } = await issue({ holder: PERSON, kind: 'hukou' });
    expect(await lookUp({ type: 'id', value: PERSON })).toMatchObject({
      licences: [{ code: bytes, state: 'valid' }],
    });
  });

  test('leads to nobody else’s licences', async () => {
    await issue({ holder: uscc('91', 'MA7TXT02') });
    expect(await lookUp()).toMatchObject({ reason: 'unknown' });
  });

  test('leads to a business licence that says its number in its own field alone', async () => {
    await issue({ fields: new Map([[20, COMPANY]]) });
    expect(await codes()).toHaveLength(1);
  });

  test('says of a revoked and of a suspended licence that it is', async () => {
    const revoked = await issue({ holder: COMPANY });
    const suspended = await issue({ holder: COMPANY });
    await running.city.states.change(revoked.licence.cti, 'revoke');
    await running.city.states.change(suspended.licence.cti, 'suspend');
    expect(await lookUp()).toMatchObject({ licences: [{ state: 'suspended' }, { state: 'revoked' }] });
  });

  test('leads to no licence that has expired', async () => {
    await issue({ holder: COMPANY, days: 1 });
    running.clock.unixMs += 86_400_000;
    expect(await lookUp()).toMatchObject({ reason: 'unknown' });
  });

  test('leads to the newest licences first, and past the most an answer holds to no more', async () => {
    const issued: Uint8Array[] = [];
    for (let i = 0; i <= MAX_RESOLVED_LICENCES; i++) {
      issued.unshift((await issue({ holder: COMPANY })).bytes);
      running.clock.unixMs += 1000;
    }
    expect(await codes()).toEqual(issued.slice(0, MAX_RESOLVED_LICENCES));
  });

  test('leads to valid licences before withdrawn ones, however new those are', async () => {
    const { bytes } = await issue({ holder: COMPANY });
    running.clock.unixMs += 1000;
    await running.city.states.change((await issue({ holder: COMPANY })).licence.cti, 'revoke');
    expect((await codes())[0]).toEqual(bytes);
  });
});

test('as many licences as an answer may hold have room in it, each as large as a phone can show', () => {
  const code = new Uint8Array(SHOWABLE_CODE_BYTES);
  const licences = Array.from({ length: MAX_RESOLVED_LICENCES }, () => ({
    code,
    state: 'suspended' as const,
  }));
  const about = { requestId: new Uint8Array(16), iat: 4_000_000_000 };
  const { length } = issueResolveAnswer({ ...about, licences }, generateSigningKey());
  expect(length).toBeLessThanOrEqual(MAX_RESOLVE_ANSWER_BYTES);
});

describe('is answered', () => {
  test.each<[string, object, ResolveAnswer['reason']]>([
    ['unknown: a number with nothing behind it', {}, 'unknown'],
    ['unknown: a reference code, which this city hands none out of', code('LZR:ABCDEFGH'), 'unknown'],
    ['refused: a service without that look-up', { service: 'scan-only' }, 'refused'],
    ['refused: a service the catalogue lacks', { service: 'fishing' }, 'refused'],
    [
      'refused: a reference code at such a service',
      { ...code('LZR:ABCDEFGH'), service: 'fishing' },
      'refused',
    ],
  ])('%s', async (_, changes, reason) => {
    expect(await lookUp(changes)).toMatchObject({ reason });
  });

  test.each([
    ['uscc', COMPANY],
    ['id', PERSON],
  ])('unknown: a %s with a wrong check character, even where a licence has it', async (type, value) => {
    const slip = value.slice(0, -1) + (value.endsWith('0') ? '1' : '0');
    await issue({ holder: slip });
    expect(await lookUp({ type, value: slip })).toMatchObject({ reason: 'unknown' });
  });

  test('with the city’s time, and bound to its request', async () => {
    expect((await lookUp()).iat).toBe(Math.floor(running.clock.unixMs / 1000));
    const [asked, another] = [ASKED, ASKED].map((body) => terminal.request(ROUTE.resolve, body));
    if (!asked || !another) throw new Error('two requests were to be made');
    const answer = await (await terminal.post(ROUTE.resolve, asked)).bytes();
    expect(open(answer, asked)).toMatchObject({ ok: true });
    expect(open(answer, another)).toEqual({ ok: false, detail: 'answers another request' });
  });

  test('as COSE that no cache keeps', async () => {
    const answer = await post(ASKED);
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      COSE_MEDIA_TYPE,
      'no-store',
    ]);
  });
});

describe('is refused as a request', () => {
  test.each<[string, object]>([
    ['without consent', { ...ASKED, consent: undefined }],
    ['with a refused consent', { ...ASKED, consent: false }],
    ['with a member nobody knows', { ...ASKED, name: '张三' }],
    ['without a value', { ...ASKED, value: undefined }],
    ['with a number of another length', { ...ASKED, value: `${COMPANY}0` }],
  ])('%s: malformed, in words that don’t hold the number', async (_, body) => {
    const answer = await post(body);
    expect(await answer.clone().text()).not.toContain(COMPANY);
    expect(await problemOf(answer)).toBe('400 malformed');
  });

  test('of a terminal that never enrolled', async () => {
    const stranger = new TestTerminal(running);
    const answer = await stranger.post(ROUTE.resolve, stranger.request(ROUTE.resolve, ASKED));
    expect(await problemOf(answer)).toBe('401 unknown-terminal');
  });

  test('when it comes again', async () => {
    const request = terminal.request(ROUTE.resolve, ASKED);
    await terminal.post(ROUTE.resolve, request);
    expect(await problemOf(await terminal.post(ROUTE.resolve, request))).toBe('409 replayed');
  });

  test('past the limit of one terminal, until the window is over; another terminal is not held up', async () => {
    for (let i = 0; i < RESOLVE_LIMIT.requests; i++) expect((await post(ASKED)).status).toBe(200);
    const refused = await post(ASKED);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await problemOf(refused)).toBe('429 too-many');
    const other = await TestTerminal.enrolled(running);
    expect((await other.post(ROUTE.resolve, other.request(ROUTE.resolve, ASKED))).status).toBe(200);
    running.clock.unixMs += RESOLVE_LIMIT.windowMs;
    expect((await post(ASKED)).status).toBe(200);
  });
});

test('no log holds the number, whatever is answered', async () => {
  let logged = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk);
      done();
    },
  });
  const server = await cityServer(running.city, pino({ level: 'trace' }, stream));
  const payloads = [ASKED, { ...ASKED, consent: false }].map((body) =>
    Buffer.from(terminal.request(ROUTE.resolve, body)),
  );
  for (const payload of payloads) {
    const headers = { 'content-type': COSE_MEDIA_TYPE };
    await server.inject({ method: 'POST', url: ROUTE.resolve, headers, payload });
  }
  server.log.info('the end');
  await server.close();
  expect(logged).toContain('the end');
  expect(logged).not.toContain(COMPANY);
});

const ASKED = { type: 'uscc', value: COMPANY, service: 'branch', consent: true };

function code(value: string): object {
  return { type: 'code', value, consent: undefined };
}

async function post(body: object): Promise<Response> {
  return await terminal.post(ROUTE.resolve, terminal.request(ROUTE.resolve, body));
}

/** What the city answers, opened with its key. */
async function lookUp(changes: object = {}): Promise<ResolveAnswer> {
  const request = terminal.request(ROUTE.resolve, { ...ASKED, ...changes });
  const answer = await terminal.post(ROUTE.resolve, request);
  if (answer.status !== 200) throw new Error(await problemOf(answer));
  const opened = open(await answer.bytes(), request);
  if (!opened.ok) throw new Error(opened.detail);
  return opened.value;
}

async function codes(): Promise<readonly Uint8Array[]> {
  const answer = await lookUp();
  return answer.reason === undefined ? answer.licences.map(({ code }) => code) : [];
}

function open(answer: Uint8Array, request: Uint8Array) {
  const { keys, verifier } = running.city;
  const asked = openTerminalRequest(request, ROUTE.resolve, terminal.key.publicKey, verifier);
  if (!asked.ok) throw new Error(asked.detail);
  return openResolveAnswer(answer, asked.value.requestId, [keys.city.publicKey], verifier);
}

async function issue(order: {
  readonly holder?: string;
  readonly kind?: string;
  readonly fields?: ReadonlyMap<number, FieldValue>;
  readonly days?: number;
}) {
  const { holder, kind = 'business-licence', days = 365 } = order;
  const issued = await running.city.licences.issue({
    iss: REGISTRY.iss,
    kind,
    sub: 'T-1',
    fields: order.fields ?? new Map(holder === undefined ? [] : [[2, holder]]),
    exp: Math.floor(running.clock.now() / 1000) + days * 86_400,
  });
  if (!issued.ok) throw new Error(issued.fault);
  return issued.issued;
}
