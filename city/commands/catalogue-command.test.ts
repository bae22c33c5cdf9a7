import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toCodeText } from '../../licence/code-text.ts';
import { openStatusList } from '../../licence/status/status-list.ts';
import { type Catalogue, parseCatalogue } from '../../licence/trust/catalogue.ts';
import { openTrust, type Trust } from '../../licence/trust/trust.ts';
import { verify } from '../../licence/verify.ts';
import { ROUTE } from '../../licence/wire/route.ts';
import { defaultCatalogue } from '../catalogue/default-catalogue.ts';
import { publishDefaultCatalogue } from '../catalogue/publish-default-catalogue.ts';
import { fetchTrust } from '../testing/fetch-trust.ts';
import { listenToChanges } from '../testing/listen-to-changes.ts';
import { startTestCity, type TestCity } from '../testing/start-test-city.ts';
import { TestTerminal } from '../testing/test-terminal.ts';
import { cityProgram } from './city-program.ts';

let running: TestCity;
let folder: string;
let file: string;
beforeEach(async () => {
  running = await startTestCity((city) => publishDefaultCatalogue(city.catalogue));
  folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  file = join(folder, 'catalogue.json');
});
afterEach(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

const NAMES = { zh: '钓鱼证', en: 'Fishing licence' };
const FISHING = {
  kind: {
    id: 'fishing-licence',
    names: NAMES,
    fields: [{ label: 1, names: { zh: '姓名', en: 'Name' }, show: 'name' }],
  },
  service: {
    id: 'river-patrol',
    names: { zh: '河道巡查', en: 'River patrol' },
    kinds: ['fishing-licence'],
    holderProof: 'if-bound',
    freshnessSeconds: 60,
    shownFields: [1],
  },
} as const;
const NEXT = defaultCatalogue.version + 1;

test('show prints what set takes: the default catalogue first', async () => {
  const shown: unknown = JSON.parse(await catalogue('show'));
  expect(parseCatalogue(shown)).toEqual(defaultCatalogue);
});

test('a kind and a service that no terminal was made for are published and judge a licence', async () => {
  const said = await set(withFishing());
  expect(said).toBe(
    `published catalogue ${NEXT} in place of ${defaultCatalogue.version}\n` +
      '  new kinds: fishing-licence\n  new services: river-patrol\n',
  );
  const issuer = { slug: 'river', iss: 'urn:test:river', names: NAMES, kinds: ['fishing-licence'] };
  await running.city.issuers.define(issuer);
  const issued = await running.city.licences.issue({
    iss: issuer.iss,
    kind: 'fishing-licence',
    sub: 'F-1',
    fields: new Map([[1, '张三']]),
    exp: Math.floor(running.clock.now() / 1000) + 86_400,
  });
  if (!issued.ok) throw new Error(issued.fault);
  const { bytes, licence } = issued.issued;
  const code = new Uint8Array(Buffer.from(toCodeText(bytes)));
  expect(await verdict('river-patrol', code, licence.status.uri)).toBe('accepted');
  expect(await verdict('road-enforcement', code, licence.status.uri)).toBe('wrong-kind');
});

test('a connected terminal is told at once', async () => {
  const listener = await listenToChanges(running, await TestTerminal.enrolled(running));
  await set(withFishing());
  expect(await listener.next()).toContain('event: trust');
  listener.close();
});

test('what was left out is said by name', async () => {
  const { services, ...rest } = defaultCatalogue;
  const said = await set({ ...rest, version: NEXT, services: services.slice(0, -1) });
  expect(said).toContain('  services taken away: site-inspection\n');
});

test.each([0, -1])('a version %i past the published one is refused and changes nothing', async (past) => {
  const version = defaultCatalogue.version + past;
  await expect(set({ ...withFishing(), version })).rejects.toThrow(
    `not published: version ${version} is not later than ${defaultCatalogue.version}`,
  );
  expect(await running.city.catalogue.current()).toEqual(defaultCatalogue);
});

test('a catalogue terminals would refuse is refused here, and the sentence names the key', async () => {
  const services = [{ ...FISHING.service, freshnessSeconds: 5 }];
  await expect(set({ ...withFishing(), services })).rejects.toThrow('services[0].freshnessSeconds');
  expect(await running.city.catalogue.current()).toEqual(defaultCatalogue);
});

test('a file that is no JSON is refused by its name', async () => {
  writeFileSync(file, '{');
  await expect(catalogue('set', file)).rejects.toThrow(`not published: ${file} is not JSON`);
});

test('a later release’s default takes the place of no operator’s catalogue, whatever their versions', async () => {
  await set(withFishing());
  await running.city.catalogue.set({ ...withFishing(), version: 1 }); // as if the release’s were later
  await publishDefaultCatalogue(running.city.catalogue);
  expect((await running.city.catalogue.current()).version).toBe(1);
});

function withFishing(): Catalogue {
  const parsed = parseCatalogue({
    ...defaultCatalogue,
    version: NEXT,
    kinds: [...defaultCatalogue.kinds, FISHING.kind],
    services: [...defaultCatalogue.services, FISHING.service],
  });
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

/** @returns what the command said. */
async function set(json: unknown): Promise<string> {
  writeFileSync(file, JSON.stringify(json));
  return await catalogue('set', file);
}

/** Beside the running server, as an operator does. */
async function catalogue(command: string, ...args: readonly string[]): Promise<string> {
  let said = '';
  const printed = vi.spyOn(console, 'log').mockImplementation((line) => {
    said += `${line}\n`;
  });
  try {
    const words = ['catalogue', command, '--data', running.data, ...args];
    await cityProgram().parseAsync(words, { from: 'user' });
  } finally {
    printed.mockRestore();
  }
  return said;
}

/** Of a terminal that has fetched everything from the server, at this service. */
async function verdict(serviceId: string, code: Uint8Array, uri: string): Promise<string> {
  const opened = openTrust(await fetchTrust(running.url));
  if (!opened.ok) throw new Error(opened.detail);
  const trust: Trust = opened.trust;
  const { verifier } = running.city;
  const token = await (await fetch(`${running.url}${ROUTE.status}${encodeURIComponent(uri)}`)).bytes();
  const list = openStatusList(token, uri, trust.issuers, verifier);
  const unixMs = running.clock.now();
  return verify(code, {
    time: { trusted: true, unixMs, signed: true, signedMs: unixMs },
    trust,
    service: trust.catalogue.services.find(({ id }) => id === serviceId),
    verifier,
    statusList: () => (list.ok ? list.list : undefined),
    alreadyUsed: () => false,
  }).reason;
}
