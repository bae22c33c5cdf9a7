import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityServer } from '../api/city-server.ts';
import { PHONE_ROUTE, peopleAnswer, presentAnswer } from '../phone/phone-contract.ts';
import { openDemo } from './demo.ts';
import { type DemoCity, demoCity } from './testing/demo-city.ts';

let demo: DemoCity;
let server: FastifyInstance;
beforeAll(async () => {
  demo = await demoCity();
  const ui = join(demo.data, 'ui');
  for (const folder of ['city/phone', 'assets', 'kiosk-ui/kiosk']) {
    mkdirSync(join(ui, folder), { recursive: true });
  }
  writeFileSync(join(ui, 'city/phone/index.html'), '<!doctype html><title>phone</title>');
  writeFileSync(join(ui, 'assets/phone.js'), 'export {};');
  writeFileSync(join(ui, 'kiosk-ui/kiosk/index.html'), 'the kiosk');
  server = await serve({ ui, terminalSocket: join(demo.data, 'nobody.sock') });
});
afterAll(async () => {
  await server.close();
  await demo.remove();
});

/** The demo's routes where they live: on the city's own server. */
async function serve(options: { ui: string; terminalSocket?: string }): Promise<FastifyInstance> {
  const routes = await openDemo(demo.city, { data: demo.data, ...options });
  return await cityServer(demo.city, pino({ level: 'silent' }), routes);
}

const local = { host: 'localhost:8700' };

function post(url: string, payload: object, headers: Record<string, string> = local) {
  return server.inject({ method: 'POST', url, payload, headers });
}

async function shown(licence: string, freeze?: boolean) {
  const answer = await post(PHONE_ROUTE.present, { licence, ...(freeze === undefined ? {} : { freeze }) });
  return presentAnswer.parse(answer.json());
}

test('/phone leads to the page, whose assets lie where its own addresses say', async () => {
  const redirect = await server.inject({ url: '/phone', headers: local });
  expect(redirect.statusCode).toBe(302);
  const url = String(redirect.headers.location);
  const page = await server.inject({ url, headers: local });
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  const asset = new URL('../../assets/phone.js', `http://localhost${url}`).pathname;
  expect((await server.inject({ url: asset, headers: local })).statusCode).toBe(200);
});

test.each(['/', '/phone/'])('%s leads to the page too', async (url) => {
  let at = url;
  let answer = await server.inject({ url: at, headers: local });
  for (let hops = 0; answer.statusCode === 302 && hops < 3; hops++) {
    at = String(answer.headers.location);
    answer = await server.inject({ url: at, headers: local });
  }
  expect([at, answer.statusCode]).toEqual(['/phone/ui/city/phone/index.html', 200]);
});

async function listedLicence(id: string) {
  const answer = await server.inject({ url: PHONE_ROUTE.people, headers: local });
  const { people } = peopleAnswer.parse(answer.json());
  return people.flatMap(({ licences }) => licences).find((one) => one.id === id);
}

test.each([
  ['hou-insurance', 'nobody of this city issued it'],
  ['zhou-insurance', 'it is revoked'],
])('%s comes without a command to withdraw it: %s', async (id) => {
  expect((await listedLicence(id))?.commands).toEqual([]);
});

test.each([
  ['wei-insurance', 'not-yet-valid'],
  ['he-insurance', 'expired'],
  ['qian-insurance-paper', 'revoked'],
  ['wei-operator-certificate-expired', 'expired'],
])(
  '%s, revoked while the server runs, is listed as what a terminal says of it: %s',
  async (id, condition) => {
    const before = await listedLicence(id);
    expect(before?.commands[0]?.text).toContain(`city revoke ${before?.cti}`);
    await demo.city.states.change(new Uint8Array(Buffer.from(before?.cti ?? '', 'hex')), 'revoke');
    expect(await listedLicence(id)).toEqual({ ...before, condition, commands: [] });
  },
);

test('a licence of another is listed with whom it is shown for, where and until when', async () => {
  const one = await listedLicence('cheng-project-approval');
  expect(one).toMatchObject({
    condition: 'valid',
    holder: '示范市启航建设有限公司',
    delegation: {
      principal: '示范市启航建设有限公司',
      kind: null,
      service: { en: 'Construction permits' },
      validTo: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    },
  });
});

test('a delegation taken back while the server runs is listed so; the licence itself stays', async () => {
  const before = await listedLicence('cheng-construction-permit');
  const [command] = before?.commands ?? [];
  expect(command).toMatchObject({ does: 'revoke-delegation' });
  expect(command?.text).toContain(`city revoke ${before?.delegation?.cti}`);
  const cti = new Uint8Array(Buffer.from(before?.delegation?.cti ?? '', 'hex'));
  await demo.city.states.change(cti, 'revoke');
  expect(await listedLicence('cheng-construction-permit')).toMatchObject({
    condition: 'delegation-revoked',
    commands: [],
  });
  expect((await listedLicence('shen-construction-permit'))?.condition).toBe('valid');
});

test('a licence taken back is so in the phone of who acts for its holder too', async () => {
  const shown = await listedLicence('shen-project-approval');
  await demo.city.states.change(new Uint8Array(Buffer.from(shown?.cti ?? '', 'hex')), 'suspend');
  expect((await listedLicence('cheng-project-approval'))?.condition).toBe('suspended');
});

test('a suspended licence comes with the command that resumes it, and is then valid', async () => {
  const before = await listedLicence('luo-insurance');
  expect(before?.condition).toBe('suspended');
  expect(before?.commands.map(({ does }) => does)).toEqual(['revoke-licence', 'resume-licence']);
  await demo.city.states.change(new Uint8Array(Buffer.from(before?.cti ?? '', 'hex')), 'resume');
  const after = await listedLicence('luo-insurance');
  expect(after?.condition).toBe('valid');
  expect(after?.commands.map(({ does }) => does)).toEqual(['revoke-licence', 'suspend-licence']);
});

test.each([
  '/phone/ui/kiosk-ui/kiosk/index.html',
  '/phone/ui/../demo/holders.json',
  '/phone/ui/assets/%2e%2e/%2e%2e/demo/holders.json',
])('%s is not served', async (url) => {
  const answer = await server.inject({ url, headers: local });
  expect([403, 404]).toContain(answer.statusCode);
});

test('the people are listed with their licences, and no key is', async () => {
  const answer = await server.inject({ url: PHONE_ROUTE.people, headers: local });
  const { people, canScan } = peopleAnswer.parse(answer.json());
  expect(people.length).toBeGreaterThanOrEqual(6);
  expect(canScan).toBe(true);
  expect(answer.body).not.toMatch(/seed|"code":/);
});

test('a code comes with the version of its symbol', async () => {
  const { qr } = await shown('lin-insurance');
  expect(qr.size).toBe(17 + 4 * qr.version + 2 * 4);
});

test('a code shown is accepted where it belongs', async () => {
  const { text } = await shown('lin-insurance');
  expect((await demo.terminal())(text, 'medical-insurance').reason).toBe('accepted');
});

test('each code is a new presentation and lives 30 seconds', async () => {
  const [one, other] = [await shown('lin-insurance'), await shown('lin-insurance')];
  expect(one.text).not.toBe(other.text);
  expect(one.validUntil).toBe(one.madeAt + 30_000);
});

test('a screenshot is the code made last, however late', async () => {
  const made = await shown('lin-insurance');
  demo.clock.nowMs += 90_000;
  expect(await shown('lin-insurance', true)).toEqual(made);
  expect((await demo.terminal())(made.text, 'medical-insurance').reason).toBe('code-expired');
});

test('a static code never changes and is never renewed', async () => {
  const [one, other] = [await shown('qian-insurance-paper'), await shown('qian-insurance-paper')];
  expect(one.text).toBe(other.text);
  expect(one.validUntil).toBeNull();
});

test.each([
  ['an unknown licence', { licence: 'nobody' }, 404, 'unknown-licence'],
  ['a wrong key', { license: 'lin-insurance' }, 400, 'malformed'],
])('%s is refused by name', async (_, body, status, code) => {
  const answer = await post(PHONE_ROUTE.present, body);
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

test('a body that is no JSON is malformed, one too large too large', async () => {
  const bad = await server.inject({
    method: 'POST',
    url: PHONE_ROUTE.scan,
    payload: '{',
    headers: { ...local, 'content-type': 'application/json' },
  });
  expect([bad.statusCode, bad.json().code]).toEqual([400, 'malformed']);
  const large = await post(PHONE_ROUTE.scan, { text: `LZ1:${'A'.repeat(10_000)}` });
  expect([large.statusCode, large.json().code]).toEqual([413, 'too-large']);
});

test('"scan this" says so when no terminal is running', async () => {
  const answer = await post(PHONE_ROUTE.scan, { text: 'LZ1:ABC' });
  expect([answer.statusCode, answer.json().code]).toEqual([502, 'terminal-not-running']);
});

test('without a terminal there is nothing to scan for', async () => {
  const alone = await serve({ ui: join(demo.data, 'ui') });
  const people = await alone.inject({ url: PHONE_ROUTE.people, headers: local });
  expect(people.json().canScan).toBe(false);
  const scan = await alone.inject({
    method: 'POST',
    url: PHONE_ROUTE.scan,
    payload: { text: 'LZ1:ABC' },
    headers: local,
  });
  expect(scan.json().code).toBe('no-terminal');
  await alone.close();
});

test.each(['evil.example', 'localhost.evil.example:8700', '127.0.0.1.evil.example'])(
  'a page reached as %s is turned away',
  async (host) => {
    const answer = await server.inject({ url: PHONE_ROUTE.people, headers: { host } });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'not-local']);
  },
);

test.each(['https://evil.example', 'null', 'http://localhost:9999'])(
  'a request sent by a page of %s is turned away',
  async (origin) => {
    const answer = await post(PHONE_ROUTE.present, { licence: 'lin-insurance' }, { ...local, origin });
    expect(answer.statusCode).toBe(403);
  },
);

test('the page’s own requests are let in', async () => {
  const answer = await post(
    PHONE_ROUTE.present,
    { licence: 'lin-insurance' },
    { ...local, origin: 'http://localhost:8700' },
  );
  expect(answer.statusCode).toBe(200);
});

test('the page may run no inline script and load nothing from elsewhere', async () => {
  const page = await server.inject({ url: '/phone/ui/city/phone/index.html', headers: local });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
});
